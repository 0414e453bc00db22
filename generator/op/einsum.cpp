// Imports Einsum: parses the equation, with ellipses and implicit results, into numbered indices.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/einsum.hpp>
#include <cctype>

namespace cameo::generator {

namespace {

/// The indices of one term: letters, and numbers from `ellipsis` on for the axes of an ellipsis, counted from the
/// innermost.
using term = std::vector<int>;
constexpr int ellipsis = 256;

/// Parses one term of an equation, whose ellipsis stands for `hidden` axes.
term read_term(std::string_view text, int hidden)
{
    term result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 3) == "...") {
            for (int axis = hidden - 1; axis >= 0; --axis) {
                result.push_back(ellipsis + axis);
            }
            i += 2;
        } else if (std::isalpha(static_cast<unsigned char>(text[i]))) {
            result.push_back(text[i]);
        } else {
            throw unsupported("attribute 'equation' has '{}' where letters or ... are expected", text[i]);
        }
    }
    return result;
}

bool has_ellipsis(std::string_view text) { return text.find("...") != std::string_view::npos; }

/// Parses the term of an operand, whose ellipsis stands for the axes that have no letter.
term read_term_of(std::string_view text, int rank)
{
    if (text.find("...") != text.rfind("...")) {
        throw unsupported("a term of attribute 'equation' has more than one ellipsis");
    }
    const int letters = static_cast<int>(text.size()) - (has_ellipsis(text) ? 3 : 0);
    if (has_ellipsis(text) ? letters > rank : letters != rank) {
        throw unsupported("term '{}' of attribute 'equation' does not fit an operand of rank {}", text, rank);
    }
    return read_term(text, rank - letters);
}

/// Makes the result of an equation without an arrow: the axes of ellipses, then the letters that occur once, in
/// alphabetical order.
term implicit_result(const std::vector<term>& operands, int hidden)
{
    term all, result = read_term("...", hidden);
    for (const term& t : operands) {
        all.insert(all.end(), t.begin(), t.end());
    }
    std::sort(all.begin(), all.end());
    for (const int i : all) {
        if (i < ellipsis && std::count(all.begin(), all.end(), i) == 1) {
            result.push_back(i);
        }
    }
    return result;
}

std::vector<std::string_view> split_terms(std::string_view text)
{
    std::vector<std::string_view> terms;
    for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
        terms.push_back(text.substr(0, comma));
        text.remove_prefix(comma + 1);
    }
    terms.push_back(text);
    return terms;
}

/// Numbers the indices in the order that the spec expects, and writes the terms in these numbers.
einsum_attributes number_indices(const std::vector<term>& operands, const term& result)
{
    einsum_attributes a;
    a.rank = static_cast<int>(result.size());
    term order = result;
    for (std::size_t k = 0; k < operands.size(); ++k) {
        for (const int i : operands[k]) {
            if (std::find(order.begin(), order.end(), i) == order.end()) {
                order.push_back(i);
            }
            a.terms[k].append(std::find(order.begin(), order.end(), i) - order.begin());
        }
    }
    return a;
}

void import_einsum(source_node& n)
{
    std::string equation = n.text("equation", "");
    std::erase(equation, ' ');
    const std::size_t arrow = equation.find("->");
    const std::vector<std::string_view> texts = split_terms(std::string_view(equation).substr(0, arrow));
    if (texts.size() != n.operand_count()) {
        throw unsupported("attribute 'equation' has {} terms for {} operands", texts.size(), n.operand_count());
    }
    if (texts.size() > operand_list::capacity) {
        throw unsupported("has {} operands, at most {} are supported", texts.size(), operand_list::capacity);
    }
    std::vector<term> operands;
    int hidden = 0;
    for (std::size_t k = 0; k < texts.size(); ++k) {
        operands.push_back(read_term_of(texts[k], n.type(k).shape.rank));
        for (const int i : operands.back()) {
            hidden = std::max(hidden, i - ellipsis + 1);
        }
    }
    const std::string_view explicit_result =
        arrow == std::string::npos ? "" : std::string_view(equation).substr(arrow + 2);
    if (arrow != std::string::npos && hidden > 0 && !has_ellipsis(explicit_result)) {
        throw unsupported("the result of attribute 'equation' lacks the ellipsis of its operands");
    }
    const term result =
        arrow == std::string::npos ? implicit_result(operands, hidden) : read_term(explicit_result, hidden);
    for (const int i : result) {
        if (std::count(result.begin(), result.end(), i) > 1) {
            throw unsupported("the result of attribute 'equation' has an index twice");
        }
    }
    if (result.size() > static_cast<std::size_t>(max_rank)) {
        throw unsupported("the result has rank {}, at most {} is supported", result.size(), max_rank);
    }
    n.become<einsum_spec>(number_indices(operands, result), n.operands());
}

}  // namespace

void add_einsum(operator_table& table) { table.add<einsum_spec>("Einsum", {12, 28}, import_einsum); }

}  // namespace cameo::generator
