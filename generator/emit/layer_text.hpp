// A layer in the words of the header: operator, result, operands, attributes, secondary outputs.
#pragma once
#include "emit/value_names.hpp"
#include <span>

namespace cameo::generator {

class layer_text {
public:
    /// Of a network for many sizes a layer declares its storage, and the compiler derives the rest.
    layer_text(const node& n, const value_names& names, bool sized);

    /// What the struct of the layer is derived from; `models` is the list of those that it runs, or empty.
    std::string base(const std::string& models) const;
    /// What the struct of result number k > 0 is derived from.
    std::string further_base(std::size_t k, const std::string& models) const;
    /// All results but the first, without those at the end that nobody reads.
    std::span<value* const> secondary_outputs() const;

private:
    std::string reference(const value* v) const;
    std::string references(std::span<value* const> some) const;
    std::string attributes_of() const;

    const node& node_;
    const value_names& names_;
    bool sized_;
    std::string operands_, attributes_;
};

}  // namespace cameo::generator
