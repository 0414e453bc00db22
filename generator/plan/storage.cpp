// Rules that say, operator by operator, in which storage a kernel reads its operands and writes its result.
#include "plan/storage.hpp"
#include <algorithm>
#include <cameo/kernel/concat_storage.hpp>
#include <cameo/kernel/conv_storage.hpp>
#include <cameo/kernel/conv_transpose_storage.hpp>
#include <cameo/kernel/elementwise_storage.hpp>
#include <cameo/kernel/gemm_storage.hpp>
#include <cameo/kernel/history_storage.hpp>
#include <cameo/kernel/layer_normalization_storage.hpp>
#include <cameo/kernel/lrn_storage.hpp>
#include <cameo/kernel/quantized_conv_storage.hpp>
#include <cameo/kernel/quantized_elementwise_storage.hpp>
#include <cameo/kernel/recurrent_storage.hpp>
#include <cameo/kernel/resize_storage.hpp>
#include <cameo/kernel/select_channels_storage.hpp>
#include <cameo/kernel/slice_storage.hpp>
#include <cameo/kernel/softmax_storage.hpp>
#include <cameo/kernel/unfold_storage.hpp>
#include <cameo/kernel/winograd_storage.hpp>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/lookup.hpp>
#include <cameo/op/max_pool.hpp>
#include <cameo/op/quantized_average_pool.hpp>

namespace cameo::generator {

namespace {

constexpr storage blocked{arrangement::blocked};

using rule = std::optional<node_storage> (*)(const node&);

node_storage uniform(const node& n, const storage& s) { return {std::vector<storage>(n.operands.size(), s), s}; }

/// Tells whether an operand lies in blocks already.
bool reads_blocks(const node& n)
{
    return std::any_of(n.operands.begin(), n.operands.end(), [](const value* v) { return v && is_blocked(v->type); });
}

std::optional<node_storage> convolution(const node& n)
{
    if (!n.attributes_of<conv_spec>()) {
        return std::nullopt;
    }
    const conv_spec s = n.spec<conv_spec>();
    const conv_method method = choose_method(s);
    const bool constant_filter = n.constant_or_absent(1) && n.constant_or_absent(2);
    if (method == conv_method::plain || !constant_filter || !works_on_vectors(s.then)) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, {result_arrangement(method)});
    wanted.operands[0].arrangement = reads_as_stored(s) ? s.x.storage.arrangement : input_arrangement(s);
    wanted.operands[1].arrangement = filter_arrangement(method);
    return wanted;
}

std::optional<node_storage> winograd_convolution(const node& n)
{
    if (!n.attributes_of<winograd_spec>()) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, blocked);
    wanted.operands[1].arrangement = arrangement::filter_blocked;
    return wanted;
}

std::optional<node_storage> unfolding(const node& n)
{
    if (!n.attributes_of<unfold_spec>() || !unfolds_into_blocks(n.spec<unfold_spec>())) {
        return std::nullopt;
    }
    return node_storage{{{input_arrangement(n.spec<unfold_spec>())}}, blocked};
}

std::optional<node_storage> quantized_convolution(const node& n)
{
    if (!n.attributes_of<quantized_conv_spec>()) {
        return std::nullopt;
    }
    const quantized_conv_method method = choose_method(n.spec<quantized_conv_spec>());
    if (method == quantized_conv_method::plain) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, blocked);
    wanted.operands[1].arrangement = filter_arrangement(method);
    return wanted;
}

std::optional<node_storage> transposed_convolution(const node& n)
{
    if (!n.attributes_of<conv_transpose_spec>()) {
        return std::nullopt;
    }
    const conv_transpose_spec s = n.spec<conv_transpose_spec>();
    if (!transposes_blocks(s) || !n.operands[1]->data || !n.constant_or_absent(2) || !works_on_vectors(s.then)) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, blocked);
    wanted.operands[1].arrangement = arrangement::filter_transposed;
    return wanted;
}

/// Stores weights in the order in which the kernel of a dense layer reads them.
std::optional<node_storage> dense(const node& n)
{
    if (!n.attributes_of<gemm_spec>()) {
        return std::nullopt;
    }
    const gemm_spec s = n.spec<gemm_spec>();
    if (choose_method(s) != gemm_method::blocked || !n.constant_or_absent(1) || !works_on_vectors(s.then)) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, {});
    const gemm_storage laid = wanted_storage(s);
    wanted.operands[1] = laid.b;
    if (s.c.present() && n.operands[2]->data) {
        wanted.operands[2] = laid.c;
    }
    return wanted;
}

/// Stores the weights of a recurrent layer with all gates of a step beside each other.
template <class Spec>
std::optional<node_storage> recurrent(const node& n)
{
    if (!n.attributes_of<Spec>() || !n.operands[1]->data || !n.operands[2]->data) {
        return std::nullopt;
    }
    const Spec s = n.spec<Spec>();
    if (!has_recurrent_kernel(s)) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, {});
    wanted.operands[1] = wanted.operands[2] = wanted_weight_storage(s);
    return wanted;
}

/// Works in blocks if an operand is blocked already, and each operand is whole or has one number per channel.
std::optional<node_storage> elementwise(const node& n)
{
    const elementwise_attributes* a = n.attributes_of<elementwise_spec>();
    const bool on_floats = a && works_on_vectors(a->compute) && n.results[0]->type.element == element::float32;
    if (!(on_floats || n.attributes_of<quantized_elementwise_spec>()) || !reads_blocks(n) ||
        !is_image(n.results[0]->type)) {
        return std::nullopt;
    }
    const shape& out = n.results[0]->type.shape;
    for (const value* v : n.operands) {
        const shape& s = v->type.shape;
        const bool per_channel = s.rank == out.rank && s[1] == out[1] && s.count() == out[1];
        if (s != out && !per_channel) {
            return std::nullopt;
        }
    }
    return uniform(n, blocked);
}

/// Works in blocks if the input is blocked already or fills a block, which is worth a reorder.
template <class Spec>
std::optional<node_storage> pool(const node& n)
{
    if (!n.attributes_of<Spec>() || (n.results.size() > 1 && n.results[1])) {
        return std::nullopt;
    }
    const tensor_type& x = n.operands[0]->type;
    const bool takes = (x.element == element::float32 || x.element == element::uint8) && is_image(x);
    if (!takes || (!reads_blocks(n) && x.shape[1] < block)) {
        return std::nullopt;
    }
    return uniform(n, blocked);
}

/// Works in blocks if the input is blocked already; the table is plain.
std::optional<node_storage> lookup(const node& n)
{
    if (!n.attributes_of<lookup_spec>() || !reads_blocks(n) || n.operands[0]->type.shape.rank > 4) {
        return std::nullopt;
    }
    return node_storage{{blocked, {}}, blocked};
}

/// Works in blocks if an operand is blocked already and the kernel accepts the layer that way.
template <class Spec, bool (*Takes)(const Spec&)>
std::optional<node_storage> continuing(const node& n)
{
    if (!n.attributes_of<Spec>() || !reads_blocks(n) || !Takes(n.spec<Spec>())) {
        return std::nullopt;
    }
    return uniform(n, blocked);
}

/// Normalizes instances in blocks if they are blocked already; scale and bias keep their storage.
std::optional<node_storage> instance_normalization(const node& n)
{
    if (!n.attributes_of<layer_normalization_spec>() || !is_blocked(n.operands[0]->type) || n.results[1] ||
        n.results[2]) {
        return std::nullopt;
    }
    if (!n.results[0] || !normalizes_planes(n.spec<layer_normalization_spec>())) {
        return std::nullopt;
    }
    node_storage wanted = uniform(n, {});
    wanted.operands[0] = wanted.result = blocked;
    return wanted;
}

/// Makes the result a window into the ring that holds the past; without a ring, the plain definition runs.
std::optional<node_storage> history(const node& n)
{
    if (!n.attributes_of<history_spec>() || n.operands[1]->type.storage == storage{}) {
        return std::nullopt;
    }
    const history_spec s = n.spec<history_spec>();
    const arrangement ring = s.past.storage.arrangement;
    const bool rows = ring == arrangement::framed &&
                      (s.x.storage.arrangement == arrangement::plain || s.x.storage.arrangement == ring);
    return node_storage{{{rows ? s.x.storage.arrangement : ring}, s.past.storage}, window_storage(s, ring)};
}

/// The rules, in the order in which they are tried. Storage is plain where no rule applies.
constexpr rule rules[] = {convolution, winograd_convolution, unfolding, quantized_convolution, transposed_convolution,
    dense, recurrent<lstm_spec>, recurrent<gru_spec>, elementwise, pool<max_pool_spec>, pool<average_pool_spec>,
    pool<quantized_average_pool_spec>, lookup, continuing<concat_spec, joins_blocks>,
    continuing<slice_spec, takes_blocks>, continuing<select_channels_spec, selects_blocks>,
    continuing<resize_spec, resizes_rows>, continuing<lrn_spec, normalizes_blocks>, instance_normalization, history};

}  // namespace

node_storage choose_storage(const node& n)
{
    for (const rule r : rules) {
        if (auto wanted = r(n)) {
            return *wanted;
        }
    }
    return uniform(n, {});
}

halo halo_needed(const node& n, std::size_t k)
{
    if (k == 0 && n.attributes_of<winograd_spec>()) {
        return needed_halo(n.spec<winograd_spec>());
    }
    if (k == 0 && n.attributes_of<unfold_spec>()) {
        return needed_halo(n.spec<unfold_spec>());
    }
    if (k == 0 && n.attributes_of<quantized_conv_spec>()) {
        return needed_halo(n.spec<quantized_conv_spec>());
    }
    if (k == 0 && n.attributes_of<conv_transpose_spec>() && is_blocked(n.operands[0]->type)) {
        return needed_halo(n.spec<conv_transpose_spec>());
    }
    if (k == 0 && n.attributes_of<conv_spec>() && n.operands[0]->type.storage.arrangement != arrangement::plain) {
        return needed_halo(n.spec<conv_spec>());
    }
    return {};
}

dim halo_fill(const node& n)
{
    return n.attributes_of<quantized_conv_spec>() ? n.attributes_of<quantized_conv_spec>()->padding : 0;
}

namespace {

template <class... Spec>
int overwritten_by(const node& n)
{
    int operand = -1;
    ((n.attributes_of<Spec>() && n.results[0] ? void(operand = overwrites(n.spec<Spec>(), n.results[0]->type))
                                              : void()),
        ...);
    return operand;
}

}  // namespace

bool is_window(const node& n) { return n.attributes_of<history_spec>() && n.results[0]->type.storage.pitch != 0; }

place_in viewed_operand(const node& n)
{
    if (n.op->is_view()) {
        return {0, 0};
    }
    if (is_window(n)) {
        return {1, 0};
    }
    if (n.attributes_of<slice_spec>()) {
        return {0, place_in_operand(n.spec<slice_spec>(), n.results[0]->type)};
    }
    return {};
}

std::vector<std::size_t> operand_places(const node& n)
{
    if (!n.attributes_of<concat_spec>()) {
        return {};
    }
    const auto places = places_in_result(n.spec<concat_spec>(), n.results[0]->type);
    return {places.begin(), places.begin() + static_cast<std::ptrdiff_t>(n.operands.size())};
}

bool shares_memory(const node& n)
{
    return (n.attributes_of<concat_spec>() && joins_in_memory(n.spec<concat_spec>())) ||
           (n.attributes_of<slice_spec>() && cuts_from_memory(n.spec<slice_spec>()));
}

int overwritten_operand(const node& n)
{
    return overwritten_by<elementwise_spec, quantized_elementwise_spec, softmax_spec>(n);
}

}  // namespace cameo::generator
