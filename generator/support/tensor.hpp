// Tensors in the generator: a type known at run time and the bytes of its elements.
#pragma once
#include <cameo/core/placement.hpp>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace cameo::generator {

struct tensor {
    tensor_type type;
    std::vector<std::byte> bytes;

    tensor() = default;
    explicit tensor(const tensor_type& t) : type(t), bytes(cameo::bytes(t)) {}

    template <class T>
    std::span<T> as()
    {
        return {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
    template <class T>
    std::span<const T> as() const
    {
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
};

/// Calls visit with a span of the tensor's element type; of an absent tensor, with an empty one.
template <class Tensor, class Visit>
decltype(auto) with_elements(Tensor&& t, Visit visit)
{
    const element e = t.type.present() ? t.type.element : element::float32;
    return visit_element(e, [&](auto of) { return visit(t.template as<element_type<of>>()); });
}

/// Writes a type as text: "float32[1,3,224,224]".
std::string to_string(const tensor_type& t);
inline std::string_view to_string(element e) { return names_of(e).onnx; }

/// Returns the elements of an integer tensor.
std::vector<dim> integers(const tensor& t);
/// Returns every element as a double.
std::vector<double> numbers(const tensor& t);

/// Converts a tensor to another storage, with zeros as padding.
tensor stored(const tensor& t, const storage& s);

/// Concatenates tensors of one type along a new first axis, or along the first axis if the rank is already the largest.
/// A single tensor stays as it is.
tensor stacked(const std::vector<tensor>& all);
/// Splits what stacked() makes into its parts of type `part`; empty if it is not made of them.
std::vector<tensor> unstacked(const tensor& all, const tensor_type& part);

/// Makes a tensor of one element.
template <class T>
tensor scalar(T value, const shape& s = {})
{
    tensor t({element_of<T>, s});
    t.as<T>()[0] = value;
    return t;
}

}  // namespace cameo::generator
