#pragma once
#include "toolchain/process.hpp"

namespace cameo::generator {

/// The words of $CXXFLAGS, then those of `given`: what a program of the user's is compiled with.
std::vector<std::string> user_flags(const std::string& given);

/// The user's compiler: $CXX, which may be several words ("ccache g++-13"), or c++.
class compiler {
public:
    /// `includes`: where the library and xsimd are. `directory`: where sources, results and the compiler's messages
    /// lie. `flags`: those of the user.
    compiler(const std::vector<std::filesystem::path>& includes, std::filesystem::path directory,
        const std::vector<std::string>& flags = {});

    /// Runs it with -std=c++20 -O3 -march=native, then the user's flags, in addition to `arguments`. Returns the
    /// seconds; throws failure with the compiler's errors.
    double run(const std::vector<std::string>& arguments) const;

private:
    std::vector<std::string> command_;
    std::filesystem::path directory_;
};

}  // namespace cameo::generator
