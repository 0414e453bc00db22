// Channels of blocked values: each vector of a result is put together from the few vectors that hold its channels.
#pragma once
#include <cameo/kernel/select_channels_storage.hpp>
#include <cameo/kernel/tile.hpp>

namespace cameo {

namespace detail {

/// The vectors that hold the channels of one vector of the result, and where each lane is found: vector number * lanes + its lane there.
template <select_channels_spec Spec, dim First>
struct channel_sources {
    struct source {
        int operand = 0;
        dim first = 0;  ///< channel of its first lane
    };
    std::array<source, index(lanes)> vectors{};
    std::array<int, index(lanes)> place{};  ///< of a lane; -1 beyond the last channel
    int count = 0;

    constexpr channel_sources()
    {
        for (dim l = 0; l < lanes; ++l) {
            place[index(l)] = -1;
            if (First + l >= Spec.count) continue;
            const auto from = Spec.source_of(First + l);
            const dim first = from.channel / lanes * lanes;
            int v = 0;
            while (v < count && !(vectors[index(v)].operand == from.operand && vectors[index(v)].first == first)) ++v;
            if (v == count) vectors[index(count++)] = {from.operand, first};
            place[index(l)] = v * static_cast<int>(lanes) + static_cast<int>(from.channel % lanes);
        }
    }
};

template <select_channels_spec Spec, tensor_type Y>
struct channel_selection {
    static constexpr select_channels_spec spec = Spec;
    static constexpr stored_extents y{Y};
    static constexpr dim rows = y.rows - Y.storage.halo.top - Y.storage.halo.bottom, columns = y.columns - Y.storage.halo.left - Y.storage.halo.right;
    using operands = std::span<const std::span<const float>>;

    template <int Operand>
    static const float* row_of(operands x, dim n, dim channel, dim row)
    {
        constexpr tensor_type t = Spec.x[Operand];
        constexpr stored_extents e(t);
        constexpr halo around = t.storage.halo;
        return x[Operand].data() + (n * e.channel_blocks + channel / block) * e.plane() + (row + around.top) * e.row() + around.left * block + channel % block;
    }

    /// Lanes of the vectors `from`, zeros where there is no channel: each shuffle takes in one vector more.
    template <dim First>
    [[gnu::always_inline]] static batch select(const std::array<batch, index(lanes)>& from)
    {
        constexpr channel_sources<Spec, First> sources;
        return [&]<std::size_t... L>(std::index_sequence<L...>) {
            auto chosen = __builtin_shufflevector(from[0].data, batch(0.0f).data, (sources.place[L] >= 0 && sources.place[L] < lanes ? sources.place[L] : static_cast<int>(lanes))...);
            [&]<std::size_t... V>(std::index_sequence<V...>) {
                ((chosen = __builtin_shufflevector(chosen, from[V + 1].data, lane_of<First, L, static_cast<int>(V) + 1>()...)), ...);
            }(std::make_index_sequence<index(sources.count - 1)>{});
            return batch(chosen);
        }(std::make_index_sequence<index(lanes)>{});
    }
    template <dim First, std::size_t Lane, int Vector>
    static constexpr int lane_of()
    {
        constexpr channel_sources<Spec, First> sources;
        constexpr int wide = static_cast<int>(lanes), place = sources.place[Lane];
        return place >= 0 && place / wide == Vector ? wide + place % wide : static_cast<int>(Lane);
    }

    /// The vector of the result that starts with channel First.
    template <dim First>
    static void run_vector(operands x, float* to) noexcept
    {
        constexpr channel_sources<Spec, First> sources;
        constexpr auto each_source = std::make_index_sequence<index(sources.count)>{};
        for (dim n = 0; n < y.batch; ++n)
            for (dim row = 0; row < rows; ++row) {
                float* const target = to + (n * y.channel_blocks + First / block) * y.plane() + (row + Y.storage.halo.top) * y.row() + Y.storage.halo.left * block + First % block;
                [&]<std::size_t... V>(std::index_sequence<V...>) {
                    const std::array<const float*, index(sources.count)> from{row_of<sources.vectors[V].operand>(x, n, sources.vectors[V].first, row)...};
                    for (dim i = 0; i < columns; ++i) {
                        const std::array<batch, index(lanes)> read{batch::load_aligned(from[V] + i * block)...};
                        select<First>(read).store_aligned(target + i * block);
                    }
                }(each_source);
            }
    }
};

}  // namespace detail

template <select_channels_spec Spec, tensor_type Y>
    requires(selects_blocks(Spec) && stored_in_blocks(Spec, Y))
struct kernel<Spec, Y> {
    static void run(std::span<const std::span<const float>> x, std::span<float> y) noexcept
    {
        using selection = detail::channel_selection<Spec, Y>;
        constexpr dim lanes = detail::lanes;
        [&]<std::size_t... V>(std::index_sequence<V...>) {
            (selection::template run_vector<static_cast<dim>(V) * lanes>(x, y.data()), ...);
        }(std::make_index_sequence<index(blocks(Spec.count) * block / lanes)>{});
    }
};

}  // namespace cameo
