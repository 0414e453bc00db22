// Parses DOMAIN:OPERATOR[ATTRIBUTE=TEXT]=my::type (--custom), matches nodes against it, and turns their attributes into
// C++.
#include "custom/custom_operator.hpp"
#include "graph/text.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

bool custom_operator::takes(const onnx::NodeProto& node) const
{
    if (node.domain() != domain || node.op_type() != operator_type) {
        return false;
    }
    return std::all_of(selected.begin(), selected.end(), [&](const auto& wanted) {
        const auto& all = node.attribute();
        return std::any_of(
            all.begin(), all.end(), [&](const auto& a) { return a.name() == wanted.first && a.s() == wanted.second; });
    });
}

namespace {

bool is_identifier(std::string_view text)
{
    const auto letter = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
    return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
           std::all_of(text.begin(), text.end(), letter);
}

/// Accepts names such as my::erfinv: identifiers joined by double colons.
bool is_qualified(std::string_view text)
{
    for (std::size_t colons; (colons = text.find("::")) != std::string_view::npos; text.remove_prefix(colons + 2)) {
        if (!is_identifier(text.substr(0, colons))) {
            return false;
        }
    }
    return is_identifier(text);
}

/// Parses the text in brackets, such as "operator=mul,overload_name=Tensor"; empty if it is malformed.
std::map<std::string, std::string> parse_selection(std::string_view text)
{
    std::map<std::string, std::string> selected;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(','));
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos) {
            return {};
        }
        selected[std::string(one.substr(0, equals))] = one.substr(equals + 1);
        text.remove_prefix(std::min(one.size() + 1, text.size()));
    }
    return selected;
}

}  // namespace

custom_operator parse_custom(const std::string& text)
{
    custom_operator o;
    const std::size_t equals = text.rfind('=');
    std::string from = text.substr(0, std::min(equals, text.size()));
    o.type = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (o.type.starts_with("::")) {
        o.type.erase(0, 2);
    }
    bool well_formed = is_qualified(o.type);
    if (const std::size_t bracket = from.find('['); bracket != std::string::npos) {
        well_formed = well_formed && from.back() == ']';
        o.selected = parse_selection(std::string_view(from).substr(bracket + 1, from.size() - bracket - 2));
        well_formed = well_formed && !o.selected.empty();
        from.resize(bracket);
    }
    const std::size_t colon = from.rfind(':');
    o.domain = colon == std::string::npos ? "" : from.substr(0, colon);
    o.operator_type = from.substr(colon == std::string::npos ? 0 : colon + 1);
    if (!well_formed || o.operator_type.empty()) {
        throw failure(
            "--custom {}: expected DOMAIN:OPERATOR=my::type or DOMAIN:OPERATOR[ATTRIBUTE=TEXT]=my::type", text);
    }
    return o;
}

namespace {

/// Writes an attribute's value as C++; empty for an empty string, which carries no information.
std::string value_of(const onnx::AttributeProto& a, const custom_operator& o)
{
    switch (a.type()) {
    case onnx::AttributeProto::INT: return to_text(a.i());
    case onnx::AttributeProto::FLOAT: return to_text(static_cast<double>(a.f()));
    case onnx::AttributeProto::INTS: {
        shape list;
        if (a.ints_size() > max_rank) {
            throw failure("attribute '{}': a list of at most {} integers is supported", printable(a.name()), max_rank);
        }
        for (const auto n : a.ints()) {
            list.append(n);
        }
        return to_text(list);
    }
    case onnx::AttributeProto::STRING:
        if (a.s().empty()) {
            return "";
        }
        throw failure("attribute '{0}' is a text: select it, as in --custom '{1}:{2}[{0}={3}]={4}'",
            printable(a.name()), o.domain, o.operator_type, printable(a.s()), o.type);
    default:
        throw failure("attribute '{}': only integers, lists of integers and floats can be members of {}_attributes",
            printable(a.name()), o.type);
    }
}

}  // namespace

named_texts attributes_of(const onnx::NodeProto& node, const custom_operator& o)
{
    named_texts all;
    for (const auto& a : node.attribute()) {
        if (o.selected.contains(a.name())) {
            continue;
        }
        if (!is_identifier(a.name())) {
            throw failure("attribute '{}' cannot be a member of {}_attributes", printable(a.name()), o.type);
        }
        if (std::string text = value_of(a, o); !text.empty()) {
            all.emplace_back(a.name(), std::move(text));
        }
    }
    return all;
}

}  // namespace cameo::generator
