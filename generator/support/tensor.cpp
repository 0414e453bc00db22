// Converts tensors to text, lists of numbers and other storage, and stacks the tensors of several runs.
#include "support/tensor.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>
#include <fmt/format.h>

namespace cameo::generator {

std::string to_string(const tensor_type& t)
{
    std::string text(to_string(t.element));
    text += '[';
    for (int axis = 0; axis < t.shape.rank; ++axis) {
        text += fmt::format("{}{}", axis ? "," : "", t.shape[axis]);
    }
    return text + ']';
}

std::vector<dim> integers(const tensor& t)
{
    return with_elements(t, [](auto elements) {
        std::vector<dim> result;
        for (const auto e : elements) {
            result.push_back(cameo::detail::convert<dim>(e));
        }
        return result;
    });
}

std::vector<double> numbers(const tensor& t)
{
    return with_elements(t, [](auto elements) {
        std::vector<double> result;
        for (const auto e : elements) {
            result.push_back(static_cast<double>(e));
        }
        return result;
    });
}

tensor stored(const tensor& t, const storage& s)
{
    tensor result(t.type.stored(s));
    with_elements(
        t, [&]<class T>(std::span<const T> elements) { rearrange<T>(t.type, elements, result.type, result.as<T>()); });
    return result;
}

namespace {

tensor_type stacked_type(const tensor_type& part, std::size_t count)
{
    if (count == 1) {
        return part;
    }
    tensor_type all{part.element, {static_cast<dim>(count)}};
    if (part.shape.rank == max_rank) {
        all.shape[0] *= part.shape[0];
    }
    for (int axis = part.shape.rank == max_rank ? 1 : 0; axis < part.shape.rank; ++axis) {
        all.shape.append(part.shape[axis]);
    }
    return all;
}

}  // namespace

tensor stacked(const std::vector<tensor>& all)
{
    tensor result;
    result.type = stacked_type(all.front().type, all.size());
    for (const tensor& t : all) {
        result.bytes.insert(result.bytes.end(), t.bytes.begin(), t.bytes.end());
    }
    return result;
}

std::vector<tensor> unstacked(const tensor& all, const tensor_type& part)
{
    const std::size_t size = bytes(part), count = all.type == part ? 1 : index(all.type.shape[0]);
    if (part.shape.rank == max_rank || stacked_type(part, count) != all.type) {
        return {};
    }
    std::vector<tensor> parts(count, tensor(part));
    for (std::size_t k = 0; k < count; ++k) {
        std::copy_n(all.bytes.begin() + static_cast<std::ptrdiff_t>(k * size), size, parts[k].bytes.begin());
    }
    return parts;
}

}  // namespace cameo::generator
