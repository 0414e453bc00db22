// A Concat, a channel shuffle and a Slice of channels in one layer. It is not an ONNX operator: a pass makes it from
// these.
#pragma once
#include <algorithm>
#include <cameo/op/concat.hpp>

namespace cameo::inline CAMEO_TARGET {

struct select_channels_attributes {
    dim groups = 1;  ///< of the shuffle: channel i of group g becomes channel i groups + g
    dim first = 0;   ///< of the shuffled channels
    dim count = 0;
    static constexpr void each(auto visit)
    {
        visit("groups", &select_channels_attributes::groups);
        visit("first", &select_channels_attributes::first);
        visit("count", &select_channels_attributes::count);
    }
};

/// The operands, N x Ck x D1 … Dk, are joined along the channels and seen as groups x C/groups channels, which change
/// places (X. Zhang et al., ShuffleNet, arXiv:1707.01083); of these, `count` from `first` on.
struct select_channels_spec : select_channels_attributes {
    using attributes = select_channels_attributes;
    static constexpr bool moves_bits = true;
    static constexpr bool variadic = true;
    operand_list x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;

    constexpr dim channels() const
    {
        dim sum = 0;
        for (int i = 0; i < x.count; ++i) {
            sum += x[i].shape[1];
        }
        return sum;
    }
    struct source {
        int operand;
        dim channel;
    };
    /// Returns the operand and channel from which channel c of the result comes.
    constexpr source source_of(dim c) const
    {
        const dim shuffled = first + c;
        source s{0, shuffled % groups * (channels() / groups) + shuffled / groups};
        for (; s.channel >= x[s.operand].shape[1]; ++s.operand) {
            s.channel -= x[s.operand].shape[1];
        }
        return s;
    }
};

enum class select_channels_problem {
    none,
    operands_must_have_a_batch_and_a_channel_axis,
    operands_must_have_one_element_type,
    operands_must_agree_except_in_their_channels,
    groups_must_divide_the_channels,
    channels_are_out_of_range,
};

constexpr select_channels_problem check(const select_channels_spec& s)
{
    using enum select_channels_problem;
    switch (check(concat_spec{{.axis = 1}, s.x})) {
    case concat_problem::axis_is_out_of_range: return operands_must_have_a_batch_and_a_channel_axis;
    case concat_problem::operands_must_have_one_element_type: return operands_must_have_one_element_type;
    case concat_problem::operands_must_agree_except_along_the_axis: return operands_must_agree_except_in_their_channels;
    case concat_problem::none: break;
    }
    if (s.groups < 1 || s.channels() % s.groups != 0) {
        return groups_must_divide_the_channels;
    }
    return s.first >= 0 && s.count >= 1 && s.first + s.count <= s.channels() ? none : channels_are_out_of_range;
}

constexpr tensor_type result(const select_channels_spec& s)
{
    tensor_type y = s.x[0].plain();
    y.shape[1] = s.count;
    return y;
}

template <class T>
constexpr void evaluate(const select_channels_spec& s, std::span<const std::span<const T>> x, std::span<T> y)
{
    const shape& of_first = s.x[0].shape;
    const dim plane = of_first.count(2, of_first.rank);
    for (dim n = 0; n < of_first[0]; ++n) {
        for (dim c = 0; c < s.count; ++c) {
            const auto from = s.source_of(c);
            const T* const source =
                x[index(from.operand)].data() + (n * s.x[from.operand].shape[1] + from.channel) * plane;
            std::copy(source, source + plane, y.data() + (n * s.count + c) * plane);
        }
    }
}

template <auto Result, class Operands, select_channels_attributes Attributes = select_channels_attributes{},
    class Secondary = into<>>
using select_channels = layer<select_channels_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
