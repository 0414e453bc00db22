// Operands by the names that their spec gives them, never by number.
#pragma once
#include <cameo/op/signature.hpp>
#include <cstddef>

namespace cameo::generator {

/// The number of the operand that a member of a spec describes: 3 of &conv_spec::residual.
template <class Spec>
consteval std::size_t operand_of(tensor_type Spec::* member)
{
    // A spec is made of its operands in their order: the one that is there fills the member.
    constexpr std::size_t count = operand_count<Spec>;
    const auto fills = [member]<std::size_t... K>(std::size_t k, std::index_sequence<K...>) {
        return (make_spec<Spec>({}, (K == k ? tensor_type{element::uint8} : absent)...).*member).present();
    };
    std::size_t k = 0;
    while (k < count && !fills(k, std::make_index_sequence<count>{})) {
        ++k;
    }
    return k;
}

}  // namespace cameo::generator
