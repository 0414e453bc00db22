// What the system says of a file, in words.
#pragma once
#include <string>
#include <system_error>

namespace cameo::generator {

/// "there is no such file", "its symbolic links lead in a circle": for a message that names the file.
std::string reason(const std::error_code& error);
/// The same of errno.
std::string last_reason();

}  // namespace cameo::generator
