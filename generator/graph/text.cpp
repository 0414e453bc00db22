// Writes attribute values (shapes, numbers, elementwise expressions) as C++ expressions.
#include "graph/text.hpp"
#include <cmath>

namespace cameo::generator {

std::string to_text(const shape& s)
{
    std::string text;
    for (int axis = 0; axis < s.rank; ++axis) {
        text += fmt::format("{}{}", axis ? ", " : "", s[axis]);
    }
    return "{" + text + "}";
}

namespace {

constexpr std::string_view not_a_number = "std::numeric_limits<double>::quiet_NaN()",
                           infinity = "std::numeric_limits<double>::infinity()";

}  // namespace

std::string to_text(double v)
{
    if (std::isnan(v)) {
        return std::string(not_a_number);
    }
    if (std::isinf(v)) {
        return fmt::format("{}{}", v < 0 ? "-" : "", infinity);
    }
    const std::string text = fmt::format("{}", v);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

namespace {

std::string to_text(const elementwise_expression& p, const argument& a)
{
    if (a.is_constant()) {
        return generator::to_text(a.constant);
    }
    if (a.is_operand()) {
        return fmt::format("cameo::operand<{}>", a.operand());
    }
    const instruction& i = p.code[a.result()];
    std::string text;
    visit_function(i.function, [&]<class F>(F) { text = fmt::format("cameo::{}(", type_name<F>()); });
    for (int k = 0; k < i.count; ++k) {
        text += (k ? ", " : "") + to_text(p, i.arguments[index(k)]);
    }
    return text + ")";
}

}  // namespace

std::string to_text(const elementwise_expression& p) { return to_text(p, p.result); }

std::string for_people(std::string text)
{
    for (const auto& [code, word] : {std::pair{not_a_number, "NaN"}, {infinity, "inf"}}) {
        for (std::size_t at = 0; (at = text.find(code, at)) != std::string::npos;) {
            text.replace(at, code.size(), word);
        }
    }
    return text;
}

}  // namespace cameo::generator
