// Packs and unpacks elements of 2, 4 and 6 bits (onnx.proto: TensorProto.raw_data).
#include "model/packing.hpp"

namespace cameo::generator {

namespace {

constexpr std::size_t bits_in_byte = 8;

/// Returns the least bytes that hold so many elements of so many bits.
std::size_t bytes_of(std::size_t count, std::size_t width) { return (count * width + bits_in_byte - 1) / bits_in_byte; }

}  // namespace

std::size_t bytes_in_file(const tensor_type& t)
{
    return bytes_of(index(t.shape.count()), static_cast<std::size_t>(bits_in_file(t.element)));
}

tensor unpacked(const tensor_type& type, std::string_view packed)
{
    tensor t(type);
    const auto width = static_cast<std::size_t>(bits_in_file(type.element));
    if (width >= bits_in_byte) {
        std::copy_n(packed.data(), packed.size(), reinterpret_cast<char*>(t.bytes.data()));
        return t;
    }
    for (std::size_t i = 0; i < t.bytes.size(); ++i) {
        const std::size_t byte = i * width / bits_in_byte;
        unsigned window = static_cast<unsigned char>(packed[byte]);
        if (byte + 1 < packed.size()) {
            window |= static_cast<unsigned>(static_cast<unsigned char>(packed[byte + 1])) << bits_in_byte;
        }
        t.bytes[i] = static_cast<std::byte>(window >> i * width % bits_in_byte & ((1u << width) - 1));
    }
    return t;
}

std::string packed(const tensor& t)
{
    const auto width = static_cast<std::size_t>(bits_in_file(t.type.element));
    if (width >= bits_in_byte) {
        return {reinterpret_cast<const char*>(t.bytes.data()), t.bytes.size()};
    }
    std::string all(bytes_in_file(t.type), '\0');
    for (std::size_t i = 0; i < t.bytes.size(); ++i) {
        const std::size_t byte = i * width / bits_in_byte;
        const unsigned window = static_cast<unsigned>(t.bytes[i]) << i * width % bits_in_byte;
        all[byte] = static_cast<char>(static_cast<unsigned char>(all[byte]) | (window & 255));
        if (window > 255) {
            all[byte + 1] = static_cast<char>(window >> bits_in_byte);
        }
    }
    return all;
}

}  // namespace cameo::generator
