// Reads and writes tensors as .npy files, with a parser for the header's Python literal.
#include "support/npy.hpp"
#include "support/failure.hpp"
#include "support/input_file.hpp"
#include <algorithm>
#include <charconv>
#include <string_view>

namespace cameo::generator {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

element from_descriptor(std::string_view d)
{
    // ml_dtypes writes floats and integers of 8 bits and fewer as either.
    const std::string_view written = d == "<V1" || d == "<f1" ? "|V1" : d;
    return find_element([written](element e) { return names_of(e).npy == written; });
}

/// Parses the header that numpy writes as a Python literal, {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4),
/// }, in one pass without recursion.
class header_reader {
public:
    header_reader(std::string_view text, const std::string& file) : rest_(text), file_(file) {}

    void read()
    {
        expect('{');
        while (!skip('}')) {
            const std::string_view key = text();
            expect(':');
            if (key == "descr") {
                type.element = from_descriptor(descriptor = text());
            } else if (key == "fortran_order") {
                fortran = boolean();
            } else if (key == "shape") {
                type.shape = extents();
            } else {
                throw failure("{}: a header with '{}' is not supported", file_, printable(key.substr(0, 40)));
            }
            if (!skip(',')) {
                break;
            }
        }
    }

    tensor_type type;
    std::string_view descriptor;
    bool fortran = false;

private:
    [[noreturn]] void refuse() const
    {
        throw failure("{}: the header is none that numpy writes, from '{}' on", file_, printable(rest_.substr(0, 40)));
    }
    void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size())); }
    bool skip(char c)
    {
        skip_spaces();
        const bool found = rest_.starts_with(c);
        if (found) {
            rest_.remove_prefix(1);
        }
        return found;
    }
    void expect(char c)
    {
        if (!skip(c)) {
            refuse();
        }
    }
    std::string_view text()
    {
        expect('\'');
        const std::size_t end = rest_.find('\'');
        if (end == std::string_view::npos) {
            refuse();
        }
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return found;
    }
    bool boolean()
    {
        skip_spaces();
        for (const std::string_view word : {"True", "False"}) {
            if (rest_.starts_with(word)) {
                rest_.remove_prefix(word.size());
                return word == "True";
            }
        }
        refuse();
    }
    shape extents()
    {
        shape s;
        expect('(');
        while (!skip(')')) {
            dim extent = 0;
            skip_spaces();
            const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
            if (error != std::errc{} || extent < 0) {
                refuse();
            }
            if (s.rank == max_rank) {
                throw failure("{}: more than {} axes", file_, max_rank);
            }
            s.append(extent);
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            if (!skip(',') && !rest_.starts_with(')')) {
                refuse();
            }
        }
        return s;
    }

    std::string_view rest_;
    const std::string& file_;
};

}  // namespace

tensor read_npy(const std::filesystem::path& path)
{
    const std::string bytes = read_file(path);
    if (bytes.size() < 12 || std::string_view(bytes).substr(0, magic.size()) != magic) {
        throw failure("{}: is not a .npy file", path.string());
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    const bool wide = bytes[6] != 1;  // format 1.0 has a 16-bit header length, later ones 32 bits
    const std::size_t first = wide ? 12 : 10;
    const std::size_t length = byte(8) | byte(9) << 8 | (wide ? byte(10) << 16 | byte(11) << 24 : 0);
    if (bytes.size() < first + length) {
        throw failure("{}: is truncated", path.string());
    }
    const std::string name = path.string();
    header_reader header(std::string_view(bytes).substr(first, length), name);
    header.read();
    const tensor_type& type = header.type;
    if (!type.present()) {
        throw failure(
            "{}: element type {} is not supported", path.string(), printable(header.descriptor.substr(0, 40)));
    }
    if (header.fortran && type.shape.rank > 1) {
        throw failure("{}: is in Fortran order: save numpy.ascontiguousarray(a)", path.string());
    }
    if (!countable(type.shape)) {
        throw failure("{}: {} is larger than any tensor may be", path.string(), to_string(type));
    }
    const std::size_t data = first + length;
    if (bytes.size() - data != cameo::bytes(type)) {
        throw failure("{}: {} needs {} bytes of data, found {}", path.string(), to_string(type), cameo::bytes(type),
            bytes.size() - data);
    }
    tensor t(type);
    std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(data), bytes.end(), reinterpret_cast<char*>(t.bytes.data()));
    return t;
}

std::string npy_header(const tensor& t)
{
    std::string extents;
    for (int axis = 0; axis < t.type.shape.rank; ++axis) {
        extents += fmt::format("{},", t.type.shape[axis]);
    }
    std::string header = fmt::format(
        "{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", names_of(t.type.element).npy, extents);
    header.resize((magic.size() + 4 + header.size() + 1 + 63) / 64 * 64 - magic.size() - 4, ' ');
    header.back() = '\n';
    const std::string length{static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
    return std::string(magic) + '\x01' + '\0' + length + header;
}

tensor read_as(tensor t, element expected)
{
    if (names_of(t.type.element).npy == names_of(expected).npy) {
        t.type.element = expected;
    }
    if (t.type.element != element::float16 || expected != element::float32) {
        return t;
    }
    tensor wide({expected, t.type.shape});
    std::ranges::transform(t.as<float16>(), wide.as<float>().begin(), [](float16 x) { return static_cast<float>(x); });
    return wide;
}

}  // namespace cameo::generator
