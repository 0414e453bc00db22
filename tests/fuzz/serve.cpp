// Runs command lines of cameo in one process, as fast as models can be made: one per line of standard input, words
// separated by tabs. The output of each is followed by NUL, its exit code or exception text, and NUL.
#include "command/command.hpp"
#include <iostream>
#include <sstream>

namespace {

using namespace cameo::generator;

std::string outcome(const std::string& arguments)
{
    command_line line("cameo", "cameo");
    int code = success;
    add_check(line, code);
    add_generate(line, code);
    add_simplify(line, code);
    std::vector<std::string> words;
    std::istringstream text(arguments);
    for (std::string word; std::getline(text, word, '\t');) {
        words.push_back(word);
    }
    try {
        line.parse(words, code);
        return code > failed ? fmt::format("wrong command line: {}", code) : std::to_string(code);
    } catch (const failure& e) {
        return fmt::format("{} {}", static_cast<int>(failed), e.what());
    } catch (const std::exception& e) {
        return fmt::format("exception: {}", e.what());
    }
}

}  // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const std::string said = outcome(line);
        fmt::print("\n{0}{1}{0}\n", '\0', said);
        std::fflush(stdout);
    }
}
