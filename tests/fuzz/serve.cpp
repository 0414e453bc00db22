// Runs command lines of cameo in one process, as fast as models can be made: one a line of standard input, words separated by tabs. What each prints is followed by
// two NULs, between which stands the exit code, or the text of an exception that main() would print as it is.
#include "command/command.hpp"
#include <iostream>
#include <sstream>

namespace {

using namespace cameo::generator;

std::string outcome(const std::string& line)
{
    CLI::App app("cameo");
    app.require_subcommand(1);
    int code = success;
    add_check(app, code);
    add_generate(app, code);
    add_simplify(app, code);
    std::vector<std::string> words;
    std::istringstream text(line);
    for (std::string word; std::getline(text, word, '\t');) words.insert(words.begin(), word);  // CLI11 takes them in reverse
    try {
        app.parse(words);
        return std::to_string(code);
    }
    catch (const CLI::ParseError& e) {
        return fmt::format("wrong command line: {}", e.what());
    }
    catch (const failure& e) {
        return fmt::format("{} {}", static_cast<int>(failed), e.what());
    }
    catch (const std::exception& e) {
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
