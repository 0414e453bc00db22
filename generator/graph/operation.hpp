// The common interface of all operators, through which nodes of the graph hold any operator of the library.
#pragma once
#include "support/budget.hpp"
#include "support/tensor.hpp"
#include <cameo/network/plan.hpp>
#include <cameo/op/signature.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace cameo::generator {

class graph;

/// The attributes of one node, with the four functions of its operator's spec (design: one operator, written once).
class operation {
public:
    using types = std::vector<tensor_type>;  ///< of the operands; absent where there is none
    using visitor = std::function<void(std::string_view name, const std::string& text)>;  ///< of attributes

    virtual ~operation() = default;
    virtual std::unique_ptr<operation> clone() const = 0;

    /// The library's name: "conv" for cameo/op/conv.hpp and cameo::conv.
    virtual std::string_view name() const = 0;
    /// In C++: "cameo::conv".
    virtual std::string qualified_name() const { return "cameo::" + std::string(name()); }
    /// The headers that a network with it includes, as they stand after #include.
    virtual std::vector<std::string> headers() const
    {
        std::vector<std::string> all{"<cameo/op/" + std::string(name()) + ".hpp>"};
        if (has_fast_path()) {
            all.push_back("<cameo/kernel/" + std::string(name()) + ".hpp>");
        }
        return all;
    }
    /// What is wrong with these operands, in words.
    virtual std::optional<std::string> problem(const types& operands) const = 0;
    virtual types results(const types& operands) const = 0;
    /// `spent` pays for the nodes of its bodies; what it is itself is paid by who calls.
    virtual void evaluate(
        const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget& spent) const = 0;
    /// Steps of evaluate(), those of its bodies left out.
    virtual dim work(const types& operands) const = 0;
    /// The attributes that differ from their defaults.
    virtual void each_attribute(const visitor& visit) const = 0;
    virtual dim multiplications(const types& operands) const = 0;
    /// The result is the first operand's memory.
    virtual bool is_view() const = 0;
    /// There is a header cameo/kernel/<name>.hpp.
    virtual bool has_fast_path() const = 0;
    /// Result k is memory to work in: there whenever the node is, and read by nobody.
    virtual bool is_scratch(std::size_t k) const = 0;
    /// The graphs that it runs as networks within its layer.
    virtual std::vector<graph*> bodies() const { return {}; }
};

/// The operation of a spec. Its members are defined in define_operation.hpp, and each operator's own file instantiates
/// them (template class operation_of<conv_spec>): every evaluate() is compiled once.
template <class Spec>
class operation_of final : public operation {
public:
    typename Spec::attributes attributes;

    explicit operation_of(typename Spec::attributes a) : attributes(std::move(a)) {}

    std::unique_ptr<operation> clone() const override;
    std::string_view name() const override;
    std::optional<std::string> problem(const types& operands) const override;
    types results(const types& operands) const override;
    void evaluate(
        const std::vector<const tensor*>& operands, std::vector<tensor>& results, budget& spent) const override;
    dim work(const types& operands) const override;
    void each_attribute(const visitor& visit) const override;
    dim multiplications(const types& operands) const override;
    bool is_view() const override;
    bool has_fast_path() const override;
    bool is_scratch(std::size_t k) const override;
};

}  // namespace cameo::generator
