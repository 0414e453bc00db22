// Elementwise expressions as values: what a fused chain computes, and the epilogue of a convolution or dense layer.
#pragma once
#include <array>
#include <concepts>
#include <cstdint>

namespace cameo {

/// What an instruction reads: an operand, the result of an earlier instruction, or a constant.
struct argument {
    std::int8_t slot = -1;  ///< 0 to 7: operands; 8 and on: results of instructions; -1: the constant
    double constant = 0;
    friend constexpr bool operator==(const argument&, const argument&) = default;
};

struct instruction {
    std::uint8_t function = 0;  ///< place in the list of functions (cameo/function/list.hpp)
    std::uint8_t count = 0;     ///< arguments
    std::array<argument, 3> arguments{};
    friend constexpr bool operator==(const instruction&, const instruction&) = default;
};

/// A sequence of elementwise functions, each reading operands, constants and earlier results; the last is the result.
/// A structural type, so that the same value is interpreted in the generator and unrolled by the compiler.
/// Write one as an expression: mul(operand<0>, sigmoid(operand<0>)).
struct program {
    static constexpr int max_operands = 8;
    static constexpr int capacity = 16;
    std::array<instruction, capacity> code{};
    int length = 0;
    argument result{0};  ///< an empty program is the identity

    constexpr bool empty() const { return length == 0; }
    /// Highest operand read, plus one.
    constexpr int operands() const
    {
        int n = 0;
        const auto see = [&](const argument& a) {
            if (a.slot >= 0 && a.slot < max_operands && a.slot >= n) n = a.slot + 1;
        };
        for (int i = 0; i < length; ++i)
            for (const argument& a : code[static_cast<std::size_t>(i)].arguments) see(a);
        see(result);
        return n;
    }
    /// Appends an instruction, or finds the same one; the argument that reads it. Slot -2 where there is no room.
    constexpr argument append(const instruction& next)
    {
        for (int i = 0; i < length; ++i)
            if (code[static_cast<std::size_t>(i)] == next) return {static_cast<std::int8_t>(max_operands + i)};
        if (length == capacity) return {-2};
        code[static_cast<std::size_t>(length)] = next;
        return {static_cast<std::int8_t>(max_operands + length++)};
    }
    /// Appends another program, whose operand k becomes inputs[k]; the argument that reads its result.
    constexpr argument append(const program& other, const std::array<argument, max_operands>& inputs)
    {
        std::array<argument, capacity> moved{};
        const auto map = [&](const argument& a) {
            if (a.slot < 0) return a;
            return a.slot < max_operands ? inputs[static_cast<std::size_t>(a.slot)] : moved[static_cast<std::size_t>(a.slot - max_operands)];
        };
        for (int i = 0; i < other.length; ++i) {
            instruction next = other.code[static_cast<std::size_t>(i)];
            for (int k = 0; k < next.count; ++k) next.arguments[static_cast<std::size_t>(k)] = map(next.arguments[static_cast<std::size_t>(k)]);
            moved[static_cast<std::size_t>(i)] = append(next);
            if (moved[static_cast<std::size_t>(i)].slot == -2) return {-2};
        }
        return map(other.result);
    }
    friend constexpr bool operator==(const program&, const program&) = default;
};

namespace detail {
constexpr program as_program(const program& p) { return p; }
constexpr program as_program(std::convertible_to<double> auto constant)
{
    program p;
    p.result = {-1, static_cast<double>(constant)};
    return p;
}
}  // namespace detail

/// Operand k of the layer, in an expression. In an epilogue, operand 0 is the sum that the layer computed.
template <int K>
inline constexpr program operand = [] {
    program p;
    p.result = {K};
    return p;
}();

/// The program that applies a function to programs and constants.
template <class... Argument>
constexpr program compose(std::uint8_t function, const Argument&... argument_of)
{
    program whole;
    constexpr std::array<argument, program::max_operands> same{argument{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}};
    instruction last{function, sizeof...(Argument)};
    std::size_t k = 0;
    ((last.arguments[k++] = whole.append(detail::as_program(argument_of), same)), ...);
    whole.result = whole.append(last);
    return whole;
}

}  // namespace cameo
