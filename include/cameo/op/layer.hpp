// What every operator shares: operands, signature, and the layer type that a generated header instantiates.
#pragma once
#include <algorithm>
#include <cameo/core/placement.hpp>
#include <cameo/core/problem.hpp>
#include <span>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

/// The operands of a layer, in ONNX's order.
template <class... Operand>
struct from {};

/// The values that take the secondary outputs of a layer.
template <class... Result>
struct into {};

/// An absent operand, or a result that nothing reads.
struct none {
    static constexpr tensor_type type = absent;
};

/// Stands for an absent operand or result: an empty span of whatever element type is asked for.
struct absent_span {
    template <class T>
    constexpr operator std::span<T>() const
    {
        return {};
    }
};

/// A span that may be empty because the operand is optional; it takes its element type from the others.
template <class T>
using optional_span = std::type_identity_t<std::span<const T>>;
template <class T>
using optional_result = std::type_identity_t<std::span<T>>;

/// Several results, for signatures that need them.
template <class... T>
struct results {};

/// Operands of an operator that takes any number of them.
struct operand_list {
    static constexpr int capacity = 16;
    std::array<tensor_type, capacity> types{};
    int count = 0;

    constexpr operand_list() = default;
    constexpr operand_list(std::initializer_list<tensor_type> list)
    {
        for (const tensor_type& t : list) {
            types[index(count++)] = t;
        }
    }
    constexpr const tensor_type& operator[](int i) const { return types[index(i)]; }
    friend constexpr bool operator==(const operand_list&, const operand_list&) = default;
};

/// Tells whether all of them lie in blocks.
constexpr bool is_blocked(const operand_list& list)
{
    return std::all_of(
        list.types.begin(), list.types.begin() + list.count, [](const tensor_type& t) { return is_blocked(t); });
}

namespace detail {

template <class First, class... Rest>
First first_of(type_list<First, Rest...>);
template <class List>
using first = decltype(first_of(List{}));
// An alias template takes no pack, hence one overload for each number of type parameters.
template <class Spec, class A>
auto some_signature(type_list<A>) -> typename Spec::template signature<first<A>>*;
template <class Spec, class A, class B>
auto some_signature(type_list<A, B>) -> typename Spec::template signature<first<A>, first<B>>*;
template <class Spec, class A, class B, class C>
auto some_signature(type_list<A, B, C>) -> typename Spec::template signature<first<A>, first<B>, first<C>>*;

template <class Result, class... Operand>
constexpr std::size_t count_operands(Result (*)(Operand...))
{
    return sizeof...(Operand);
}
template <class... Operand, class... Result>
constexpr std::size_t count_results(results<Result...> (*)(Operand...))
{
    return sizeof...(Result);
}
template <class... Operand, class Result>
constexpr std::size_t count_results(Result (*)(Operand...))
{
    return 1;
}

}  // namespace detail

/// The most operands and results that an operator has, by its signature.
template <class Spec>
inline constexpr std::size_t operand_count =
    detail::count_operands(decltype(detail::some_signature<Spec>(typename Spec::parameters{})){});
template <class Spec>
inline constexpr std::size_t result_count =
    detail::count_results(decltype(detail::some_signature<Spec>(typename Spec::parameters{})){});

/// A spec whose operands are a list.
template <class Spec>
concept variadic = requires { requires Spec::variadic; };

/// A spec whose secondary output number `Spec::scratch`, after those of ONNX, is memory to work in: it has its place in
/// the arena like any value, for as long as the layer runs. Its evaluate() always gets it.
template <class Spec>
concept has_scratch = requires { Spec::scratch; };

/// A spec that says `selects_elements`: each element of its result is one of its operands', so that what is done to
/// each element by itself can as well be done before it.
template <class Spec>
concept selects_elements = requires { requires Spec::selects_elements; };

/// Lets a spec that has settle() work out what its attributes leave to the types of its operands.
template <class Spec>
constexpr Spec settled(Spec s)
{
    if constexpr (requires { s.settle(); }) {
        s.settle();
    }
    return s;
}

template <class Spec, class... Type>
constexpr Spec make_spec(const typename Spec::attributes& attributes, const Type&... operand)
{
    if constexpr (variadic<Spec>) {
        return Spec{attributes, operand_list{operand...}};
    } else {
        return settled(Spec{attributes, operand...});
    }
}

/// How a layer computes: the plain definition, unless a kernel for this spec and result type is included
/// (cameo/kernel). The plain definition knows plain storage only.
///
/// A kernel reads its template arguments through constants of its own (`static constexpr auto spec = Spec`): at run
/// time, clang 19 misplaces the members of a template argument of class type that has padding.
template <auto Spec, tensor_type Result>
struct kernel {
    static constexpr bool plain_definition = true;
    static constexpr auto spec = Spec;
    template <class... Span>
    static constexpr void run(const Span&... operands_and_results) noexcept
    {
        evaluate(spec, operands_and_results...);
    }
};

/// Returns the results of an operator as an array, also if there is only one.
template <class Spec>
constexpr auto results_of(const Spec& spec)
{
    if constexpr (requires { result(spec).present(); }) {
        return std::array{result(spec)};
    } else {
        return result(spec);
    }
}

template <class Spec, auto Result, class Operands, typename Spec::attributes Attributes, class Results>
struct layer;

/// A layer: declared result, operands, attributes, secondary outputs.
template <class Spec, tensor_type Result, class... Operand, typename Spec::attributes Attributes, class... Secondary>
struct layer<Spec, Result, from<Operand...>, Attributes, into<Secondary...>> {
    static constexpr tensor_type type = Result;
    using spec_type = Spec;
    static constexpr Spec spec = make_spec<Spec>(Attributes, Operand::type...);
    using operands = from<Operand...>;
    using secondary_outputs = into<Secondary...>;

    static constexpr auto status() { return check(spec); }
    /// Tells whether the header's result agrees with the one derived here, and whether a kernel can compute it in the
    /// header's storage.
    static constexpr layer_problem declaration()
    {
        using enum layer_problem;
        constexpr bool plain = (Result.storage == storage{}) && ((Operand::type.storage == storage{}) && ...);
        if constexpr (!plain && requires { kernel<spec, Result>::plain_definition; }) {
            return no_kernel_reads_and_writes_this_storage;
        }
        const std::array<tensor_type, 1 + sizeof...(Secondary)> declared{Result, Secondary::type...};
        const auto derived = results_of(spec);
        for (std::size_t i = 0; i < declared.size(); ++i) {
            if (declared[i].present() && declared[i].plain() != derived[i].plain()) {
                return declared_result_differs_from_the_derived_one;
            }
        }
        return none;
    }
};

namespace detail {

/// Tells whether each operand is present, or omitted on purpose. A layer that cannot be computed has no result.
template <class... Operand>
inline constexpr bool all_known = ((Operand::type.present() || std::is_same_v<Operand, none>) && ...);

}  // namespace detail

/// The type of a layer's result number K, in plain storage, where the header leaves it to the compiler; absent if the
/// layer cannot be computed.
template <std::size_t K, class Spec, class Operands, typename Spec::attributes Attributes = typename Spec::attributes{}>
inline constexpr tensor_type derived = absent;
template <std::size_t K, class Spec, class... Operand, typename Spec::attributes Attributes>
inline constexpr tensor_type derived<K, Spec, from<Operand...>, Attributes> = [] {
    if constexpr (detail::all_known<Operand...>) {
        constexpr Spec spec = make_spec<Spec>(Attributes, Operand::type...);
        if constexpr (check(spec) == decltype(check(spec))::none) {
            return results_of(spec)[K];
        }
    }
    return absent;
}();

namespace detail {

constexpr tensor_type stored_if_present(const tensor_type& t, const storage& s)
{
    return t.present() ? t.stored(s) : absent;
}

}  // namespace detail

/// A layer of a network whose extents are template parameters: declared storage, operands, attributes, secondary
/// outputs.
template <class Spec, storage Storage, class... Operand, typename Spec::attributes Attributes, class... Secondary>
struct layer<Spec, Storage, from<Operand...>, Attributes, into<Secondary...>>
    : layer<Spec, detail::stored_if_present(derived<0, Spec, from<Operand...>, Attributes>, Storage), from<Operand...>,
          Attributes, into<Secondary...>> {
    /// Returns the problem of this layer; none if an operand could not be computed, which then is the mistake to
    /// report.
    static constexpr auto status()
    {
        constexpr auto problem = check(make_spec<Spec>(Attributes, Operand::type...));
        return detail::all_known<Operand...> ? problem : decltype(problem)::none;
    }
};

}  // namespace cameo::inline CAMEO_TARGET
