// Finds the headers of cameo and xsimd: by --include, CAMEO_INCLUDE, the place of this program, or the build.
#include "toolchain/include_directory.hpp"
#include "support/failure.hpp"
#include <cstdlib>
#include <sstream>

namespace cameo::generator {

namespace fs = std::filesystem;

std::vector<fs::path> include_directories(const std::vector<std::string>& given)
{
    std::vector<fs::path> all;
    const auto add = [&](const fs::path& directory) {
        std::error_code unused;
        if (!directory.empty() && fs::is_directory(directory, unused)) {
            all.push_back(fs::canonical(directory));
        }
    };
    const auto add_list = [&](const char* directories) {
        std::istringstream list(directories ? directories : "");
        for (std::string directory; std::getline(list, directory, ':');) {
            add(directory);
        }
    };
    for (const std::string& directory : given) {
        add(directory);
    }
    add_list(std::getenv("CAMEO_INCLUDE"));
    std::error_code unused;
    if (const fs::path self = fs::read_symlink("/proc/self/exe", unused); !self.empty()) {
        add(self.parent_path().parent_path() / "include");
    }
    add_list(CAMEO_SOURCE_INCLUDE);
    return all;
}

fs::path library_directory(const std::vector<fs::path>& directories)
{
    std::string looked;
    for (const fs::path& directory : directories) {
        if (std::error_code unused; fs::exists(directory / "cameo/cameo.hpp", unused)) {
            return directory;
        }
        looked += fmt::format("{}{}", looked.empty() ? "" : ", ", directory.string());
    }
    throw failure(
        "cameo/cameo.hpp is not found in {}: give the library's directory with --include DIR or in CAMEO_INCLUDE",
        looked.empty() ? "any directory" : looked);
}

}  // namespace cameo::generator
