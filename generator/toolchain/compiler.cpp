// Runs the user's C++ compiler ($CXX, $CXXFLAGS) on generated code, and reports its first errors.
#include "toolchain/compiler.hpp"
#include "support/failure.hpp"
#include <cstdlib>
#include <sstream>

namespace cameo::generator {

namespace {

/// Shortens the compiler's output to its beginning: the error comes first, then pages of template notes.
std::string beginning(const std::string& text)
{
    constexpr std::size_t most = 4000;
    return text.size() <= most ? text : text.substr(0, most) + "\n…";
}

std::vector<std::string> words(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> all;
    for (std::string word; stream >> word;) {
        all.push_back(word);
    }
    return all;
}

std::vector<std::string> words_of_variable(const char* name)
{
    const char* const text = std::getenv(name);
    return words(text ? text : "");
}

}  // namespace

std::vector<std::string> user_flags(const std::string& given)
{
    std::vector<std::string> all = words_of_variable("CXXFLAGS"), further = words(given);
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

compiler::compiler(const std::vector<std::filesystem::path>& includes, std::filesystem::path directory,
    const std::vector<std::string>& flags)
    : command_(words_of_variable("CXX")), directory_(std::move(directory))
{
    if (command_.empty()) {
        command_ = {"c++"};
    }
    command_.insert(command_.end(), {"-std=c++20", "-O3", "-march=native"});
    command_.insert(command_.end(), flags.begin(), flags.end());
    // The directory itself is for the assembler's .incbin, which does not look beside the file that asks.
    for (const auto& include : includes) {
        command_.insert(command_.end(), {"-I", include.string()});
    }
    command_.insert(command_.end(), {"-I", directory_.string()});
}

double compiler::run(const std::vector<std::string>& arguments) const
{
    std::vector<std::string> all = command_;
    all.insert(all.end(), arguments.begin(), arguments.end());
    const process_result result = run_process(all, directory_ / "compiler.log");
    if (result.succeeded()) {
        return result.seconds;
    }
    throw failure("{} cannot compile the generated code (exit status {}):\n{}", command_[0], result.status,
        beginning(result.output));
}

}  // namespace cameo::generator
