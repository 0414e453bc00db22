#include "support/npy.hpp"
#include "support/failure.hpp"
#include "support/input_file.hpp"
#include <regex>

namespace cameo::generator {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

std::string_view descriptor(element e)
{
    switch (e) {
        case element::float64: return "<f8";
        case element::int32: return "<i4";
        case element::int64: return "<i8";
        case element::uint8: return "|u1";
        case element::int8: return "|i1";
        case element::boolean: return "|b1";
        default: return "<f4";
    }
}

element from_descriptor(const std::string& d)
{
    for (const element e : {element::float32, element::float64, element::int32, element::int64, element::uint8, element::int8, element::boolean})
        if (d == descriptor(e)) return e;
    return element::none;
}

std::string match(const std::string& header, const char* pattern)
{
    std::smatch found;
    return std::regex_search(header, found, std::regex(pattern)) ? found[1].str() : "";
}

}  // namespace

tensor read_npy(const std::filesystem::path& path)
{
    const std::string bytes = read_file(path);
    if (bytes.size() < 12 || std::string_view(bytes).substr(0, magic.size()) != magic) throw failure("{}: is not a .npy file", path.string());
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    const bool wide = bytes[6] != 1;  // format 1.0 has a 16-bit header length, later ones 32 bits
    const std::size_t first = wide ? 12 : 10;
    const std::size_t length = byte(8) | byte(9) << 8 | (wide ? byte(10) << 16 | byte(11) << 24 : 0);
    if (bytes.size() < first + length) throw failure("{}: is truncated", path.string());
    const std::string header = bytes.substr(first, length);
    tensor_type type{from_descriptor(match(header, "'descr': *'([^']*)'")), {}};
    if (!type.present()) throw failure("{}: element type {} is not supported", path.string(), printable(match(header, "'descr': *'([^']*)'")));
    const std::string extents = match(header, "'shape': *\\(([^)]*)\\)");
    const std::regex number("[0-9]+");
    for (std::sregex_iterator i(extents.begin(), extents.end(), number), end; i != end; ++i) {
        if (type.shape.rank == max_rank) throw failure("{}: more than {} axes", path.string(), max_rank);
        type.shape.append(std::stoll(i->str()));
    }
    if (match(header, "'fortran_order': *(True)") == "True" && type.shape.rank > 1) throw failure("{}: is in Fortran order: save numpy.ascontiguousarray(a)", path.string());
    const std::size_t data = first + length;
    if (bytes.size() - data != cameo::bytes(type)) throw failure("{}: {} needs {} bytes of data, found {}", path.string(), to_string(type), cameo::bytes(type), bytes.size() - data);
    tensor t(type);
    std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(data), bytes.end(), reinterpret_cast<char*>(t.bytes.data()));
    return t;
}

std::string npy_header(const tensor& t)
{
    std::string extents;
    for (int axis = 0; axis < t.type.shape.rank; ++axis) extents += fmt::format("{},", t.type.shape[axis]);
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", descriptor(t.type.element), extents);
    header.resize((magic.size() + 4 + header.size() + 1 + 63) / 64 * 64 - magic.size() - 4, ' ');
    header.back() = '\n';
    const std::string length{static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
    return std::string(magic) + '\x01' + '\0' + length + header;
}

}  // namespace cameo::generator
