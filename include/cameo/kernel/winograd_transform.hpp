// One axis of Winograd's transforms in registers. Points p and -p share their even part, and differ in the sign of the
// odd one.
#pragma once
#include <cameo/kernel/simd/simd.hpp>
#include <cameo/op/winograd_transform.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

template <dim Tile, dim Taps>
struct winograd_rows {
    static constexpr winograd_transform transform{Tile, Taps};
    static constexpr std::size_t size = index(transform.size()), outputs = index(Tile);

    /// B' d
    template <class V>
    [[gnu::always_inline]] static std::array<V, size> input(const std::array<V, size>& d)
    {
        std::array<V, size> result = products<of_input, size>(d);
        for (std::size_t p = 1; p < end_of_pairs; p += 2) {
            fold(result, p);
        }
        return result;
    }

    /// A' m
    template <class V>
    [[gnu::always_inline]] static std::array<V, outputs> output(const std::array<V, size>& m)
    {
        std::array<V, size> folded = m;
        for (std::size_t p = 1; p < end_of_pairs; p += 2) {
            fold(folded, p);
        }
        return products<of_folded, outputs>(folded);
    }

private:
    /// Points are 0, pairs of opposites, one without its opposite where the size is odd, and infinity.
    static constexpr std::size_t end_of_pairs = 1 + (size - 2) / 2 * 2;

    template <class V>
    [[gnu::always_inline]] static void fold(std::array<V, size>& x, std::size_t p)
    {
        const V sum = x[p] + x[p + 1], difference = x[p] - x[p + 1];
        x[p] = sum;
        x[p + 1] = difference;
    }

    /// Rows whose fold is B'.
    static constexpr winograd_transform::matrix of_input = [] {
        winograd_transform::matrix m = transform.input;
        for (std::size_t p = 1; p < end_of_pairs; p += 2) {
            for (std::size_t k = 0; k < size; ++k) {
                m[p][k] = (transform.input[p][k] + transform.input[p + 1][k]) / 2;
                m[p + 1][k] = (transform.input[p][k] - transform.input[p + 1][k]) / 2;
            }
        }
        return m;
    }();

    /// What the rows of A' take from folded pairs: their sums where the row is even, their differences where it is odd.
    static constexpr winograd_transform::matrix of_folded = [] {
        winograd_transform::matrix m = transform.output;
        for (std::size_t row = 0; row < outputs; ++row) {
            for (std::size_t p = 1; p < end_of_pairs; p += 2) {
                m[row][p + row % 2] = transform.output[row][p];
                m[row][p + (row + 1) % 2] = 0;
            }
        }
        return m;
    }();

    template <const winograd_transform::matrix& Matrix, std::size_t Rows, class V>
    [[gnu::always_inline]] static std::array<V, Rows> products(const std::array<V, size>& x)
    {
        return [&]<std::size_t... Row>(std::index_sequence<Row...>) __attribute__((always_inline)) {
            return std::array<V, Rows>{sum<Matrix, Row>(x)...};
        }(std::make_index_sequence<Rows>{});
    }

    /// Computes the sum of Matrix[Row][k] x[k]; factors of 0 and 1 cost nothing.
    template <const winograd_transform::matrix& Matrix, std::size_t Row, class V>
    [[gnu::always_inline]] static V sum(const std::array<V, size>& x)
    {
        constexpr std::size_t start = [] {
            for (std::size_t k = 0; k < size; ++k) {
                if (Matrix[Row][k] == 1) {
                    return k;
                }
            }
            for (std::size_t k = 0; k < size; ++k) {
                if (Matrix[Row][k] != 0) {
                    return k;
                }
            }
            return size;
        }();
        V total = scaled<Matrix, Row, start>(x[start]);
        [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
            (add < Matrix, Row, K, K == start > (x[K], total), ...);
        }(std::make_index_sequence<size>{});
        return total;
    }

    // Factors by their place: clang 16 takes no number of floating point as a template argument.
    template <const winograd_transform::matrix& Matrix, std::size_t Row, std::size_t K, class V>
    [[gnu::always_inline]] static V scaled(const V& x)
    {
        constexpr double factor = Matrix[Row][K];
        if constexpr (factor == 1) {
            return x;
        } else {
            return V(static_cast<float>(factor)) * x;
        }
    }

    template <const winograd_transform::matrix& Matrix, std::size_t Row, std::size_t K, bool IsThere, class V>
    [[gnu::always_inline]] static void add(const V& x, V& total)
    {
        constexpr double factor = IsThere ? 0.0 : Matrix[Row][K];
        if constexpr (factor == 1) {
            total = total + x;
        } else if constexpr (factor == -1) {
            total = total - x;
        } else if constexpr (factor != 0) {
            total = simd::multiply_add(V(static_cast<float>(factor)), x, total);
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
