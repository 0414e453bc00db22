// A model that a layer runs: a branch of If, or the body of Loop.
#pragma once
#include <cameo/network/runner.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Maps each position in the schedule to the number of the input there; -1 if there is none.
template <class Model>
inline constexpr auto input_numbers = [] {
    std::array<int, static_cast<std::size_t>(Model::steps)> numbers{};
    numbers.fill(-1);
    int k = 0;
    for (const int step : steps_of<typename Model::inputs>) {
        numbers[index(step)] = k++;
    }
    return numbers;
}();

template <class... Value>
constexpr std::size_t count(list<Value...>)
{
    return sizeof...(Value);
}

/// Tells whether the inputs of a model are the operands that its layer passes on.
template <class... Input, class... Operand>
constexpr bool takes(list<Input...>, list<Operand...>)
{
    if constexpr (sizeof...(Input) != sizeof...(Operand)) {
        return false;
    } else {
        return ((Input::type == Operand::type) && ...);
    }
}

/// Tells whether the outputs of a model are the results of its layer, which may omit some, and names memory after them.
template <class... Output, class... Result>
constexpr bool gives(list<Output...>, list<Result...>)
{
    if constexpr (sizeof...(Output) + 1 != sizeof...(Result)) {
        return false;
    } else {
        const std::array<tensor_type, sizeof...(Output)> given{Output::type...};
        const std::array<tensor_type, sizeof...(Result)> taken{Result::type...};
        for (std::size_t k = 0; k < given.size(); ++k) {
            if (taken[k].present() && taken[k] != given[k]) {
                return false;
            }
        }
        return true;
    }
}

/// Drops the first values of a list.
template <std::size_t Count, class List>
struct without_first {
    using type = List;
};
template <std::size_t Count, class First, class... Rest>
    requires(Count > 0)
struct without_first<Count, list<First, Rest...>> : without_first<Count - 1, list<Rest...>> {};

template <class... Value>
constexpr std::array<tensor_type, sizeof...(Value)> types_of(list<Value...>)
{
    return {Value::type...};
}

template <class Value, class... Rest>
struct last_of : last_of<Rest...> {};
template <class Value>
struct last_of<Value> {
    using type = Value;
};

}  // namespace detail

/// A nested model. Its inputs are where `inputs` says, in the order of Model::inputs; its activations are in `arena`,
/// of plan.bytes.
template <class Model>
class nested : public detail::runner<nested<Model>, Model> {
    using runner = detail::runner<nested<Model>, Model>;

public:
    using runner::plan;
    using places = std::array<const void*, detail::count(typename Model::inputs{})>;

    nested(std::byte* arena, const places& inputs) noexcept : arena_(arena), inputs_(inputs) {}

    void run() noexcept
    {
        detail::ignore nobody;
        this->run_layers(nobody);
    }

    /// Returns the first element of a value. An input must not be written.
    template <class Value>
    auto* place_of() noexcept
    {
        if constexpr (!detail::scheduled<Value>) {
            return detail::constant_data<Value>();
        } else {
            using stored_type = element_type<Value::type.element>;
            constexpr int input = detail::input_numbers<Model>[index(plan.owner[index(Value::step)])];
            if constexpr (input < 0) {
                return reinterpret_cast<stored_type*>(arena_ + plan.at(Value::step));
            } else {
                return reinterpret_cast<const stored_type*>(
                    static_cast<const std::byte*>(inputs_[index(input)]) + plan.within[index(Value::step)]);
            }
        }
    }

    /// Sets where input number k is read from now on.
    void set_input(std::size_t k, const void* place) noexcept { inputs_[k] = place; }

private:
    std::byte* arena_;
    places inputs_;
};

namespace detail {

/// Calls visit(a, b) for pairs of values of two lists, up to the end of the shorter.
template <class... A, class... B>
[[gnu::always_inline]] constexpr void zip(list<A...>, list<B...>, auto visit)
{
    if constexpr (sizeof...(A) > 0 && sizeof...(B) > 0) {
        [&]<class First, class... Rest, class Other, class... Others>(list<First, Rest...>, list<Other, Others...>) {
            visit(First{}, Other{});
            zip(list<Rest...>{}, list<Others...>{}, visit);
        }(list<A...>{}, list<B...>{});
    }
}

/// Copies a value of a nested model to a result of its layer in `network`, or to part number `part` of it, unless
/// nothing reads the result.
template <class Result, class Value>
void copy_out(auto& from, const auto& network, dim part = 0) noexcept
{
    if constexpr (Result::type.present()) {
        std::copy_n(from.template place_of<Value>(), stored<Value>,
            network.template target<Result>().data() + index(part) * stored<Value>);
    }
}

}  // namespace detail

/// Returns the bytes that the largest of several models needs.
template <class... Model>
constexpr std::size_t nested_bytes(list<Model...>)
{
    return std::max({nested<Model>::plan.bytes...});
}

/// The type of result number K of a layer that runs models, where the header leaves it to the compiler.
template <std::size_t K, class Spec, class Models, typename Spec::attributes Attributes = typename Spec::attributes{}>
inline constexpr tensor_type derived_from_models = [] {
    constexpr auto results = Spec::template results<Attributes>(Models{});
    if constexpr (K < results.size()) {
        return results[K];
    } else {
        return tensor_type{element::uint8, {static_cast<dim>(nested_bytes(Models{}))}};  // the memory of the models
    }
}();

}  // namespace cameo::inline CAMEO_TARGET
