// Reads the attributes activations, activation_alpha and activation_beta of LSTM, GRU and RNN as elementwise
// expressions.
#include "import/activations.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cctype>

namespace cameo::generator {

namespace {

/// Tells whether Function takes a single operand, apart from its attributes.
template <class Function>
constexpr bool of_one_operand()
{
    if constexpr (!requires { Function::attributes; }) {
        return std::is_invocable_r_v<float, Function, float>;
    } else if constexpr (std::size(Function::attributes) == 1) {
        return std::is_invocable_r_v<float, Function, float, float>;
    } else {
        return std::is_invocable_r_v<float, Function, float, float, float>;
    }
}

/// Compares names without case: exporters do not agree on it.
bool same(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

activation_list::activation_list(const source_node& n, std::size_t count)
    : names_(n.texts("activations")), alpha_{n.numbers("activation_alpha")}, beta_{n.numbers("activation_beta")}
{
    if (!names_.empty() && names_.size() != count) {
        throw unsupported("attribute 'activations' must name {} functions, found {}", count, names_.size());
    }
}

double activation_list::constants::need(std::string_view activation)
{
    if (taken == values.size()) {
        throw unsupported(
            "activation '{}' has no defaults: it needs an activation_alpha and an activation_beta", activation);
    }
    return values[taken++];
}

template <class Function>
elementwise_expression activation_list::apply()
{
    elementwise_expression p;
    instruction last{place_of<Function>(), 1, {argument::of_operand(0)}};
    if constexpr (requires { Function::attributes; }) {
        for (const attribute& a : Function::attributes) {
            const double otherwise = static_cast<double>(static_cast<float>(a.otherwise));
            const double constant = a.name == "alpha"  ? alpha_.next(otherwise)
                                    : a.name == "beta" ? beta_.next(otherwise)
                                                       : otherwise;
            last.arguments[last.count++] = argument::of_constant(constant);
        }
    }
    p.result = p.append(last);
    return p;
}

elementwise_expression activation_list::next(std::string_view otherwise)
{
    const std::string name = read_ < names_.size() ? names_[read_++] : std::string(otherwise);
    if (same(name, "Affine")) {
        return add(mul(operand<0>, alpha_.need(name)), beta_.need(name));
    }
    if (same(name, "ScaledTanh")) {
        return mul(tanh(mul(operand<0>, beta_.need(name))), alpha_.need(name));
    }
    elementwise_expression p;
    const auto try_function = [&]<class Function>(Function) {
        if constexpr (of_one_operand<Function>() && cameo::detail::is_operator<Function>) {
            if (same(name, Function::name)) {
                p = apply<Function>();
            }
        }
    };
    [&]<class... Function>(type_list<Function...>) { (try_function(Function{}), ...); }(function_list{});
    if (p.empty()) {
        throw unsupported("activation '{}' is not known", name);
    }
    return p;
}

}  // namespace cameo::generator
