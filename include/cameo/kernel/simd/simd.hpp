// The layer over xsimd: vectors by number of lanes, partial loads and stores, and what differs between its versions 8.1
// to 14.
#pragma once
#include <algorithm>
#include <array>
#include <cameo/core/floats.hpp>
#include <cameo/core/storage.hpp>
#include <cameo/kernel/simd/limits.hpp>
#include <limits>
#include <utility>

// GCC 12 takes the undefined operands of its own AVX-512 intrinsics for mistakes (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#else
// To clang, -ffast-math and its parts are properties of an operation, where it is written: those of xsimd and of this
// file have none.
#pragma float_control(precise, on, push)
#endif
#include <xsimd/xsimd.hpp>
#pragma GCC diagnostic pop

namespace cameo::inline CAMEO_TARGET::simd {

/// The vector of so many lanes; void where the target has none.
template <class T, dim Lanes>
using vector = xsimd::make_sized_batch_t<T, index(Lanes)>;

namespace detail {
template <class V>
struct number {
    using type = V;
};
template <class T, class A>
struct number<xsimd::batch<T, A>> {
    using type = T;
};
}  // namespace detail

/// The type of the lanes of a vector; of a number, its own.
template <class V>
using number_of = typename detail::number<V>::type;

template <class V>
inline constexpr dim lanes_of = static_cast<dim>(V::size);
template <class T>
inline constexpr dim widest = lanes_of<xsimd::batch<T>>;
/// Every target with vectors has those of 16 bytes.
template <class T>
inline constexpr dim narrowest = 16 / sizeof(T);

/// Chooses the lanes for a row of outputs, at most those of a block: the widest vectors, unless narrower ones take much
/// less time. One vector of 64 bytes takes the time of two of 32.
constexpr dim choose_lanes(dim outputs)
{
    const auto cost = [&](dim l) { return (outputs + l - 1) / l * (l > 8 ? 2 : 1); };
    dim lanes = narrowest<float>;
    for (dim wider = lanes * 2; wider <= std::min<dim>(widest<float>, block); wider *= 2) {
        if (8 * cost(wider) <= 9 * cost(lanes)) {
            lanes = wider;
        }
    }
    return lanes;
}

/// Does the same for a row that is long enough for one vector.
constexpr dim choose_lanes_within(dim outputs)
{
    dim lanes = choose_lanes(outputs);
    while (lanes > outputs && lanes > narrowest<float>) {
        lanes /= 2;
    }
    return lanes;
}

/// Accumulators that a loop can keep in registers beside what it loads: 28 with AVX-512, 12 with AVX2, measured with
/// g++ 12 and clang 19.
inline constexpr dim accumulators = registers - 4;

/// Multiply-adds that must be under way to hide their latency of four cycles: one of 64 bytes starts in a cycle, or two
/// of 32.
constexpr dim latency(dim lanes) { return std::min(lanes, widest<float>) > 8 ? 4 : 8; }

// Multiply-adds that are worth unrolling in a row. Clang moves all loads of a run to its start, where registers run
// out.
#if defined(__clang__)
inline constexpr dim unrolled_products = 16;
#else
inline constexpr dim unrolled_products = 64;
#endif

/// Computes a b + c, in one instruction if the target has it.
template <class V>
[[gnu::always_inline]] inline V multiply_add(const V& a, const V& b, const V& c)
{
    // xsimd 8.1 multiplies and adds apart on AVX-512. Written on registers, both compilers contract the two.
    if constexpr (XSIMD_VERSION_MAJOR < 9 && sizeof(V) == 64) {
        return V(a.data * b.data + c.data);
    } else {
        return xsimd::fma(a, b, c);
    }
}

// The larger and the smaller of both; where one is NaN, the second. xsimd gave its operands another order in
// version 14.
template <class V>
[[gnu::always_inline]] inline V larger(const V& a, const V& b)
{
    return XSIMD_VERSION_MAJOR < 14 ? xsimd::max(a, b) : xsimd::max(b, a);
}
template <class V>
[[gnu::always_inline]] inline V smaller(const V& a, const V& b)
{
    return XSIMD_VERSION_MAJOR < 14 ? xsimd::min(a, b) : xsimd::min(b, a);
}

/// Returns the larger of both, and NaN if either is NaN.
template <class V>
[[gnu::always_inline]] inline V largest_or_nan(const V& a, const V& b)
{
    if constexpr (std::is_integral_v<typename V::value_type>) {
        return larger(a, b);
    } else {
        return xsimd::select(cameo::detail::is_a_number(a), larger(a, b), a);  // != of xsimd 8 with AVX is false of NaN
    }
}

/// Returns the same pointer but hides its origin from the compiler. If g++ sees that windows overlap, it keeps what it
/// has read for the next step (predictive commoning), runs out of registers and halves the speed.
template <class T>
[[gnu::always_inline]] inline T* hide_from_optimizer(T* p)
{
    asm("" : "+r"(p));
    return p;
}

/// Returns the same vector, kept in a register: g++ reads a vector that several instructions use from memory for each
/// of them.
template <class V>
[[gnu::always_inline]] inline V keep_in_register(V x)
{
#if defined(__x86_64__) || defined(__i386__)
    asm("" : "+v"(x.data));
#endif
    return x;
}

/// An integer of as many bits as a number has.
template <class T>
using integer_like = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

/// Converts between the bits of floats and integers.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<integer_like<T>, A> bits_of(const xsimd::batch<T, A>& x)
{
    if constexpr (XSIMD_VERSION_MAJOR < 9) {
        return xsimd::bitwise_cast<xsimd::batch<integer_like<T>, A>>(x);
    } else {
        return xsimd::bitwise_cast<integer_like<T>>(x);
    }
}
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> of_bits(const xsimd::batch<integer_like<T>, A>& x)
{
    if constexpr (XSIMD_VERSION_MAJOR < 9) {
        return xsimd::bitwise_cast<xsimd::batch<T, A>>(x);
    } else {
        return xsimd::bitwise_cast<T>(x);
    }
}

/// How far the exponent lies from the lowest bit.
template <class T>
inline constexpr int exponent_place = std::numeric_limits<T>::digits - 1;
/// The bits of 2^n are (n + exponent_bias) << exponent_place.
template <class T>
inline constexpr int exponent_bias = std::numeric_limits<T>::max_exponent - 1;
/// 1.5 * 2^23 or 1.5 * 2^52: the low bits of its sum with an integer n are n.
template <class T>
inline constexpr T integer_shift = 3 * static_cast<T>(std::uint64_t{1} << (exponent_place<T> - 1));

/// 2^n times Scale, which is a power of two too, where x is n + integer_shift. One more than the largest exponent gives
/// infinity, one less than the least gives 0.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> times_power_of_two(
    const xsimd::batch<T, A>& scale, const xsimd::batch<T, A>& x)
{
    return of_bits<T>((bits_of(x) << exponent_place<T>)+bits_of(scale));
}

/// 2^(n + Plus), where x is n + integer_shift and n + Plus an exponent.
template <int Plus = 0, class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> power_of_two(const xsimd::batch<T, A>& x)
{
    return of_bits<T>((bits_of(x) + xsimd::batch<integer_like<T>, A>(exponent_bias<T> + Plus)) << exponent_place<T>);
}

/// Two factors of 2^n, where x is n + integer_shift and n / 2 an exponent.
template <class T, class A>
[[gnu::always_inline]] inline auto halves_of_power(const xsimd::batch<T, A>& x)
{
    using integers = xsimd::batch<integer_like<T>, A>;
    const integers n = bits_of(x), bias(exponent_bias<T>);
    const integers half = [&] {
        if constexpr (sizeof(T) == 4) {
            return n >> 1;
        } else {  // processors before AVX-512 shift integers of 64 bits to the right without their signs
            const xsimd::batch<T, A> shift(integer_shift<T>);
            return bits_of(multiply_add(x - shift, xsimd::batch<T, A>(T(0.5)), shift));
        }
    }();
    constexpr int place = exponent_place<T>;
    return std::pair(of_bits<T>((half + bias) << place), of_bits<T>((n - half + bias) << place));
}

/// Rounds each number to the first half of its digits, whose square is exact.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> high_half(const xsimd::batch<T, A>& x)
{
    constexpr integer_like<T> mask = -(integer_like<T>{1} << ((std::numeric_limits<T>::digits + 1) / 2));
    return of_bits<T>(bits_of(x) & xsimd::batch<integer_like<T>, A>(mask));
}

/// Adds vectors as a tree, so that the latencies of the additions overlap.
template <class V>
[[gnu::always_inline]] inline V tree_sum(const V& x)
{
    return x;
}
template <class V, class... Rest>
[[gnu::always_inline]] inline V tree_sum(const V& x, const V& y, const Rest&... rest)
{
    return tree_sum(rest..., x + y);
}

/// Returns the sum of all lanes.
template <class V>
[[gnu::always_inline]] inline typename V::value_type sum_of(const V& x)
{
    if constexpr (requires { reduce_add(x); }) {
        return reduce_add(x);
    } else {
        return hadd(x);  // its name before xsimd 9
    }
}

/// Returns the largest lane.
template <class V>
[[gnu::always_inline]] inline typename V::value_type largest_of(const V& x)
{
    if constexpr (requires { reduce_max(x); }) {
        return reduce_max(x);
    } else {  // xsimd 8.1 has none
        alignas(sizeof(V)) std::array<typename V::value_type, V::size> lane;
        x.store_aligned(lane.data());
        for (std::size_t half = V::size / 2; half > 0; half /= 2) {
            for (std::size_t i = 0; i < half; ++i) {
                lane[i] = lane[i] > lane[i + half] ? lane[i] : lane[i + half];
            }
        }
        return lane[0];
    }
}

/// Calls visit.template operator()<V, Count>(start) for pieces of Count elements at `start` that cover Extent elements:
/// the widest vectors first, then ever narrower ones, the last perhaps not full.
template <class T, dim Extent, dim Widest = widest<T>, class Visit>
[[gnu::always_inline]] inline void for_each_piece(Visit visit, dim start = 0)
{
    constexpr dim lanes = std::max(Widest, narrowest<T>), whole = Extent / lanes * lanes, rest = Extent - whole;
    for (dim i = 0; i < whole; i += lanes) {
        visit.template operator()<vector<T, lanes>, lanes>(start + i);
    }
    if constexpr (rest > 0 && lanes > narrowest<T>) {
        for_each_piece<T, rest, lanes / 2>(visit, start + whole);
    } else if constexpr (rest > 0) {
        visit.template operator()<vector<T, lanes>, rest>(start + whole);
    }
}

/// Loads the first Count elements at `from`, with zeros in the other lanes.
template <class V, dim Count = lanes_of<V>>
[[gnu::always_inline]] inline V load(const typename V::value_type* from)
{
    if constexpr (Count == lanes_of<V>) {
        return V::load_unaligned(from);
    } else {
        alignas(sizeof(V)) std::array<typename V::value_type, V::size> lane{};
        for (std::size_t i = 0; i < index(Count); ++i) {
            lane[i] = from[i];
        }
        return V::load_aligned(lane.data());
    }
}

/// Loads Count elements that are Stride apart, the first at `from`. Nothing behind the last is read.
template <class V, dim Count, dim Stride>
[[gnu::always_inline]] inline V load_apart(const typename V::value_type* from)
{
    if constexpr (Stride == 1) {
        return load<V, Count>(from);
    } else if constexpr (Stride == 2 && Count == lanes_of<V>) {
        return [&]<std::size_t... Lane>(std::index_sequence<Lane...>) __attribute__((always_inline)) {
            // The second vector begins with the last element of the first.
            const V first = V::load_unaligned(from), second = V::load_unaligned(from + Count - 1);
            return V(__builtin_shufflevector(first.data, second.data, (2 * Lane + (Lane < V::size / 2 ? 0 : 1))...));
        }(std::make_index_sequence<V::size>{});
    } else {
        alignas(sizeof(V)) std::array<typename V::value_type, V::size> lane{};
        for (std::size_t i = 0; i < index(Count); ++i) {
            lane[i] = from[i * Stride];
        }
        return V::load_aligned(lane.data());
    }
}

/// Stores the first Count lanes.
template <dim Count, class V>
[[gnu::always_inline]] inline void store(const V& x, typename V::value_type* to)
{
    if constexpr (Count == lanes_of<V>) {
        x.store_unaligned(to);
    } else {
        alignas(sizeof(V)) std::array<typename V::value_type, V::size> lane;
        x.store_aligned(lane.data());
        for_each_piece<typename V::value_type, Count, lanes_of<V> / 2>([&]<class Piece, dim Part>(dim i) {
            if constexpr (Part == lanes_of<Piece>) {
                Piece::load_unaligned(lane.data() + i).store_unaligned(to + i);
            } else {
                for (std::size_t j = 0; j < index(Part); ++j) {
                    to[index(i) + j] = lane[index(i) + j];
                }
            }
        });
    }
}

/// Returns the dot product of two rows of K numbers, in four partial sums of vectors.
template <dim K>
[[gnu::always_inline]] inline float dot_product(const float* a, const float* b)
{
    using wide = xsimd::batch<float>;
    constexpr dim lanes = lanes_of<wide>, whole = K / (4 * lanes) * (4 * lanes);
    std::array<wide, 4> sum{wide(0.0f), wide(0.0f), wide(0.0f), wide(0.0f)};
    for (dim i = 0; i < whole; i += 4 * lanes)
#pragma GCC unroll 4
        for (dim s = 0; s < 4; ++s) {
            sum[index(s)] = multiply_add(load<wide>(a + i + s * lanes), load<wide>(b + i + s * lanes), sum[index(s)]);
        }
    float rest = 0;
    for_each_piece<float, K - whole>(
        [&]<class V, dim Count>(dim i) {
            const V product = load<V, Count>(a + i) * load<V, Count>(b + i);
            if constexpr (lanes_of<V> == lanes) {
                sum[0] = sum[0] + product;
            } else {
                rest += sum_of(product);
            }
        },
        whole);
    constexpr bool only_narrow = K < lanes && lanes > narrowest<float>;
    return only_narrow ? rest : rest + sum_of(tree_sum(sum[0], sum[1], sum[2], sum[3]));
}

}  // namespace cameo::inline CAMEO_TARGET::simd

#if defined(__clang__)
#pragma float_control(pop)
#endif
