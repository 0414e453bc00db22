#include "command/emission.hpp"
#include "plan/memory.hpp"
#include "support/failure.hpp"
#include <fstream>

namespace cameo::generator {

/// Literals while they are readable and compile quickly, then string literals, then an object file (docs/architecture.md has the measurements).
weight_form choose_form(const std::string& given, const graph& g, bool standalone)
{
    if (standalone && (given == "object" || given == "file")) throw failure("--standalone is one file: --weights {} makes two", given);
    if (given == "inline") return weight_form::inline_literals;
    if (given == "string") return weight_form::string;
    if (given == "object") return weight_form::object;
    if (given == "file") return weight_form::file;
    const std::size_t bytes = weight_bytes(g);
    return bytes <= 160'000 ? weight_form::inline_literals : bytes <= 2'000'000 || standalone ? weight_form::string : weight_form::object;
}

std::filesystem::path source_of(std::filesystem::path header) { return header.replace_extension(".cpp"); }

file_list files_of(const emitted& e, const std::filesystem::path& header, const std::string& name)
{
    const auto beside = [&](const std::string& ending) { return header.parent_path() / (name + ending); };
    file_list files;
    if (!e.weights.empty()) files.emplace_back(beside(".weights.bin"), e.weights);
    if (!e.assembler.empty()) files.emplace_back(beside(".weights.S"), e.assembler);
    if (!e.source.empty()) files.emplace_back(source_of(header), e.source);
    files.emplace_back(header, e.header);
    return files;
}

void write_files(const file_list& files)
{
    // Each is written beside its place and moved there at the end.
    const auto part = [](std::filesystem::path p) { return p += ".part"; };
    for (const auto& [path, bytes] : files) {
        std::ofstream file(part(path), std::ios::binary);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) {
            for (const auto& [written, unused] : files) std::filesystem::remove(part(written));
            throw failure("{}: cannot be written", path.string());
        }
    }
    for (const auto& [path, bytes] : files) std::filesystem::rename(part(path), path);
}

}  // namespace cameo::generator
