// Declares the wording of file errors, as a reason that follows "cannot be opened:".
#pragma once
#include <string>
#include <system_error>

namespace cameo::generator {

/// "there is no such file", "its symbolic links lead in a circle": for a message that names the file.
std::string reason(const std::error_code& error);
/// The same of errno.
std::string last_reason();

}  // namespace cameo::generator
