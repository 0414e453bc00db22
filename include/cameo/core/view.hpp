// A typed window on a value, in the manner of std::mdspan.
#pragma once
#include <cameo/core/expected.hpp>
#include <cameo/core/placement.hpp>

namespace cameo::inline CAMEO_TARGET {

/// A value of type Type that lives elsewhere. Positions are logical, whatever the storage; Element is const for
/// results.
template <tensor_type Type, class Element>
class view {
public:
    using element_type = Element;
    static constexpr tensor_type type = Type;
    static constexpr cameo::shape shape = Type.shape;

    constexpr explicit view(Element* data) : data_(data) {}

    static constexpr int rank() { return shape.rank; }
    static constexpr dim extent(int axis) { return shape[axis]; }
    /// Returns the number of elements.
    static constexpr std::size_t size() { return index(shape.count()); }

    /// Returns the element at a position, with one index per axis.
    template <class... Index, std::enable_if_t<expected_indices<shape.rank>::template given<Index...>, int> = 0>
    constexpr Element& operator()(Index... i) const
    {
        return data_[index(offset(type, {static_cast<dim>(i)...}))];
    }
#ifndef __clang__
    template <class... Index>
        requires(!expected_indices<shape.rank>::template given<Index...>)
    constexpr Element& operator()(Index...) const
    {
        static_assert(expected_indices<shape.rank>::template given<Index...>, "a view takes one index for each axis");
        return *data_;
    }
#endif

    /// Returns the element at a row-major position.
    constexpr Element& operator[](std::size_t i) const
        requires(Type.storage == storage{})
    {
        return data_[i];
    }
    constexpr Element* begin() const
        requires(Type.storage == storage{})
    {
        return data_;
    }
    constexpr Element* end() const
        requires(Type.storage == storage{})
    {
        return data_ + size();
    }

    /// Returns the first element in memory.
    constexpr Element* data() const { return data_; }

private:
    Element* data_;
};

/// A view of what cannot be computed, which is an error elsewhere. It accepts any use, so that the error stays the only
/// one.
template <tensor_type Type>
class view<Type, const void> {
public:
    constexpr explicit view(const void*) {}
    const float& operator()(auto...) const;
    const float& operator[](std::size_t) const;
    const float* begin() const;
    const float* end() const;
    const float* data() const;
};

/// Copies the elements in row-major order, whatever the storage; `target` has from.size() of them.
template <tensor_type Type, class Element>
constexpr void copy_to(view<Type, Element> from, std::span<std::remove_const_t<Element>> target)
{
    using T = std::remove_const_t<Element>;
    rearrange<T>(Type, std::span<const T>(from.data(), index(stored_count(Type))), Type.plain(), target);
}

/// A view of a value of a network, to read it.
template <class Value>
using view_of = view<Value::type, const element_type<Value::type.element>>;

}  // namespace cameo::inline CAMEO_TARGET
