// Runs other programs without a shell, so that no character of a path is special.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

struct process_result {
    int status = 0;  ///< exit status; 128 plus the signal's number where a signal ended the program, as shells have it
    std::string output;  ///< standard output and standard error, as they came
    double seconds = 0;

    bool succeeded() const { return status == 0; }
};

/// Runs arguments[0], searched on PATH, and waits for it. Its output goes to the file `log`, and from there into the
/// result. As with system(), an interrupt from the keyboard ends the program and not the generator, which then cleans
/// up.
process_result run_process(const std::vector<std::string>& arguments, const std::filesystem::path& log);

}  // namespace cameo::generator
