// Declares the wording of file errors, as a reason that follows "cannot be opened:".
#pragma once
#include <string>
#include <system_error>

namespace cameo::generator {

/// Words an error for a message that names the file, as in "there is no such file" or "its symbolic links lead in a
/// circle".
std::string reason(const std::error_code& error);
/// Words the error in errno.
std::string last_reason();

}  // namespace cameo::generator
