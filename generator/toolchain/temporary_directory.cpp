#include "toolchain/temporary_directory.hpp"
#include "support/failure.hpp"
#include <cstdlib>

namespace cameo::generator {

temporary_directory::temporary_directory()
{
    std::string name = (std::filesystem::temp_directory_path() / "cameo-XXXXXX").string();
    if (!mkdtemp(name.data())) throw failure("{}: cannot make a temporary directory", name);
    path_ = name;
}

temporary_directory::~temporary_directory()
{
    std::error_code unused;  // nothing can be done about a directory that cannot be removed
    std::filesystem::remove_all(path_, unused);
}

}  // namespace cameo::generator
