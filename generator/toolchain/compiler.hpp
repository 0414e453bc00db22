// The compiler with which commands such as verify and bench build generated code.
#pragma once
#include "toolchain/process.hpp"

namespace cameo::generator {

/// Returns the words of $CXXFLAGS, then those of `given`: the flags with which users compile their own programs.
std::vector<std::string> user_flags(const std::string& given);

/// The user's compiler: $CXX, which may be several words ("ccache g++-13"), or c++.
class compiler {
public:
    /// `includes` are the directories of the library and xsimd, `directory` is for sources, results and the compiler's
    /// messages, and `flags` are the user's.
    compiler(const std::vector<std::filesystem::path>& includes, std::filesystem::path directory,
        const std::vector<std::string>& flags = {});

    /// Runs the compiler with -std=c++20 -O3 -march=native, the user's flags and `arguments`. Returns the seconds it
    /// took; throws failure with its errors.
    double run(const std::vector<std::string>& arguments) const;

private:
    std::vector<std::string> command_;
    std::filesystem::path directory_;
};

}  // namespace cameo::generator
