// Turns arbitrary names of a model into unique C++ identifiers, and text into literals and comments that stay one.
#include "emit/names.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <cctype>

namespace cameo::generator {

namespace {

/// Names that cannot be declared in the global namespace: keywords of C++20, names that every program has, and macros.
const std::set<std::string> reserved{"alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool",
    "break", "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept", "const",
    "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await", "co_return", "co_yield", "decltype",
    "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false",
    "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not",
    "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch",
    "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned",
    "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "main", "linux", "unix", "errno",
    "std", "cameo", "xsimd", "assert", "stdin", "stdout", "stderr", "EOF", "NULL", "INFINITY", "NAN"};

/// Functions of C and POSIX whose names are words: system headers declare them in the global namespace, where no
/// namespace can have the same name.
const std::set<std::string> of_c{"abort", "abs", "accept", "access", "acos", "acosh", "alarm", "asin", "asinh", "atan",
    "atan2", "atanh", "bind", "calloc", "cbrt", "ceil", "clock", "clone", "close", "connect", "copysign", "cos", "cosh",
    "creat", "crypt", "daemon", "daylight", "div", "drem", "dup", "encrypt", "environ", "erf", "erfc", "exit", "exp",
    "exp2", "expm1", "fabs", "fdim", "finite", "flock", "floor", "fma", "fmax", "fmin", "fmod", "fork", "free", "frexp",
    "gamma", "hypot", "ilogb", "index", "j0", "j1", "jn", "kill", "labs", "ldexp", "lgamma", "link", "listen", "log",
    "log10", "log1p", "log2", "logb", "lrint", "lround", "malloc", "mmap", "modf", "nan", "nearbyint", "nextafter",
    "nice", "open", "pause", "perror", "pipe", "poll", "pow", "printf", "putchar", "puts", "qsort", "raise", "rand",
    "random", "read", "realloc", "recv", "remainder", "remove", "remquo", "rename", "rewind", "rindex", "rint", "round",
    "scalb", "scanf", "select", "send", "shutdown", "signal", "significand", "sin", "sincos", "sinh", "sleep", "socket",
    "splice", "sqrt", "srand", "stat", "strlen", "swab", "symlink", "sync", "syscall", "system", "tan", "tanh", "tee",
    "tgamma", "time", "times", "timezone", "trunc", "truncate", "umask", "ungetc", "unlink", "vfork", "wait", "write",
    "y0", "y1", "yn"};

/// Names that the header itself declares.
const std::set<std::string> declared{"net", "model", "blob", "arguments", "results", "kernels", "size", "type", "step",
    "sizes", "name", "values", "data", "label", "operands", "spec", "visit", "schedule", "inputs", "outputs", "steps",
    "digest", "metadata", "weight_bytes", "kept", "I", "_"};

std::set<std::string> reserved_and(const std::set<std::string>& more)
{
    std::set<std::string> all = reserved;
    all.insert(more.begin(), more.end());
    return all;
}

std::string identifier(std::string_view name)
{
    std::string text;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80) {
            text += c;
        } else if (!text.empty() && text.back() != '_') {
            text += '_';  // no double underscore: it would be reserved
        }
    }
    while (!text.empty() && text.back() == '_') {
        text.pop_back();
    }
    // In capitals it could be a macro of some header (INT_MAX).
    const bool capitals =
        text.size() > 1 && std::none_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c); });
    if (capitals) {
        std::transform(
            text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    }
    return text;
}

}  // namespace

identifiers::identifiers() : identifiers(reserved_and(declared)) {}
identifiers::identifiers(std::set<std::string> taken) : names_(std::move(taken), 2) {}

std::string identifiers::unique(std::string_view name, std::string_view otherwise)
{
    std::string base = identifier(name);
    if (base.empty()) {
        base = otherwise;
    }
    if (std::isdigit(static_cast<unsigned char>(base[0]))) {
        base = fmt::format("{}_{}", otherwise, base);
    }
    return names_.make(base);
}

std::string namespace_of(std::string_view name) { return identifiers(reserved_and(of_c)).unique(name, "network"); }

namespace {

/// Shortens "/conv1/Conv" to "conv1": exporters repeat the operator at the end.
std::string_view without_operator(std::string_view name, std::string_view operator_type)
{
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos && slash > 0 && name.substr(slash + 1) == operator_type) {
        return name.substr(0, slash);
    }
    return name;
}

void name_layers(const graph& g, identifiers& names, std::map<const value*, std::string>& result)
{
    for (const parameter& p : g.parameters) {
        names.unique(p.name, "extent");
    }
    for (const value* v : g.inputs) {
        result[v] = names.unique(v->name, "input");
    }
    for (std::size_t k = 0; k < g.outputs.size(); ++k) {
        result[g.outputs[k]] = names.unique(g.output_names[k], "output");
    }
    for (const setting& s : g.settings) {
        result[s.input] = names.unique(s.input->name, "setting");
    }
    for (const feedback& f : g.states) {
        result[f.state] = names.unique(f.state->name, "state");
    }
    for (const auto& n : g.nodes) {
        const origin& from = n->origins.front();
        for (std::size_t k = 0; k < n->results.size(); ++k) {
            const value* v = n->results[k];
            if (!v || result.contains(v)) {
                continue;
            }
            result[v] = n->results.size() == 1
                            ? names.unique(without_operator(from.name, from.operator_type), n->op->name())
                            : names.unique(v->name, n->op->name());
        }
    }
    for (const auto& n : g.nodes) {
        for (const graph* body : n->op->bodies()) {
            name_layers(*body, names, result);
        }
    }
}

}  // namespace

std::map<const value*, std::string> name_values(const graph& g, identifiers& names)
{
    std::map<const value*, std::string> result;
    name_layers(g, names, result);
    // Constants last: a layer keeps its name where a weight has the same.
    for (const value* v : g.constants()) {
        if (!result.contains(v)) {
            result[v] = names.unique(v->name, "constant");
        }
    }
    return result;
}

std::string listed(const std::vector<value*>& some, const std::map<const value*, std::string>& names)
{
    std::string text;
    for (const value* v : some) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", names.at(v));
    }
    return text;
}

std::string string_literal(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f || c == '"' || c == '\\' || c == '?') {
            result += fmt::format("\\{:03o}", byte);
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string comment(std::string_view text)
{
    std::string result;
    for (const char c : printable(text)) {
        result += c == '\\' || c == '?' ? '/' : c;  // a backslash would join the next line
    }
    return result;
}

}  // namespace cameo::generator
