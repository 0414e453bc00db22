// Conv → Winograd convolution with transformed filters, where measurements or a cost model say that it is faster.
#include "passes/passes.hpp"
#include "passes/unfold.hpp"
#include "passes/winograd_tiles.hpp"
#include "support/failure.hpp"
#include <cameo/kernel/conv_layout.hpp>
#include <optional>

namespace cameo::generator {

std::vector<winograd_spec> winograd_candidates(const conv_spec& s)
{
    return choose_method(s) == conv_method::blocked && fits_tiles(s) ? exact_tiles(s) : std::vector<winograd_spec>{};
}

namespace {

/// Winograd must cost less than this share of direct convolution to replace it, and larger tiles less than this share
/// of smaller ones: the cost model may be wrong, and larger tiles are less exact.
constexpr double worth = 0.9;

/// Returns the tiles that were measured to be best for such a convolution; without a measurement, the cheapest ones, if
/// they are worth it.
std::optional<winograd_spec> choose_tiles(const conv_spec& s, const tuning& measured)
{
    const auto choice = measured.find(shapes_of(s));
    const bool known = choice != measured.end();
    std::optional<winograd_spec> best;
    double least = worth * direct_cost(s);
    for (const winograd_spec& w : winograd_candidates(s)) {
        const double cost = winograd_cost(w);
        if (known ? w.tile != choice->second : cost >= least) {
            continue;
        }
        least = worth * cost;
        best = w;
    }
    if (known && choice->second != 0 && !best) {
        throw failure(
            "--tuning: '{}: {}' cannot be done, or is not exact enough: make the file again with 'cameo tune'",
            choice->first, method_text(choice->second));
    }
    return best;
}

/// For convolutions of few channels: how the input is unfolded, and the cheapest tiles then, if they are worth it.
struct unfolded_tiles {
    unfolded_convolution unfolded;
    winograd_spec tiles;
};
std::optional<unfolded_tiles> choose_unfolded_tiles(const conv_spec& s)
{
    std::optional<unfolded_tiles> best;
    if (choose_method(s) != conv_method::few_channels || !fits_tiles(s)) {
        return best;
    }
    double least = worth * direct_cost(s);
    for (const unfolded_convolution& c : unfolded_convolutions(s)) {
        for (winograd_spec w : exact_tiles(c.conv)) {
            const double cost = unfold_cost(c.unfold) + winograd_cost(w);
            if (cost >= least) {
                continue;
            }
            least = worth * cost;
            w.zero_taps = c.conv.w.shape.count(1, 4) - s.w.shape.count(1, 4);
            best = unfolded_tiles{c, w};
        }
    }
    return best;
}

tensor transformed(const tensor& filters, const winograd_spec& s)
{
    tensor all({element::float32, {s.points() * s.padded_filters(), s.padded_channels()}});
    transform_filters(s, filters.as<float>(), all.as<float>());
    return all;
}

/// Inserts a node that unfolds the input of a convolution.
void unfold_input(graph& g, node& n, const unfold_spec& s)
{
    auto before = make_node<unfold_spec>(s, n.origins.front(), {n.operand<&conv_spec::x>()});
    before->set_results({g.add_value(n.operand<&conv_spec::x>()->name + "/unfolded", result(s))});
    n.set_operand<&conv_spec::x>(g.insert_before(n, std::move(before)).result());
}

void convolve(graph& g, node& n, const winograd_spec& tiles, const tensor& filters)
{
    const std::string name = n.operand<&conv_spec::w>()->name;
    n.op = std::make_unique<operation_of<winograd_spec>>(tiles);
    n.set_operand<&winograd_spec::w>(g.add_constant(name, transformed(filters, tiles)));
    n.set_result(1, g.add_value(n.result()->name + "/scratch", n.op->results(n.operand_types())[1]));
}

}  // namespace

/// Convolves by Winograd's tiles where that is faster and exact enough.
void use_winograd(graph& g, const pass_options& options)
{
    for (const auto& each : g.nodes()) {
        node& n = *each;
        const conv_attributes* a = n.attributes_of<conv_spec>();
        if (!a || !a->window.is_settled() || !n.constant_or_absent(1) || !n.constant_or_absent(2)) {
            continue;
        }
        const conv_spec s = n.spec<conv_spec>();
        if (multiplications(s) == 0) {
            continue;
        }
        const tensor& filters = *n.operand<&conv_spec::w>()->data;
        if (const auto chosen = choose_tiles(s, options.tuning)) {
            convolve(g, n, *chosen, filters);
        } else if (const auto split = g.parameters.empty() ? choose_unfolded_tiles(s)
                                                           : std::nullopt) {  // its pads would depend on sizes
            unfold_input(g, n, split->unfolded.unfold);
            convolve(g, n, split->tiles, unfold_filters(filters, split->unfolded));
        }
    }
}

}  // namespace cameo::generator
