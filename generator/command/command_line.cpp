// Implements subcommands and options with CLI11, which no other file includes.
#include "command/command_line.hpp"
#include "command/arguments.hpp"
#include <CLI/CLI.hpp>

namespace cameo::generator {

command_option& command_option::required()
{
    option_->required();
    return *this;
}

command_option& command_option::excludes(const command_option& other)
{
    option_->excludes(other.option_);
    return *this;
}

command_option& command_option::check(const CLI::Validator& validator)
{
    option_->check(validator);
    return *this;
}

command_option& command_option::existing_file() { return check(CLI::ExistingFile); }
command_option& command_option::existing_directory() { return check(CLI::ExistingDirectory); }
command_option& command_option::positive() { return check(CLI::PositiveNumber); }
command_option& command_option::non_negative() { return check(CLI::NonNegativeNumber); }
command_option& command_option::between(double least, double most) { return check(CLI::Range(least, most)); }

command_option& command_option::shows_default()
{
    option_->capture_default_str();
    return *this;
}

template <class Variable>
command_option subcommand::add_option(const std::string& name, Variable& variable, const std::string& help)
{
    return command_option(*app_->add_option(name, variable, help));
}

template command_option subcommand::add_option(const std::string&, std::string&, const std::string&);
template command_option subcommand::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template command_option subcommand::add_option(const std::string&, std::filesystem::path&, const std::string&);
template command_option subcommand::add_option(const std::string&, int&, const std::string&);
template command_option subcommand::add_option(const std::string&, unsigned long&, const std::string&);
template command_option subcommand::add_option(const std::string&, unsigned long long&, const std::string&);
template command_option subcommand::add_option(const std::string&, double&, const std::string&);

command_option subcommand::add_choice_of_names(const std::string& name, const std::vector<std::string>& names,
    const std::string& initial, std::function<void(std::size_t)> choose, const std::string& help)
{
    const auto by_name = [names, choose = std::move(choose)](const std::string& given) {
        choose(static_cast<std::size_t>(std::find(names.begin(), names.end(), given) - names.begin()));
    };
    CLI::Option& option = *app_->add_option_function<std::string>(name, by_name, help);
    option.check(CLI::IsMember(names))->default_str(initial);
    return command_option(option);
}

command_option subcommand::add_flag(const std::string& name, bool& variable, const std::string& help)
{
    return command_option(*app_->add_flag(name, variable, help));
}

command_option subcommand::add_flag(const std::string& name, std::function<void()> when_given, const std::string& help)
{
    return command_option(*app_->add_flag_callback(name, std::move(when_given), help));
}

void subcommand::remove_option(const std::string& name) { app_->remove_option(app_->get_option(name)); }

void subcommand::footer(const std::string& text) { app_->footer(text); }

void subcommand::action(std::function<void()> run) { app_->callback(std::move(run)); }

command_line::command_line(const std::string& description, const std::string& name)
    : app_(std::make_unique<CLI::App>(description, name))
{
    app_->require_subcommand(1);
}

command_line::~command_line() = default;

subcommand command_line::add(const std::string& name, const std::string& description)
{
    return subcommand(*app_->add_subcommand(name, description));
}

void command_line::version(const std::string& text) { app_->set_version_flag("--version", text); }

void command_line::parse(const std::vector<std::string>& arguments, int& code)
{
    try {
        app_->parse(with_default_command(arguments, *app_));
    } catch (const CLI::ParseError& e) {
        code = explain(e, *app_);
    }
}

}  // namespace cameo::generator
