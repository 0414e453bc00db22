// The common interface of all operators, through which nodes of the graph hold any operator of the library.
#pragma once
#include "support/budget.hpp"
#include "support/tensor.hpp"
#include <cameo/kernel/layouts.hpp>
#include <cameo/network/plan.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/epilogue.hpp>
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
        if (has_kernel()) {
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
    virtual bool has_kernel() const { return false; }
    /// Result k is memory to work in: there whenever the node is, and read by nobody.
    virtual bool is_scratch(std::size_t k) const = 0;
    /// The compiler can evaluate it, as it can every operator of the library.
    virtual bool is_constexpr() const { return bodies().empty(); }
    /// The graphs that it runs as networks within its layer.
    virtual std::vector<graph*> bodies() const { return {}; }

    /// What becomes of an axis of an operand (cameo/op/axis_flow.hpp).
    virtual axis_flow flow(const types&, int /*operand*/, const axis_part&) const { return {}; }
    /// Becomes the operator that computes a part of an axis of its result (attributes_for_part in the same header).
    virtual void take_part(const types&, int /*axis*/, dim /*start*/, dim /*extent*/) {}
    virtual std::vector<carried_state> carried_states() const { return {}; }
    /// Each element of the result is one of the operands'.
    virtual bool selects_elements() const { return false; }
    /// It copies elements of all operands of the result's type, whatever that type is.
    virtual bool moves_bits() const { return false; }
    /// What is done to each element of the result before it is stored, and the operand beside it; null where the
    /// operator has none.
    struct epilogue_slot {
        elementwise_expression* epilogue = nullptr;
        std::size_t residual = 0;
    };
    virtual epilogue_slot find_epilogue() { return {}; }

    /// How the kernel wants a layer to lie in memory (cameo/kernel/layouts.hpp says what each means). Without a kernel,
    /// all is in row-major order and has its own memory.
    virtual layouts layouts_of(const types&, const layer_context&) const { return {}; }
    virtual halo halo_of(const types&) const { return {}; }
    virtual dim fill_of(const types&) const { return 0; }
    virtual int overwritten_by(const types&, const tensor_type& /*result*/) const { return -1; }
    virtual operand_place place_of(const types&, const tensor_type& /*result*/) const
    {
        return {is_view() ? 0 : -1, 0};
    }
    virtual std::vector<std::size_t> places_of(const types&, const tensor_type& /*result*/) const { return {}; }
    virtual bool shares_operands(const types&) const { return false; }
};

/// The operation of a spec. Its members are defined in define_operation.hpp, which only the file that the build makes
/// of each spec includes (op/spec.cpp.in): every evaluate() is compiled once.
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
    bool has_kernel() const override;
    bool is_scratch(std::size_t k) const override;
    axis_flow flow(const types& operands, int operand, const axis_part& part) const override;
    void take_part(const types& operands, int axis, dim start, dim extent) override;
    std::vector<carried_state> carried_states() const override;
    bool selects_elements() const override;
    bool moves_bits() const override;
    epilogue_slot find_epilogue() override;
    layouts layouts_of(const types& operands, const layer_context& context) const override;
    halo halo_of(const types& operands) const override;
    dim fill_of(const types& operands) const override;
    int overwritten_by(const types& operands, const tensor_type& result) const override;
    operand_place place_of(const types& operands, const tensor_type& result) const override;
    std::vector<std::size_t> places_of(const types& operands, const tensor_type& result) const override;
    bool shares_operands(const types& operands) const override;
};

}  // namespace cameo::generator
