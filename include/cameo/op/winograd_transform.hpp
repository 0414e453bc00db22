// The matrices of Winograd's minimal filtering, Y = A' [(G g) * (B' d)], which computes a tile of a convolution with
// elementwise products.
#pragma once
#include <array>
#include <cameo/core/shape.hpp>

namespace cameo::inline CAMEO_TARGET {

/// For `tile` outputs of a filter of `taps` taps, along one axis: tile + taps - 1 numbers in, as many products. Along
/// two axes each matrix is applied to rows and to columns. Cook-Toom at the points 0, 1, -1, 2, -2, 1/2, -1/2 and
/// infinity (S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin and S. Gray, arXiv:1509.09308). Entries
/// of A and B are exact in float32.
struct winograd_transform {
    static constexpr dim most = 8;
    using matrix = std::array<std::array<double, most>, most>;

    dim tile = 4, taps = 3;
    matrix output{};  ///< A': tile x size
    matrix filter{};  ///< G: size x taps
    matrix input{};   ///< B': size x size

    constexpr winograd_transform(dim outputs, dim filter_taps) : tile(outputs), taps(filter_taps)
    {
        const std::size_t last = index(size() - 1);
        for (std::size_t p = 0; p < last; ++p) {
            double scale = 1;
            polynomial others = one();
            for (std::size_t q = 0; q < last; ++q) {
                if (q != p) {
                    scale *= points[p] - points[q];
                    others = times_root(others, points[q]);
                }
            }
            input[p] = others;
            double power = 1;
            for (std::size_t k = 0; k < index(std::max(tile, taps)); ++k, power *= points[p]) {
                if (k < index(tile)) {
                    output[k][p] = power;
                }
                if (k < index(taps)) {
                    filter[p][k] = power / scale;
                }
            }
        }
        input[last] = one();
        for (std::size_t q = 0; q < last; ++q) {
            input[last] = times_root(input[last], points[q]);
        }
        output[index(tile - 1)][last] = filter[last][index(taps - 1)] = 1;
    }

    constexpr dim size() const { return tile + taps - 1; }

private:
    using polynomial = std::array<double, most>;  // coefficients from the constant one
    static constexpr std::array<double, most - 1> points{0, 1, -1, 2, -2, 0.5, -0.5};

    static constexpr polynomial one() { return {1}; }
    /// p(x) (x - root)
    static constexpr polynomial times_root(const polynomial& p, double root)
    {
        polynomial product{};
        for (std::size_t k = 0; k < most; ++k) {
            product[k] = (k > 0 ? p[k - 1] : 0) - root * p[k];
        }
        return product;
    }
};

}  // namespace cameo::inline CAMEO_TARGET
