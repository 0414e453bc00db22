// One axis of Winograd's transforms, in registers. Points p and -p share the sums over even and over odd numbers.
#pragma once
#include <cameo/kernel/simd.hpp>
#include <cameo/op/winograd_transform.hpp>

namespace cameo::detail {

template <dim Tile, dim Taps>
struct winograd_rows {
    static constexpr winograd_transform transform{Tile, Taps};
    static constexpr std::size_t size = index(transform.size()), outputs = index(Tile);
    static_assert(size % 2 == 0, "0, pairs of opposite points and infinity");

    /// B' d
    template <class V>
    [[gnu::always_inline]] static std::array<V, size> input(const std::array<V, size>& d)
    {
        std::array<V, size> result;
        result[0] = sum<transform.input, 0, 0, 2>(d);
        [&]<std::size_t... Pair>(std::index_sequence<Pair...>) { (input_pair<2 * Pair + 1>(d, result), ...); }(std::make_index_sequence<(size - 2) / 2>{});
        result[size - 1] = sum<transform.input, size - 1, 1, 2>(d);
        return result;
    }

    /// A' m
    template <class V>
    [[gnu::always_inline]] static std::array<V, outputs> output(const std::array<V, size>& m)
    {
        std::array<V, size> folded = m;  // of a pair: the sum, then the difference
        for (std::size_t p = 1; p + 1 < size; p += 2) {
            folded[p] = m[p] + m[p + 1];
            folded[p + 1] = m[p] - m[p + 1];
        }
        return [&]<std::size_t... Row>(std::index_sequence<Row...>) {
            return std::array<V, outputs>{sum<of_folded, Row, 0, 1>(folded)...};
        }(std::make_index_sequence<outputs>{});
    }

private:
    /// What the rows of A' take from folded pairs: their sums where the row is even, their differences where it is odd.
    static constexpr winograd_transform::matrix of_folded = [] {
        winograd_transform::matrix m = transform.output;
        for (std::size_t row = 0; row < outputs; ++row)
            for (std::size_t p = 1; p + 1 < size; p += 2) m[row][p + (row + 1) % 2] = 0;
        for (std::size_t row = 1; row < outputs; row += 2)
            for (std::size_t p = 1; p + 1 < size; p += 2) m[row][p + 1] = transform.output[row][p];
        return m;
    }();

    template <std::size_t Point, class V>
    [[gnu::always_inline]] static void input_pair(const std::array<V, size>& d, std::array<V, size>& result)
    {
        const V even = sum<transform.input, Point, 0, 2>(d), odd = sum<transform.input, Point, 1, 2>(d);
        result[Point] = even + odd;
        result[Point + 1] = even - odd;
    }

    /// The sum of Matrix[Row][k] x[k] for k = First, First + Step …; factors of 0 and 1 cost nothing.
    template <const winograd_transform::matrix& Matrix, std::size_t Row, std::size_t First, std::size_t Step, class V>
    [[gnu::always_inline]] static V sum(const std::array<V, size>& x)
    {
        constexpr std::size_t start = [] {
            for (std::size_t k = First; k < size; k += Step)
                if (Matrix[Row][k] == 1) return k;
            for (std::size_t k = First; k < size; k += Step)
                if (Matrix[Row][k] != 0) return k;
            return size;
        }();
        V total = scaled<Matrix[Row][start]>(x[start]);
        [&]<std::size_t... K>(std::index_sequence<K...>) {
            (add<K != start && K >= First && (K - First) % Step == 0 ? Matrix[Row][K] : 0.0>(x[K], total), ...);
        }(std::make_index_sequence<size>{});
        return total;
    }

    template <double Factor, class V>
    [[gnu::always_inline]] static V scaled(const V& x)
    {
        if constexpr (Factor == 1) return x;
        else return V(static_cast<float>(Factor)) * x;
    }

    template <double Factor, class V>
    [[gnu::always_inline]] static void add(const V& x, V& total)
    {
        if constexpr (Factor == 1) total = total + x;
        else if constexpr (Factor == -1) total = total - x;
        else if constexpr (Factor != 0) total = simd::multiply_add(V(static_cast<float>(Factor)), x, total);
    }
};

}  // namespace cameo::detail
