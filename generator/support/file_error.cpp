// Words the errors that the system reports about files.
#include "support/file_error.hpp"
#include <cerrno>
#include <map>

namespace cameo::generator {

std::string reason(const std::error_code& error)
{
    static const std::map<std::errc, std::string> words{
        {std::errc::no_such_file_or_directory, "there is no such file or directory"},
        {std::errc::not_a_directory, "a part of its path is no directory"},
        {std::errc::is_a_directory, "it is a directory"},
        {std::errc::too_many_symbolic_link_levels, "its symbolic links lead in a circle"},
        {std::errc::filename_too_long, "its name is too long"},
        {std::errc::permission_denied, "permission is denied"},
        {std::errc::no_space_on_device, "no space is left on the device"},
        {std::errc::file_too_large, "the file would be larger than the system allows"},
        {std::errc::broken_pipe, "nobody reads the pipe"},
        {std::errc::read_only_file_system, "the file system is read-only"},
    };
    for (const auto& [condition, text] : words) {
        if (error == condition) {
            return text;
        }
    }
    return error.message();
}

std::string last_reason() { return reason({errno, std::generic_category()}); }

}  // namespace cameo::generator
