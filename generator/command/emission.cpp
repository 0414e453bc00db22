// Chooses the form of the weights (--weights auto), and names the files that go beside a header.
#include "command/emission.hpp"
#include "memory_plan/memory_plan.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

const std::vector<std::pair<std::string, std::optional<weight_form>>>& weight_forms()
{
    static const std::vector<std::pair<std::string, std::optional<weight_form>>> all{
        {"inline", weight_form::inline_literals}, {"string", weight_form::string}, {"object", weight_form::object},
        {"file", weight_form::file}, {"auto", std::nullopt}};
    return all;
}

std::string name_of(weight_form form)
{
    return std::ranges::find(weight_forms(), form, &std::pair<std::string, std::optional<weight_form>>::second)->first;
}

/// Chooses literals while they are readable and compile quickly, then string literals, then an object file
/// (docs/architecture.md has the measurements).
weight_form choose_form(std::optional<weight_form> given, const graph& g, bool standalone)
{
    if (standalone && given && has_file(*given)) {
        throw failure("--standalone is one file: --weights {} makes two", name_of(*given));
    }
    if (given) {
        return *given;
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
