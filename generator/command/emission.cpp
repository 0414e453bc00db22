// Chooses the form of the weights (--weights auto), and names the files that go beside a header.
#include "command/emission.hpp"
#include "memory_plan/memory_plan.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// Chooses literals while they are readable and compile quickly, then string literals, then an object file
/// (docs/architecture.md has the measurements).
weight_form choose_form(const std::string& given, const graph& g, bool standalone)
{
    if (standalone && (given == "object" || given == "file")) {
        throw failure("--standalone is one file: --weights {} makes two", given);
    }
    if (given == "inline") {
        return weight_form::inline_literals;
    }
    if (given == "string") {
        return weight_form::string;
    }
    if (given == "object") {
        return weight_form::object;
    }
    if (given == "file") {
        return weight_form::file;
    }
    const std::size_t bytes = weight_bytes(g);
    return bytes <= 160'000                   ? weight_form::inline_literals
           : bytes <= 2'000'000 || standalone ? weight_form::string
                                              : weight_form::object;
}

namespace {

std::filesystem::path in_place_of_ending(
    const std::filesystem::path& header, const std::string& ending, const std::string& otherwise)
{
    const bool usual = header.extension() == ".hpp";
    return header.parent_path() / ((usual ? header.stem() : header.filename()).string() + (usual ? ending : otherwise));
}

}  // namespace

std::filesystem::path beside(const std::filesystem::path& header, const std::string& what)
{
    return in_place_of_ending(header, "." + what, "-" + what);
}

std::filesystem::path source_of(const std::filesystem::path& header)
{
    return in_place_of_ending(header, ".cpp", "-kernels.cpp");
}

void add_files(output_files& files, const emitted& e, const std::filesystem::path& header)
{
    if (!e.weights.empty()) {
        files.add(beside(header, "weights.bin"), e.weights);
    }
    if (!e.assembler.empty()) {
        files.add(beside(header, "weights.S"), e.assembler);
    }
    if (!e.source.empty()) {
        files.add(source_of(header), e.source);
    }
    files.add(header, e.header);
}

}  // namespace cameo::generator
