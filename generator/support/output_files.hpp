// Output files of a command: all are written here, all or none.
#pragma once
#include "support/file_descriptor.hpp"
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cameo::generator {

/// The output files of a command: all are written, or none. Each is written to a temporary file beside its place, and
/// renamed when all are complete. A file with the same bytes stays as it is, so that nothing is rebuilt because of it.
/// Symbolic links are followed; "-" is standard output; devices and pipes are written to directly. Files that the
/// command has read (input_file.hpp) are refused.
class output_files {
public:
    using pieces = std::vector<std::string_view>;

    output_files() = default;
    output_files(const output_files&) = delete;
    output_files& operator=(const output_files&) = delete;
    ~output_files();

    /// The bytes must live until commit().
    void add(const std::filesystem::path& path, pieces bytes);
    void add(const std::filesystem::path& path, std::string_view bytes) { add(path, pieces{bytes}); }
    /// Adds an empty file whose time is that of this run, whether or not others changed.
    void add_stamp(const std::filesystem::path& path);
    /// Creates a directory for some of them, if necessary.
    void make_directory(const std::filesystem::path& path);
    /// Writes all files. Throws failure, and leaves nothing, if one cannot be written.
    void commit();
    /// Prints on standard error which files commit() has written, and their bytes.
    void tell() const;

private:
    enum class way { standard_output, in_place, renamed };
    struct output {
        std::filesystem::path given, path;  ///< as the user names it, and with links followed
        pieces bytes;
        bool stamp = false;
        way how = way::renamed;
        std::optional<mode_t> mode = {};  ///< of the file that is there
        std::filesystem::path temporary = {};
        bool unchanged = false;

        std::size_t size() const;
    };

    static output resolved(output o);
    void check_distinct() const;
    static void write_temporary(output& o);
    static void write_in_place(const output& o);
    void move_all();
    void remove_what_is_left();

    std::vector<output> outputs_;
    std::vector<std::filesystem::path> made_;  ///< directories, outermost first
};

/// Tells whether an output is a single stream that cannot have files beside it: standard output, a device or a pipe.
bool stands_alone(const std::filesystem::path& output);

/// Flushes standard output. Throws failure if it could not take everything.
void finish_standard_output();

}  // namespace cameo::generator
