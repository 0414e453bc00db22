// Writes the template arguments of layers.
#include "emit/layer_text.hpp"
#include "emit/literal.hpp"

namespace cameo::generator {

layer_text::layer_text(const node& n, const value_names& names, bool sized)
    : node_(n), names_(names), sized_(sized), operands_(references(n.operands())), attributes_(attributes_of())
{
}

std::string layer_text::base(const std::string& models) const
{
    const value* main = node_.results()[0];
    const std::string result = !main    ? "cameo::absent"
                               : sized_ ? cpp_storage(main->type.storage)
                                        : cpp_tensor_type(main->type);
    const std::string further = references(secondary_outputs());
    // Attributes stand before secondary outputs, also where all have their defaults.
    const std::string attributes = attributes_.empty() && !further.empty()
                                       ? fmt::format(", {}_attributes{{}}", node_.op->qualified_name())
                                       : attributes_;
    return fmt::format("{}<{}, cameo::from<{}>{}{}{}>", node_.op->qualified_name(), result, operands_,
        models.empty() ? "" : fmt::format(", cameo::list<{}>", models), attributes,
        further.empty() ? "" : fmt::format(", cameo::into<{}>", further));
}

std::string layer_text::further_base(std::size_t k, const std::string& models) const
{
    const std::string_view kind = node_.op->is_scratch(k) ? "scratch" : "secondary_output";
    const tensor_type& type = node_.results()[k]->type;
    if (!sized_) {
        return fmt::format("cameo::{}<{}>", kind, cpp_tensor_type(type));
    }
    const std::string derived = fmt::format("cameo::derived{}<{}, {}_spec, cameo::{}{}>",
        models.empty() ? "" : "_from_models", k, node_.op->qualified_name(),
        models.empty() ? fmt::format("from<{}>", operands_) : fmt::format("list<{}>", models), attributes_);
    return type.storage == storage{}
               ? fmt::format("cameo::{}<{}>", kind, derived)
               : fmt::format("cameo::{}<{}.stored({})>", kind, derived, cpp_storage(type.storage));
}

std::span<value* const> layer_text::secondary_outputs() const
{
    std::span<value* const> all(node_.results());
    while (all.size() > 1 && !all.back()) {
        all = all.first(all.size() - 1);
    }
    return all.subspan(1);
}

std::string layer_text::reference(const value* v) const { return v ? names_.at(v) : "cameo::none"; }

std::string layer_text::references(std::span<value* const> some) const
{
    std::string text;
    for (const value* v : some) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", reference(v));
    }
    return text;
}

/// ", cameo::conv_attributes{…}", or nothing where all have their defaults.
std::string layer_text::attributes_of() const
{
    std::string text;
    node_.op->each_attribute([&](std::string_view key, std::string value) {
        if (const auto expression = node_.expressions.find(std::string(key)); expression != node_.expressions.end()) {
            value = written(expression->second, names_);
        }
        text += fmt::format("{}.{} = {}", text.empty() ? "" : ", ", key, value);
    });
    return text.empty() ? "" : fmt::format(", {}_attributes{{{}}}", node_.op->qualified_name(), text);
}

}  // namespace cameo::generator
