// Holds a kernel against the plain definition on random data: both get the same numbers, each in the storage it
// requires.
#pragma once
#include <algorithm>
#include <cameo/core/floats.hpp>
#include <cameo/op/layer.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

namespace cameo::test {

/// What a place in the memory of a value holds.
enum class place { element, padding, halo };

/// Returns the kind of each place of a plain, padded or blocked value.
inline std::vector<place> places_of(const tensor_type& t)
{
    std::vector<place> places(index(stored_count(t)), place::halo);
    const auto mark = [&](const tensor_type& marked, place as) {
        per_axis at{};
        if (marked.shape.count() == 0) {
            return;
        }
        do {
            places[index(offset(marked, at))] = as;
        } while (advance(at, marked.shape));
    };
    tensor_type whole = t;
    const int channel = cameo::detail::channel_axis(t.shape);
    if (is_blocked(t)) {
        whole.shape[channel] = blocks(t.shape[channel]) * block;
    }
    mark(whole, place::padding);
    mark(t, place::element);
    return places;
}

/// Marks memory that was not written: NaN, so that results computed from it show, or a number in types without NaN.
template <class T>
inline constexpr T unwritten = std::is_floating_point_v<T> ? std::numeric_limits<T>::quiet_NaN() : T(99);

/// Memory for a value that starts at a cache line, as in a network.
template <class T>
struct buffer {
    static constexpr std::size_t line = 64 / sizeof(T);
    explicit buffer(const tensor_type& t) : type(t), size(index(stored_count(t)) + 2 * line), memory(new T[size])
    {
        std::fill_n(memory.get(), size, unwritten<T>);
    }
    T* data() { return reinterpret_cast<T*>((reinterpret_cast<std::uintptr_t>(memory.get()) + 63) / 64 * 64); }
    std::span<T> span() { return {data(), index(stored_count(type))}; }

    /// Sets the logical values. Halos and padding are zero, or what halos are filled with.
    void set(std::span<const T> values)
    {
        std::fill(span().begin(), span().end(), static_cast<T>(type.storage.fill));
        rearrange<T>(type.plain(), values, type, span());
    }

    /// Tells whether a kernel has written all elements, only finite numbers, zeros into the padding of floats, and
    /// neither into the halo nor beside the storage.
    bool well_written()
    {
        const std::vector<place> places = places_of(type);
        const auto untouched = [](T v) { return !cameo::detail::is_a_number(v) || v == unwritten<T>; };
        const auto finite = [](T v) {
            if constexpr (std::is_floating_point_v<T>) {
                return cameo::detail::is_finite(v);
            } else {
                return true;
            }
        };
        for (std::size_t i = 0; i < places.size(); ++i) {
            const T v = span()[i];
            if (!(places[i] == place::element     ? finite(v)
                    : places[i] == place::padding ? v == 0 || sizeof(T) == 1
                                                  : untouched(v))) {
                return false;
            }
        }
        return std::all_of(memory.get(), data(), untouched) &&
               std::all_of(data() + places.size(), memory.get() + size, untouched);
    }

    tensor_type type;
    std::size_t size;
    std::unique_ptr<T[]> memory;
};

inline std::vector<float> random_values(dim count, std::mt19937& random)
{
    std::normal_distribution<float> normal;
    std::vector<float> values(index(count));
    for (float& v : values) {
        v = normal(random);
    }
    return values;
}

/// The type of an operand and the magnitude of its numbers.
struct operand_values {
    operand_values(const tensor_type& t, double scale = 1) : type(t), magnitude(static_cast<float>(scale)) {}
    tensor_type type;
    float magnitude;
};

/// Returns weights whose sums of products have magnitude 1: an epilogue may bound a sum, but not its rounding errors.
inline operand_values weights(const tensor_type& t)
{
    return {t, 1 / std::sqrt(static_cast<double>(t.shape.count(1, t.shape.rank)))};
}

template <class T>
using wider = std::conditional_t<std::is_same_v<T, float>, double, T>;

/// The elements of a result as a kernel gives them, and as evaluate() does: for float, in double.
template <class T>
struct outcome {
    explicit outcome(const tensor_type& t)
        : count(index(t.shape.count())), found(new T[count]), expected(new wider<T>[count])
    {
    }
    std::size_t count;
    std::unique_ptr<T[]> found;
    std::unique_ptr<wider<T>[]> expected;
    bool well_written = false;
};

/// Makes random operands; those of a variadic operator are all that its spec lists.
template <class T>
struct random_operands {
    std::vector<buffer<T>> stored;
    std::vector<std::vector<wider<T>>> exact;
    std::mt19937 random{1};

    void add(const operand_values& x)
    {
        std::vector<T> values;
        for (float v : random_values(x.type.present() ? x.type.shape.count() : 0, random)) {
            values.push_back(static_cast<T>(v * (std::is_integral_v<T> ? 5 : x.magnitude)));
        }
        stored.emplace_back(x.type);
        if (x.type.present()) {
            stored.back().set(values);
        }
        exact.emplace_back(values.begin(), values.end());
    }
};

/// Calls compute(operands…, result, secondary outputs…) as the operator of Spec takes them.
template <class Spec, class T, class Result>
void call(const std::vector<std::span<const T>>& x, std::span<Result> y, auto compute)
{
    [&]<std::size_t... I, std::size_t... Secondary>(std::index_sequence<I...>, std::index_sequence<Secondary...>) {
        if constexpr (variadic<Spec>) {
            compute(std::span<const std::span<const T>>(x), y);
        } else {
            compute(x[I]..., y, (void(Secondary), absent_span{})...);
        }
    }(std::make_index_sequence<operand_count<Spec>>{}, std::make_index_sequence<result_count<Spec> - 1>{});
}

template <auto Spec, tensor_type Result, class... Operand>
auto run_both(const Operand&... operands)
{
    static constexpr auto spec = Spec;
    static constexpr tensor_type type = Result;
    using spec_type = std::remove_const_t<decltype(spec)>;
    constexpr element of_operands = [] {
        if constexpr (variadic<spec_type>) {
            return spec.x[0].element;
        } else {
            return type.element;
        }
    }();
    using number = element_type<of_operands>;
    using result_number = element_type<type.element>;
    random_operands<number> x;
    if constexpr (variadic<spec_type>) {
        for (int i = 0; i < spec.x.count; ++i) {
            x.add(spec.x[i]);
        }
    } else {
        (x.add(operands), ...);
        while (x.stored.size() < operand_count<spec_type>) {
            x.add(absent);  // optional operands that the test does not give
        }
    }
    buffer<result_number> y(type);
    outcome<result_number> both(type);
    std::vector<std::span<const number>> stored;
    for (buffer<number>& b : x.stored) {
        stored.push_back(b.span());
    }
    call<spec_type>(stored, y.span(), [](const auto&... all) { kernel<Spec, Result>::run(all...); });
    call<spec_type>(std::vector<std::span<const wider<number>>>(x.exact.begin(), x.exact.end()),
        std::span(both.expected.get(), both.count), [](const auto&... all) { evaluate(spec, all...); });
    both.well_written = y.well_written();
    rearrange<result_number>(type, y.span(), type.plain(), std::span(both.found.get(), both.count));
    return both;
}

/// Returns the largest difference between kernel<Spec, Result> and evaluate(), for float in double, divided by the
/// largest magnitude of the result.
template <auto Spec, tensor_type Result, class... Operand>
double kernel_error(const Operand&... operands)
{
    const auto both = run_both<Spec, Result>(operands...);
    if (!both.well_written) {
        return std::numeric_limits<double>::max();
    }
    using wide = wider<element_type<Result.element>>;
    wide error = 0, largest = wide(1e-30);
    for (std::size_t i = 0; i < both.count; ++i) {
        error = std::max(error, std::abs(wide(both.found[i]) - both.expected[i]));
        largest = std::max(largest, std::abs(both.expected[i]));
    }
    return static_cast<double>(error / largest);
}

}  // namespace cameo::test
