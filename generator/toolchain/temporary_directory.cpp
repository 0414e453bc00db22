// Creates a directory under TMPDIR, and removes it with its contents at the end.
#include "toolchain/temporary_directory.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include <cstdlib>

namespace cameo::generator {

temporary_directory::temporary_directory()
{
    std::error_code error;
    const std::filesystem::path place = std::filesystem::temp_directory_path(error);
    if (error) {
        throw failure("the directory for temporary files, TMPDIR, cannot be used: {}", reason(error));
    }
    std::string name = (place / "cameo-XXXXXX").string();
    if (!mkdtemp(name.data())) {
        throw failure("{}: a temporary directory cannot be made: {}", printable(name), last_reason());
    }
    path_ = name;
}

temporary_directory::~temporary_directory()
{
    std::error_code unused;  // nothing can be done about a directory that cannot be removed
    std::filesystem::remove_all(path_, unused);
}

}  // namespace cameo::generator
