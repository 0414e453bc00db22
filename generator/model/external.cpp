// Reads tensor data from files beside the model, and refuses paths and links that leave its directory.
#include "model/external.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include "support/input_file.hpp"
#include <algorithm>
#include <charconv>

namespace cameo::generator {

namespace {

struct byte_range {
    std::filesystem::path location;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length;
};

std::uint64_t number(const onnx::TensorProto& proto, const std::string& text)
{
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw failure(
            "tensor '{}': external data offset or length '{}' is no number", printable(proto.name()), printable(text));
    }
    return n;
}

byte_range range_of(const onnx::TensorProto& proto)
{
    byte_range p;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") {
            p.location = entry.value();
        }
        if (entry.key() == "offset") {
            p.offset = number(proto, entry.value());
        }
        if (entry.key() == "length") {
            p.length = number(proto, entry.value());
        }
    }
    return p;
}

namespace fs = std::filesystem;

bool links_are_followed = false;

[[noreturn]] void refuse_link(const std::string& what, const char* how)
{
    throw failure("{} is {}: --follow-links reads it, which is for models that you trust", what, how);
}

/// Resolves a location. ONNX requires it to be relative to the model and inside its directory; anything else could read
/// any file of the machine. `what` begins the message.
fs::path inside(const fs::path& directory, const byte_range& p, const std::string& what)
{
    const fs::path home = directory.empty() ? "." : directory, normal = p.location.lexically_normal();
    if (!p.location.is_relative() || normal.empty() || !normal.has_filename() || normal == "." ||
        *normal.begin() == "..") {
        throw failure("{} is not inside the model's directory", what);
    }
    if (links_are_followed) {
        return home / p.location;
    }
    std::error_code error;
    const fs::path real = fs::canonical(home / p.location, error),
                   real_home = error ? fs::path() : fs::canonical(home, error);
    if (error) {
        throw failure("{} cannot be opened: {}: it belongs beside the model", what, reason(error));
    }
    const auto [end, unused] = std::mismatch(real_home.begin(), real_home.end(), real.begin(), real.end());
    if (end != real_home.end()) {
        refuse_link(what, "a link out of the model's directory");
    }
    return home / p.location;
}

}  // namespace

void follow_links() { links_are_followed = true; }

std::string external_bytes(const onnx::TensorProto& proto, const fs::path& directory, std::optional<std::size_t> size)
{
    const byte_range p = range_of(proto);
    const std::string what =
        fmt::format("tensor '{}': external data file '{}'", printable(proto.name()), printable(p.location.string()));
    const input_file file(inside(directory, p, what), what, readable::regular);
    if (file.links() > 1 && !links_are_followed) {
        refuse_link(what, "a file of several names (hard links)");
    }
    const std::uint64_t whole = file.size();
    if (p.offset > whole) {
        throw failure(
            "tensor '{}': external data starts at byte {} of a file of {}", printable(proto.name()), p.offset, whole);
    }
    // Without a length, the tensor's own size counts: a file may hold many tensors.
    const std::uint64_t found = std::min(p.length.value_or(size.value_or(whole)), whole - p.offset);
    if (found != size.value_or(found)) {
        throw failure("tensor '{}': needs {} bytes, its external data are {}", printable(proto.name()), *size, found);
    }
    std::string bytes = file.read(p.offset, found);
    if (bytes.size() != found) {
        throw failure("{} cannot be read: it became shorter", what);
    }
    return bytes;
}

}  // namespace cameo::generator
