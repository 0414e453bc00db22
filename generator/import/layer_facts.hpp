// What the library knows of a layer before there is a node: its name, whether it has a fast kernel, the element types
// that it takes. `cameo operators` prints it.
#pragma once
#include "graph/operation.hpp"
#include <algorithm>
#include <cameo/function/list.hpp>
#include <cameo/op/signature.hpp>
#include <string>
#include <vector>

namespace cameo::generator {

using element_set = std::vector<element>;

struct layer_facts {
    std::string name;                   ///< of its header, cameo/op/<name>.hpp; empty for a list of element types
    bool fast_kernel = false;           ///< a specialization in cameo/kernel/<name>.hpp takes the common cases
    std::vector<element_set> operands;  ///< what each operand may hold; one set for all operands of a variadic layer
};

template <class... Operand>
void note_operands(std::vector<element_set>& all, type_list<Operand...>)
{
    all.resize(sizeof...(Operand));
    std::size_t k = 0;
    const auto note = [&](element e) {
        element_set& of_operand = all[k++];
        if (std::find(of_operand.begin(), of_operand.end(), e) == of_operand.end()) {
            of_operand.push_back(e);
        }
    };
    (note(element_of<Operand>), ...);
}

template <class... Listed>
element_set elements_in(type_list<Listed...>)
{
    return {element_of<Listed>...};
}

/// Every instance of a spec's signature is asked for its operands.
template <class Spec>
std::vector<element_set> elements_of_operands()
{
    std::vector<element_set> all;
    cameo::detail::any_of<Spec>(typename Spec::parameters{}, [&]<class Signature>() {
        constexpr Signature* none = nullptr;
        note_operands(all, decltype(cameo::detail::operand_types(none)){});
        return false;
    });
    return all;
}

/// Adds the floats of 16 bits for which operators compute in a type of the set.
inline element_set with_narrow_floats(element_set set)
{
    const auto has = [&](element e) { return std::find(set.begin(), set.end(), e) != set.end(); };
    for (const element e : elements_in(any_elements{})) {
        if (!has(e) && has(computed_in(e))) {
            set.push_back(e);
        }
    }
    return set;
}

/// Of a spec; of an elementwise function, which is a layer by itself; or of a list of element types, which is no layer,
/// but narrows what those behind it would take.
template <class Layer>
layer_facts facts_of()
{
    layer_facts facts;
    if constexpr (requires { typename Layer::parameters; }) {
        const operation_of<Layer> layer({});
        facts = {std::string(layer.name()), layer.has_kernel(), elements_of_operands<Layer>()};
    } else if constexpr (requires { typename Layer::elements; }) {
        facts = {"elementwise", !cameo::detail::scalar_only<Layer>, {elements_in(typename Layer::elements{})}};
    } else {
        facts = {{}, false, {elements_in(Layer{})}};
    }
    std::ranges::transform(facts.operands, facts.operands.begin(), with_narrow_floats);
    return facts;
}

/// Of specs, elementwise functions and lists of element types, in this order.
template <class... Layer>
std::vector<layer_facts> facts_of_layers()
{
    return {facts_of<Layer>()...};
}

}  // namespace cameo::generator
