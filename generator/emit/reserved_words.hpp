// Words that cannot be the name of a namespace or of a value in a generated header.
#pragma once
#include <set>
#include <string>

namespace cameo::generator {

/// What cannot be declared in the global namespace: keywords of C++20, names that every program has, and macros.
inline const std::set<std::string> reserved{"alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor",
    "bool", "break", "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept", "const",
    "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await", "co_return", "co_yield", "decltype",
    "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false",
    "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not",
    "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch",
    "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned",
    "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "main", "linux", "unix", "errno",
    "std", "cameo", "xsimd", "assert", "stdin", "stdout", "stderr", "EOF", "NULL", "INFINITY", "NAN"};

/// Functions of C and POSIX that are words: headers of the system declare them in the global namespace, where there
/// cannot be a namespace of the same name.
inline const std::set<std::string> of_c{"abort", "abs", "accept", "access", "acos", "acosh", "alarm", "asin", "asinh",
    "atan", "atan2", "atanh", "bind", "calloc", "cbrt", "ceil", "clock", "clone", "close", "connect", "copysign", "cos",
    "cosh", "creat", "crypt", "daemon", "daylight", "div", "drem", "dup", "encrypt", "environ", "erf", "erfc", "exit",
    "exp", "exp2", "expm1", "fabs", "fdim", "finite", "flock", "floor", "fma", "fmax", "fmin", "fmod", "fork", "free",
    "frexp", "gamma", "hypot", "ilogb", "index", "j0", "j1", "jn", "kill", "labs", "ldexp", "lgamma", "link", "listen",
    "log", "log10", "log1p", "log2", "logb", "lrint", "lround", "malloc", "mmap", "modf", "nan", "nearbyint",
    "nextafter", "nice", "open", "pause", "perror", "pipe", "poll", "pow", "printf", "putchar", "puts", "qsort",
    "raise", "rand", "random", "read", "realloc", "recv", "remainder", "remove", "remquo", "rename", "rewind", "rindex",
    "rint", "round", "scalb", "scanf", "select", "send", "shutdown", "signal", "significand", "sin", "sincos", "sinh",
    "sleep", "socket", "splice", "sqrt", "srand", "stat", "strlen", "swab", "symlink", "sync", "syscall", "system",
    "tan", "tanh", "tee", "tgamma", "time", "times", "timezone", "trunc", "truncate", "umask", "ungetc", "unlink",
    "vfork", "wait", "write", "y0", "y1", "yn"};

/// What the header itself declares.
inline const std::set<std::string> declared{"net", "model", "blob", "arguments", "results", "kernels", "size", "type",
    "step", "sizes", "name", "values", "data", "label", "operands", "spec", "visit", "schedule", "inputs", "outputs",
    "steps", "digest", "metadata", "labels", "weight_bytes", "recurrent_states", "overridable_inputs", "I", "_"};

}  // namespace cameo::generator
