// Tensors of a file: raw or typed fields, in the file or beside it.
#include "model/model.hpp"
#include "support/failure.hpp"
#include <fstream>
#include <limits>

namespace cameo::generator {

namespace {

constexpr dim largest_tensor = dim{1} << 40;

tensor_type type_of(const onnx::TensorProto& proto)
{
    tensor_type type{to_element(proto.data_type()), {}};
    if (!type.present()) throw failure("tensor '{}': {} is not supported", printable(proto.name()), element_type_name(proto.data_type()));
    if (proto.dims_size() > max_rank) throw failure("tensor '{}': rank {}, at most {} is supported", printable(proto.name()), proto.dims_size(), max_rank);
    dim count = 1;
    for (const dim d : proto.dims()) {
        if (d < 0 || (d > 0 && count > largest_tensor / d)) throw failure("tensor '{}': dims are negative or too large", printable(proto.name()));
        count *= d;
        type.shape.append(d);
    }
    return type;
}

std::string external_bytes(const onnx::TensorProto& proto, const std::filesystem::path& directory)
{
    std::filesystem::path location;
    std::uint64_t offset = 0, length = std::numeric_limits<std::uint64_t>::max();
    const auto number = [&](const std::string& text) {
        try {
            return std::stoull(text);
        }
        catch (const std::exception&) {
            throw failure("tensor '{}': external data offset or length '{}' is no number", printable(proto.name()), printable(text));
        }
    };
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") location = entry.value();
        if (entry.key() == "offset") offset = number(entry.value());
        if (entry.key() == "length") length = number(entry.value());
    }
    // ONNX: relative to the model and inside its directory; anything else could read any file of the machine.
    const std::filesystem::path home = directory.empty() ? "." : directory;
    const std::filesystem::path relative = location.is_relative() ? std::filesystem::relative(home / location, home) : "";  // links followed
    if (location.empty() || relative.empty() || *relative.begin() == "..")
        throw failure("tensor '{}': external data location '{}' is not inside the model's directory", printable(proto.name()), printable(location.string()));
    std::ifstream file(home / relative, std::ios::binary | std::ios::ate);
    if (!file) throw failure("tensor '{}': external data file '{}' cannot be opened: it belongs beside the model", printable(proto.name()), printable(location.string()));
    const auto size = static_cast<std::uint64_t>(file.tellg());
    if (offset > size) throw failure("tensor '{}': external data starts at byte {} of a file of {}", printable(proto.name()), offset, size);
    std::string bytes(std::min(length, size - offset), '\0');
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

void copy_raw(tensor& t, const std::string& raw, const std::string& name)
{
    if (raw.size() != bytes(t.type))
        throw failure("tensor '{}': {} needs {} bytes, the file has {}", printable(name), to_string(t.type), bytes(t.type), raw.size());
    if (!raw.empty()) std::memcpy(t.bytes.data(), raw.data(), raw.size());
    if (t.type.element == element::boolean)
        for (std::byte& b : t.bytes) b = b == std::byte{0} ? b : std::byte{1};
}

template <class Field>
void copy_field(tensor& t, const Field& field, const std::string& name)
{
    if (static_cast<dim>(field.size()) != t.type.shape.count())
        throw failure("tensor '{}': {} needs {} elements, the file has {}", printable(name), to_string(t.type), t.type.shape.count(), field.size());
    with_elements(t, [&]<class T>(std::span<T> to) {
        std::size_t i = 0;
        for (const auto v : field) to[i++] = static_cast<T>(v);
    });
}

}  // namespace

tensor decode(const onnx::TensorProto& proto, const std::filesystem::path& directory)
{
    const tensor_type type = type_of(proto);
    if (proto.has_segment()) throw failure("tensor '{}': is stored in segments, which is not supported", printable(proto.name()));
    tensor t;
    t.type = type;
    const auto allocate = [&] { t.bytes.resize(bytes(type)); };
    if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
        const std::string raw = external_bytes(proto, directory);
        if (raw.size() == bytes(type)) allocate();
        copy_raw(t, raw, proto.name());
        return t;
    }
    if (proto.has_raw_data()) {
        if (proto.raw_data().size() == bytes(type)) allocate();
        copy_raw(t, proto.raw_data(), proto.name());
        return t;
    }
    const auto fill = [&](const auto& field) {
        if (static_cast<dim>(field.size()) == type.shape.count()) allocate();
        copy_field(t, field, proto.name());
    };
    switch (type.element) {
        case element::float32: fill(proto.float_data()); break;
        case element::float64: fill(proto.double_data()); break;
        case element::int64: fill(proto.int64_data()); break;
        default: fill(proto.int32_data()); break;
    }
    return t;
}

}  // namespace cameo::generator
