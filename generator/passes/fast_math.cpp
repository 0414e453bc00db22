#include "passes/passes.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>

namespace cameo::generator {

namespace {

/// The function that approximates the one at a place of the list, or that one.
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

void make_fast(program& p)
{
    for (int i = 0; i < p.length; ++i) {
        p.code[index(i)].function = fast_place(p.code[index(i)].function);
    }
}

/// Every program among attributes.
template <class Attributes>
void make_programs_fast(Attributes& a)
{
    Attributes::each([&]<class T>(std::string_view, T Attributes::* member) {
        if constexpr (std::is_same_v<T, program>) {
            make_fast(a.*member);
        } else if constexpr (requires { T::each([](auto...) {}); }) {
            make_programs_fast(a.*member);
        }
    });
}

template <class... Spec>
void make_nodes_fast(const node& n)
{
    ((n.attributes_of<Spec>() ? make_programs_fast(*n.attributes_of<Spec>()) : void()), ...);
}

}  // namespace

/// Writes approximations of functions into the expressions on floats, before they become epilogues. Bytes stay as they
/// are: their layers give the very numbers of the definitions.
void use_fast_math(graph& g, const pass_options& options)
{
    if (!options.fast_math) {
        return;
    }
    for (const auto& n : g.nodes) {
        if (!n->operands.empty() && n->operands[0] && n->operands[0]->type.element == element::float32) {
            make_nodes_fast<elementwise_spec, lstm_spec, gru_spec>(*n);
        }
    }
}

}  // namespace cameo::generator
