#pragma once
#include <string_view>

namespace cameo::generator {

/// One line that says what long work is at; only on a terminal, and gone when the work is done.
class progress {
public:
    progress();
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    void show(std::string_view text) const;

private:
    bool terminal_;
};

}  // namespace cameo::generator
