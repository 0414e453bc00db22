// Tells a person at a terminal what the generator is working on, when that takes long.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// A status line on the terminal that says what the work is doing and for how long. It appears after a second, and
/// vanishes when the work is done. There is none if standard error is no terminal.
class progress {
public:
    progress();
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    /// Shows a text; an empty one removes the line, which is necessary before anything else is printed.
    void show(std::string_view text) const;

private:
    std::string before_;  ///< of the work that this is a part of, which goes on then
};

}  // namespace cameo::generator
