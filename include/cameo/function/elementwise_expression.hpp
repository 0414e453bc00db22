// Elementwise expressions as constant values: a fused chain, or the epilogue of a convolution or dense layer.
#pragma once
#include <algorithm>
#include <array>
#include <cameo/core/target.hpp>
#include <concepts>
#include <cstdint>

namespace cameo::inline CAMEO_TARGET {

/// What an instruction reads: a constant, an operand, or the result of an earlier instruction.
struct argument {
    std::uint8_t slot =
        0;  ///< 0: the constant; 1 to 8: operands; 9 and on: results. All zero by default, so that symbols stay short
    double constant = 0;

    static constexpr int max_operands = 8;
    static constexpr argument of_operand(int k) { return {static_cast<std::uint8_t>(1 + k)}; }
    static constexpr argument of_result(int i) { return {static_cast<std::uint8_t>(1 + max_operands + i)}; }
    static constexpr argument of_constant(double c) { return {0, c}; }
    /// The argument that stands for an instruction for which an expression has no room.
    static constexpr argument overflow() { return {255}; }

    constexpr bool is_constant() const { return slot == 0; }
    constexpr bool is_operand() const { return slot >= 1 && slot <= max_operands; }
    constexpr bool is_overflow() const { return slot == 255; }
    constexpr std::size_t operand() const { return slot - std::size_t{1}; }
    constexpr std::size_t result() const { return slot - std::size_t{1 + max_operands}; }
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
struct elementwise_expression {
    static constexpr int max_operands = argument::max_operands;
    static constexpr int capacity = 16;
    std::array<instruction, capacity> code{};
    int length = 0;
    argument result = argument::of_operand(0);  ///< an empty expression is the identity

    constexpr bool empty() const { return length == 0; }
    constexpr const instruction* begin() const { return code.data(); }
    constexpr const instruction* end() const { return code.data() + length; }
    /// Returns the highest operand that is read, plus one.
    constexpr int operands() const
    {
        int n = 0;
        const auto see = [&](const argument& a) {
            if (a.is_operand()) {
                n = std::max(n, static_cast<int>(a.operand()) + 1);
            }
        };
        for (const instruction& i : *this) {
            for (const argument& a : i.arguments) {
                see(a);
            }
        }
        see(result);
        return n;
    }
    /// Appends an instruction, or finds an equal one; returns the argument that reads it, or overflow.
    constexpr argument append(const instruction& next)
    {
        for (int i = 0; i < length; ++i) {
            if (code[static_cast<std::size_t>(i)] == next) {
                return argument::of_result(i);
            }
        }
        if (length == capacity) {
            return argument::overflow();
        }
        code[static_cast<std::size_t>(length)] = next;
        return argument::of_result(length++);
    }
    /// Appends another expression, whose operand k becomes inputs[k]; returns the argument that reads its result.
    constexpr argument append(const elementwise_expression& other, const std::array<argument, max_operands>& inputs)
    {
        std::array<argument, capacity> moved{};
        const auto map = [&](const argument& a) {
            if (a.is_constant()) {
                return a;
            }
            return a.is_operand() ? inputs[a.operand()] : moved[a.result()];
        };
        for (int i = 0; i < other.length; ++i) {
            instruction next = other.code[static_cast<std::size_t>(i)];
            for (int k = 0; k < next.count; ++k) {
                next.arguments[static_cast<std::size_t>(k)] = map(next.arguments[static_cast<std::size_t>(k)]);
            }
            moved[static_cast<std::size_t>(i)] = append(next);
            if (moved[static_cast<std::size_t>(i)].is_overflow()) {
                return argument::overflow();
            }
        }
        return map(other.result);
    }
    friend constexpr bool operator==(const elementwise_expression&, const elementwise_expression&) = default;
};

namespace detail {
constexpr elementwise_expression as_expression(const elementwise_expression& p) { return p; }
/// Converts a constant to an expression. A double does not represent all 64-bit integers beyond 2^53: such a constant
/// must be an operand.
template <std::convertible_to<double> Number>
    requires(std::floating_point<Number> || sizeof(Number) < sizeof(double))
constexpr elementwise_expression as_expression(Number constant)
{
    elementwise_expression p;
    p.result = argument::of_constant(static_cast<double>(constant));
    return p;
}
}  // namespace detail

/// Operand k of the layer, in an expression. In an epilogue, operand 0 is the sum that the layer computed.
template <int K>
inline constexpr elementwise_expression operand = [] {
    elementwise_expression p;
    p.result = argument::of_operand(K);
    return p;
}();

/// The expression that applies a function to expressions and constants.
template <class... Argument>
constexpr elementwise_expression compose(std::uint8_t function, const Argument&... argument_of)
{
    elementwise_expression whole;
    std::array<argument, elementwise_expression::max_operands> same{};
    for (int i = 0; i < elementwise_expression::max_operands; ++i) {
        same[static_cast<std::size_t>(i)] = argument::of_operand(i);
    }
    instruction last{function, sizeof...(Argument)};
    std::size_t k = 0;
    ((last.arguments[k++] = whole.append(detail::as_expression(argument_of), same)), ...);
    whole.result = whole.append(last);
    return whole;
}

}  // namespace cameo::inline CAMEO_TARGET
