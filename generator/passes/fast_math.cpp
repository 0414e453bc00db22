// exp, tanh, sigmoid, … in float expressions → their approximations (--math fast).
#include "passes/passes.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>

namespace cameo::generator {

namespace {

/// Finds the function that approximates the one at this place of the list; the place itself if there is none.
std::uint8_t fast_place(std::uint8_t place)
{
    std::uint8_t fast = place;
    const auto see = [&]<class F>(F) {
        if constexpr (cameo::detail::approximates<F>) {
            if (place_of<typename F::exact>() == place) {
                fast = place_of<F>();
            }
        }
    };
    [&]<class... F>(type_list<F...>) { (see(F{}), ...); }(function_list{});
    return fast;
}

void make_fast(elementwise_expression& p)
{
    for (int i = 0; i < p.length; ++i) {
        p.code[index(i)].function = fast_place(p.code[index(i)].function);
    }
}

/// Replaces the functions in every expression among attributes.
template <class Attributes>
void make_expressions_fast(Attributes& a)
{
    Attributes::each([&]<class T>(std::string_view, T Attributes::* member) {
        if constexpr (std::is_same_v<T, elementwise_expression>) {
            make_fast(a.*member);
        } else if constexpr (requires { T::each([](auto...) {}); }) {
            make_expressions_fast(a.*member);
        }
    });
}

template <class... Spec>
void make_nodes_fast(const node& n)
{
    ((n.attributes_of<Spec>() ? make_expressions_fast(*n.attributes_of<Spec>()) : void()), ...);
}

}  // namespace

/// Writes approximations of functions into expressions on floats, before they become epilogues. Layers on bytes are
/// left alone: they must give exactly the numbers of the definitions.
void use_fast_math(graph& g, const pass_options& options)
{
    if (!options.fast_math) {
        return;
    }
    for (const auto& n : g.nodes()) {
        if (!n->operands().empty() && n->operand(0) && n->operand(0)->type.element == element::float32) {
            make_nodes_fast<elementwise_spec, lstm_spec, gru_spec>(*n);
        }
    }
}

}  // namespace cameo::generator
