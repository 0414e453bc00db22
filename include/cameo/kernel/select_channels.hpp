// The fast path of channel selection: each result vector is shuffled together from the few vectors that hold its
// channels.
#pragma once
#include <cameo/kernel/register_tile.hpp>
#include <cameo/kernel/select_channels_layout.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// The vectors that hold the channels of one vector of the result, and where each lane is found: vector number * lanes
/// + its lane there.
template <select_channels_spec Spec, dim First>
struct channel_sources {
    struct source {
        int operand = 0;
        dim first = 0;  ///< channel of its first lane
    };
    std::array<source, index(batch_lanes)> vectors{};
    std::array<int, index(batch_lanes)> place{};  ///< of a lane; -1 beyond the last channel
    int count = 0;

    constexpr channel_sources()
    {
        for (dim l = 0; l < batch_lanes; ++l) {
            place[index(l)] = -1;
            if (First + l >= Spec.count) {
                continue;
            }
            const auto from = Spec.source_of(First + l);
            const dim first = from.channel / batch_lanes * batch_lanes;
            int v = 0;
            while (v < count && !(vectors[index(v)].operand == from.operand && vectors[index(v)].first == first)) {
                ++v;
            }
            if (v == count) {
                vectors[index(count++)] = {from.operand, first};
            }
            place[index(l)] = v * static_cast<int>(batch_lanes) + static_cast<int>(from.channel % batch_lanes);
        }
    }

    /// Returns what a lane takes in a shuffle with vector number v: its own of the first vector, or the one that is
    /// found in the second.
    constexpr int shuffled(int v, std::size_t lane) const
    {
        constexpr int wide = static_cast<int>(batch_lanes);
        return place[lane] >= 0 && place[lane] / wide == v ? wide + place[lane] % wide : static_cast<int>(lane);
    }
};

template <select_channels_spec Spec, dim First>
inline constexpr channel_sources<Spec, First> sources_of{};

template <select_channels_spec Spec, tensor_type Y>
struct channel_selection {
    static constexpr select_channels_spec spec = Spec;
    static constexpr stored_extents y{Y};
    using operands = std::span<const std::span<const float>>;

    template <int Operand>
    static const float* row_of(operands x, dim n, dim channel, dim row)
    {
        constexpr stored_extents of(Spec.x[Operand]);
        return x[Operand].data() + of.place(n, channel, row);
    }

    /// Takes the lanes that a result has in vector number Vector; the others stay as `chosen` so far.
    template <dim First, int Vector, std::size_t... Lane>
    [[gnu::always_inline]] static auto take(const auto& chosen, const batch& from, std::index_sequence<Lane...>)
    {
        return __builtin_shufflevector(chosen, from.data, sources_of<Spec, First>.shuffled(Vector, Lane)...);
    }

    /// Returns the vector of the result that starts with channel First.
    template <dim First>
    static void run_vector(operands x, float* to) noexcept
    {
        constexpr const auto& sources = sources_of<Spec, First>;
        for (dim n = 0; n < y.batch; ++n) {
            for (dim row = 0; row < y.rows; ++row) {
                [&]<std::size_t... V>(std::index_sequence<V...>) {
                    [[maybe_unused]] const std::array<const float*, index(sources.count)> from{
                        row_of<sources.vectors[V].operand>(x, n, sources.vectors[V].first, row)...};
                    float* const target = to + y.place(n, First, row);
                    for (dim i = 0; i < y.columns; ++i) {
                        auto chosen = batch(0.0f).data;
                        ((chosen = take<First, static_cast<int>(V)>(chosen, batch::load_aligned(from[V] + i * block),
                              std::make_index_sequence<index(batch_lanes)>{})),
                            ...);
                        batch(chosen).store_aligned(target + i * block);
                    }
                }(std::make_index_sequence<index(sources.count)>{});
            }
        }
    }
};

}  // namespace detail

template <select_channels_spec Spec, tensor_type Y>
    requires(selects_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Y))
struct kernel<Spec, Y> {
    static void run(std::span<const std::span<const float>> x, std::span<float> y) noexcept
    {
        using selection = detail::channel_selection<Spec, Y>;
        constexpr dim lanes = detail::batch_lanes;
        [&]<std::size_t... V>(std::index_sequence<V...>) {
            (selection::template run_vector<static_cast<dim>(V) * lanes>(x, y.data()), ...);
        }(std::make_index_sequence<index(blocks(Spec.count) * block / lanes)>{});
    }
};

}  // namespace cameo::inline CAMEO_TARGET
