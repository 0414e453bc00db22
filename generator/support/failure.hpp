// The errors of the generator: where something failed, what was expected and what was found.
#pragma once
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace cameo::generator {

/// Thrown if the work cannot continue. The message is complete; main() prints it and exits with status 1.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    template <class... Argument>
    explicit failure(fmt::format_string<Argument...> format, Argument&&... argument)
        : std::runtime_error(fmt::format(format, std::forward<Argument>(argument)...))
    {
    }
};

/// One reason why a model cannot be generated. `check` lists them all.
struct diagnostic {
    std::string node;           ///< name in the file; empty for the model as a whole
    std::string operator_type;  ///< with its domain, if that is not ONNX's own
    int opset = 0;
    std::string reason;

    friend bool operator==(const diagnostic&, const diagnostic&) = default;
};

std::string describe(const diagnostic& d);

/// A failure whose message lists diagnostics under a heading.
class refusal : public failure {
public:
    explicit refusal(std::vector<diagnostic> diagnostics, const std::string& heading = "");
    const std::vector<diagnostic>& diagnostics() const { return diagnostics_; }

private:
    std::vector<diagnostic> diagnostics_;
};

/// Returns the diagnostics that a failure lists, or the failure itself as one that concerns the model as a whole.
std::vector<diagnostic> diagnostics_of(const failure& f);

/// Escapes text of a model file for terminals and messages: control characters and non-ASCII bytes as \xNN.
std::string printable(std::string_view text);

}  // namespace cameo::generator
