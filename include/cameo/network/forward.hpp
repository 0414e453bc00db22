// cameo::forward: the forward pass as a constant expression, by plain definitions, for static_assert.
#pragma once
#include <cameo/network/network.hpp>
#include <tuple>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// A value whose elements are in row-major order.
template <class Value>
struct plain : Value {
    static constexpr tensor_type type = Value::type.plain();
};

/// The elements of a value while the compiler evaluates; a constant expression cannot share bytes among element types,
/// as the arena does.
struct memory {};
template <class Value>
struct memory_of : memory {
    std::array<element_type<Value::type.element>, index(Value::type.shape.count())> elements{};
};

/// Returns the elements of a constant in row-major order, whatever its storage.
template <class Constant>
inline constexpr auto plain_values = [] {
    using element = element_type<Constant::type.element>;
    std::array<element, index(Constant::type.shape.count())> elements{};
    rearrange<element>(Constant::type, {Constant::values, stored<Constant>}, Constant::type.plain(), elements);
    return elements;
}();

/// Evaluates every layer of Model with its plain definition, each result in memory of its own.
template <class Model>
class forward_pass {
public:
    template <class... Input>
    constexpr forward_pass(list<Input...>, const auto&... inputs)
    {
        Model::schedule([this]<class Value>(Value) {
            if constexpr (Value::type.present()) {
                memory_[Value::step] = new memory_of<Value>;
            }
        });
        (fill<Input>(inputs), ...);
        if constexpr (requires { typename Model::overridable_inputs; }) {
            set_defaults(typename Model::overridable_inputs{});
        }
        Model::schedule([this](auto value) { this->compute(value); });
    }
    constexpr ~forward_pass()
    {
        Model::schedule([this]<class Value>(Value) {
            if constexpr (Value::type.present()) {
                delete static_cast<memory_of<Value>*>(memory_[Value::step]);
            }
        });
    }
    forward_pass(const forward_pass&) = delete;
    forward_pass& operator=(const forward_pass&) = delete;

    template <class Output>
    constexpr auto results(list<Output>)
    {
        return elements<Output>();
    }
    template <class... Output>
    constexpr auto results(list<Output...>)
    {
        return std::tuple(elements<Output>()...);
    }

private:
    template <class Value>
    constexpr auto& elements()
    {
        return static_cast<memory_of<Value>*>(memory_[Value::step])->elements;
    }

    template <class Input>
    constexpr void fill(cameo::argument_of<plain<Input>> from)
    {
        std::copy(from.begin(), from.end(), elements<Input>().begin());
    }

    template <class... Setting>
    constexpr void set_defaults(list<Setting...>)
    {
        ((elements<Setting>() = plain_values<typename Setting::initial>), ...);
    }

    struct spans {
        forward_pass& of;
        template <class Operand>
        constexpr auto source() const
        {
            if constexpr (!Operand::type.present()) {
                return absent_span{};
            } else if constexpr (requires { Operand::step; }) {
                return std::span<const element_type<Operand::type.element>>(of.template elements<Operand>());
            } else {
                static_assert(
                    requires { Operand::values; },
                    "a constant expression cannot read weights from a blob: generate with --weights inline");
                return std::span<const element_type<Operand::type.element>>(plain_values<Operand>);
            }
        }
        template <class Result>
        constexpr auto target() const
        {
            if constexpr (Result::type.present()) {
                return std::span<element_type<Result::type.element>>(of.template elements<Result>());
            } else {
                return absent_span{};
            }
        }
    };

    template <class Value>
    constexpr void compute(Value value)
    {
        static_assert(!has_models<Value>,
            "a constant expression cannot run If, Loop or Scan: they run networks in memory of their layer");
        if constexpr (has_spec<Value>) {
            if constexpr (makes_elements<Value>) {
                compute(value, typename Value::operands{}, typename Value::secondary_outputs{});
            }
        }
    }
    template <class Layer, class... Operand, class... Secondary>
    constexpr void compute(Layer, from<Operand...>, into<Secondary...>)
    {
        with_spans(Layer{}, from<Operand...>{}, into<Secondary...>{}, spans{*this}, [](const auto&... span) {
            evaluate(make_spec<typename Layer::spec_type>(Layer::spec, Operand::type.plain()...), span...);
        });
    }

    std::array<memory*, static_cast<std::size_t>(Model::steps)> memory_{};
};

/// Results to go on with after an error.
template <class Output>
constexpr auto results_after_error(list<Output>)
{
    return decltype(memory_of<Output>::elements){};
}
template <class... Output>
constexpr auto results_after_error(list<Output...>)
{
    return std::tuple(decltype(memory_of<Output>::elements){}...);
}

/// What forward<Model>() accepts: an argument for each input.
template <class... Input>
expected_arguments<cameo::argument_of<plain<Input>>...> arguments_for(list<Input...>);
template <class Model>
struct expected_inputs_of {
    using type = expected_model_of_a_header;
};
template <class Model>
    requires requires { typename Model::inputs; }
struct expected_inputs_of<Model> {
    using type = decltype(arguments_for(typename Model::inputs{}));
};
template <class Model>
using expected_inputs = typename expected_inputs_of<Model>::type;

}  // namespace detail

/// Returns the results of Model for the given inputs, each a contiguous range in row-major order, in a constant
/// expression too. One output gives a std::array, several give a std::tuple of them. It is slow and allocates: at run
/// time, use the network.
template <class Model, class... Input,
    std::enable_if_t<detail::expected_inputs<Model>::template given<const Input&...>, int> = 0>
constexpr auto forward(const Input&... inputs)
{
    return detail::forward_pass<Model>(typename Model::inputs{}, inputs...).results(typename Model::outputs{});
}
#ifndef __clang__
template <class Model, class... Input>
    requires(!detail::expected_inputs<Model>::template given<const Input&...>)
constexpr auto forward(const Input&...)
{
    static_assert(detail::expected_inputs<Model>::template given<const Input&...>,
        "forward<model>() takes the model of a header and, for each input, an array or a span of its elements");
    if constexpr (requires { typename Model::inputs; }) {
        return detail::results_after_error(typename Model::outputs{});
    } else {
        return nothing{};
    }
}
#endif

}  // namespace cameo::inline CAMEO_TARGET
