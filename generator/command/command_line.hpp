// Declares subcommands and their options. CLI11 parses them, hidden behind this header: its own would add five seconds
// to the compilation of every file that includes it.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
class Validator;
}  // namespace CLI

namespace cameo::generator {

/// A declared option, whose description and checks can be extended.
class command_option {
public:
    explicit command_option(CLI::Option& option) : option_(&option) {}

    command_option& required();
    command_option& excludes(const command_option& other);
    command_option& existing_file();
    command_option& existing_directory();
    command_option& positive();
    command_option& non_negative();
    command_option& between(double least, double most);
    /// Lets --help show the value that the variable has now.
    command_option& shows_default();

private:
    command_option& check(const CLI::Validator& validator);

    CLI::Option* option_;
};

/// A subcommand. Its options refer to variables that must outlive the parsing: capture their owner in the action.
class subcommand {
public:
    explicit subcommand(CLI::App& app) : app_(&app) {}

    /// Variables may be strings, lists of strings, paths and numbers: those for which command_line.cpp instantiates
    /// this.
    template <class Variable>
    command_option add_option(const std::string& name, Variable& variable, const std::string& help);
    /// Adds an option that chooses a value by its name. Where it is not given, the variable keeps what it has, which is
    /// among the choices.
    template <class Value>
    command_option add_choice(const std::string& name, Value& variable,
        const std::vector<std::pair<std::string, Value>>& choices, const std::string& help)
    {
        std::vector<std::string> names;
        std::string initial;
        for (const auto& [text, value] : choices) {
            names.push_back(text);
            initial = value == variable ? text : initial;
        }
        const auto choose = [&variable, choices](std::size_t k) { variable = choices[k].second; };
        return add_choice_of_names(name, names, initial, choose, help);
    }
    command_option add_flag(const std::string& name, bool& variable, const std::string& help);
    command_option add_flag(const std::string& name, std::function<void()> when_given, const std::string& help);
    void remove_option(const std::string& name);
    /// Sets the last lines of --help.
    void footer(const std::string& text);
    void action(std::function<void()> run);

private:
    command_option add_choice_of_names(const std::string& name, const std::vector<std::string>& names,
        const std::string& initial, std::function<void(std::size_t)> choose, const std::string& help);

    CLI::App* app_;
};

class command_line {
public:
    command_line(const std::string& description, const std::string& name);
    ~command_line();
    command_line(const command_line&) = delete;
    command_line& operator=(const command_line&) = delete;

    subcommand add(const std::string& name, const std::string& description);
    void version(const std::string& text);

    /// Runs the action of the subcommand that the arguments name. For a wrong command line, or a request for help,
    /// prints the error or the help, with options that the user may have meant, and sets `code`. 'cameo model.onnx'
    /// means 'cameo generate model.onnx', and 'cameo' alone 'cameo --help'.
    void parse(const std::vector<std::string>& arguments, int& code);

private:
    std::unique_ptr<CLI::App> app_;
};

}  // namespace cameo::generator
