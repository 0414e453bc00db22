// Decodes TensorProto: raw or typed fields, in the file or beside it.
#include "model/external.hpp"
#include "model/model.hpp"
#include "model/packing.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

constexpr dim largest_tensor = dim{1} << 40;

tensor from_raw(const onnx::TensorProto& proto, const tensor_type& type, std::string_view raw)
{
    if (raw.size() != bytes_in_file(type)) {
        throw failure("tensor '{}': {} needs {} bytes, the file has {}", printable(proto.name()), to_string(type),
            bytes_in_file(type), raw.size());
    }
    tensor t = unpacked(type, raw);
    if (type.element == element::boolean) {
        for (std::byte& b : t.bytes) {
            b = b == std::byte{0} ? b : std::byte{1};
        }
    }
    return t;
}

/// Converts an entry of a typed field to an element. int32_data holds elements of fewer bits, and the bits of float16.
template <class T, class Entry>
T from_entry(const onnx::TensorProto& proto, Entry entry)
{
    bool fits = true;
    T element{};
    if constexpr (cameo::detail::is_narrow<T>) {
        const auto bits = static_cast<typename T::bits_type>(entry);
        fits = static_cast<Entry>(bits) == entry && bits >> cameo::detail::bits_in_file<T>() == 0;
        element = T::from_bits(bits);
    } else {
        element = static_cast<T>(entry);
        if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
            fits = static_cast<Entry>(element) == entry;
        }
    }
    if (!fits) {
        throw failure("tensor '{}': {} is no {}", printable(proto.name()), entry, element_type_name(proto.data_type()));
    }
    return element;
}

template <class Field>
tensor from_field(const onnx::TensorProto& proto, const tensor_type& type, const Field& field)
{
    if (static_cast<dim>(field.size()) != type.shape.count()) {
        throw failure("tensor '{}': {} needs {} elements, the file has {}", printable(proto.name()), to_string(type),
            type.shape.count(), field.size());
    }
    tensor t(type);
    with_elements(t, [&]<class T>(std::span<T> to) {
        std::size_t i = 0;
        for (const auto entry : field) {
            to[i++] = from_entry<T>(proto, entry);
        }
    });
    return t;
}

/// Two elements of 4 bits share an entry, and four of 2 bits.
tensor from_int32_data(const onnx::TensorProto& proto, const tensor_type& type)
{
    const int width = bits_in_file(type.element);
    if (width >= 8 || 8 % width != 0) {
        return from_field(proto, type, proto.int32_data());
    }
    std::string bytes;
    for (const std::int32_t entry : proto.int32_data()) {
        bytes += static_cast<char>(entry);
    }
    return from_raw(proto, type, bytes);
}

}  // namespace

tensor_type declared_type(const onnx::TensorProto& proto)
{
    tensor_type type{to_element(proto.data_type()), {}};
    if (!type.present()) {
        throw failure(
            "tensor '{}': {} is not supported", printable(proto.name()), element_type_name(proto.data_type()));
    }
    if (proto.dims_size() > max_rank) {
        throw failure(
            "tensor '{}': rank {}, at most {} is supported", printable(proto.name()), proto.dims_size(), max_rank);
    }
    dim count = 1;
    for (const dim d : proto.dims()) {
        if (d < 0 || (d > 0 && count > largest_tensor / d)) {
            throw failure("tensor '{}': dims are negative or too large", printable(proto.name()));
        }
        count *= d;
        type.shape.append(d);
    }
    return type;
}

tensor decode(const onnx::TensorProto& proto, const std::filesystem::path& directory)
{
    const tensor_type type = declared_type(proto);
    if (proto.has_segment()) {
        throw failure("tensor '{}': is stored in segments, which is not supported", printable(proto.name()));
    }
    if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
        return from_raw(proto, type, external_bytes(proto, directory, bytes_in_file(type)));
    }
    if (proto.has_raw_data()) {
        return from_raw(proto, type, proto.raw_data());
    }
    switch (proto.data_type()) {
    case onnx::TensorProto::FLOAT: return from_field(proto, type, proto.float_data());
    case onnx::TensorProto::DOUBLE: return from_field(proto, type, proto.double_data());
    case onnx::TensorProto::INT64: return from_field(proto, type, proto.int64_data());
    case onnx::TensorProto::UINT32:
    case onnx::TensorProto::UINT64: return from_field(proto, type, proto.uint64_data());
    default: return from_int32_data(proto, type);
    }
}

}  // namespace cameo::generator
