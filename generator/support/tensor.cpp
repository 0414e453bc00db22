#include "support/tensor.hpp"
#include <fmt/format.h>

namespace cameo::generator {

std::string_view to_string(element e)
{
    switch (e) {
        case element::float32: return "float32";
        case element::float64: return "float64";
        case element::int32: return "int32";
        case element::int64: return "int64";
        case element::uint8: return "uint8";
        case element::boolean: return "bool";
        case element::none: break;
    }
    return "none";
}

std::string to_string(const tensor_type& t)
{
    std::string text(to_string(t.element));
    text += '[';
    for (int axis = 0; axis < t.shape.rank; ++axis) text += fmt::format("{}{}", axis ? "," : "", t.shape[axis]);
    return text + ']';
}

std::vector<dim> integers(const tensor& t)
{
    return with_elements(t, [](auto elements) {
        std::vector<dim> result;
        for (const auto e : elements) result.push_back(static_cast<dim>(e));
        return result;
    });
}

std::vector<double> numbers(const tensor& t)
{
    return with_elements(t, [](auto elements) {
        std::vector<double> result;
        for (const auto e : elements) result.push_back(static_cast<double>(e));
        return result;
    });
}

tensor stored(const tensor& t, const storage& s)
{
    tensor result(t.type.stored(s));
    with_elements(t, [&]<class T>(std::span<const T> elements) { rearrange<T>(t.type, elements, result.type, result.as<T>()); });
    return result;
}

}  // namespace cameo::generator
