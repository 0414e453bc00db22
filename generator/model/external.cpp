#include "model/external.hpp"
#include "support/failure.hpp"
#include <charconv>
#include <fstream>

namespace cameo::generator {

namespace {

struct place {
    std::filesystem::path location;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length;
};

std::uint64_t number(const onnx::TensorProto& proto, const std::string& text)
{
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size())
        throw failure("tensor '{}': external data offset or length '{}' is no number", printable(proto.name()), printable(text));
    return n;
}

place place_of(const onnx::TensorProto& proto)
{
    place p;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") p.location = entry.value();
        if (entry.key() == "offset") p.offset = number(proto, entry.value());
        if (entry.key() == "length") p.length = number(proto, entry.value());
    }
    return p;
}

/// ONNX: relative to the model and inside its directory; anything else could read any file of the machine.
std::filesystem::path inside(const std::filesystem::path& directory, const place& p, const std::string& name)
{
    const std::filesystem::path home = directory.empty() ? "." : directory;
    const std::filesystem::path relative = p.location.is_relative() ? std::filesystem::relative(home / p.location, home) : "";  // links followed
    if (p.location.empty() || relative.empty() || *relative.begin() == "..")
        throw failure("tensor '{}': external data location '{}' is not inside the model's directory", printable(name), printable(p.location.string()));
    return home / relative;
}

}  // namespace

std::string external_bytes(const onnx::TensorProto& proto, const std::filesystem::path& directory, std::optional<std::size_t> size)
{
    const place p = place_of(proto);
    std::ifstream file(inside(directory, p, proto.name()), std::ios::binary | std::ios::ate);
    if (!file)
        throw failure("tensor '{}': external data file '{}' cannot be opened: it belongs beside the model", printable(proto.name()), printable(p.location.string()));
    const auto whole = static_cast<std::uint64_t>(file.tellg());
    if (p.offset > whole) throw failure("tensor '{}': external data starts at byte {} of a file of {}", printable(proto.name()), p.offset, whole);
    // Without a length, what the tensor needs: a file may hold many.
    const std::uint64_t found = std::min(p.length.value_or(size.value_or(whole)), whole - p.offset);
    if (found != size.value_or(found)) throw failure("tensor '{}': needs {} bytes, its external data are {}", printable(proto.name()), *size, found);
    std::string bytes(found, '\0');
    file.seekg(static_cast<std::streamoff>(p.offset));
    if (!file.read(bytes.data(), static_cast<std::streamsize>(found)))
        throw failure("tensor '{}': external data file '{}' cannot be read", printable(proto.name()), printable(p.location.string()));
    return bytes;
}

}  // namespace cameo::generator
