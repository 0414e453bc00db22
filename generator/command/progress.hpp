// Tells a person at a terminal what the generator is working on, when that takes long.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// One line on the terminal that says what the work is at, and for how long it has been going on: from its second
/// second on, and gone when the work is done. Nothing where standard error is no terminal.
class progress {
public:
    progress();
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    /// Empty: nothing, which must be before anything else is printed.
    void show(std::string_view text) const;

private:
    std::string before_;  ///< of the work that this is a part of, which goes on then
};

}  // namespace cameo::generator
