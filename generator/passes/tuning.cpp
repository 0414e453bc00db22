// Reads and writes the lines of a tuning file: the shapes of a convolution, and how it is computed fastest.
#include "passes/tuning.hpp"
#include "support/failure.hpp"
#include "support/input_file.hpp"
#include <charconv>
#include <sstream>

namespace cameo::generator {

namespace {

std::string shapes_text(const shape& x, const shape& w, const window& slide, dim group)
{
    std::string strides, begin, end, dilations;
    const auto append = [](std::string& list, dim n) { list += fmt::format("{}{}", list.empty() ? "" : ",", n); };
    for (int a = 0; a < x.rank - 2; ++a) {
        append(strides, slide.stride(a));
        append(begin, slide.pad_begin(a));
        append(end, slide.pad_end(a));
        append(dilations, slide.dilation(a));
    }
    const auto extents = [&](const shape& s) {
        std::string list;
        for (int a = 0; a < s.rank; ++a) {
            append(list, s[a]);
        }
        return list;
    };
    return fmt::format("x={} w={} strides={} pads={},{} dilations={} group={}", extents(x), extents(w), strides, begin,
        end, dilations, group);
}

/// Parses "direct" or "winograd 4"; throws failure with what was expected.
dim parse_choice(std::string_view text)
{
    constexpr std::string_view prefix = "winograd ";
    dim tile = 0;
    if (text == "direct") {
        return tile;
    }
    const bool named = text.starts_with(prefix);
    const char* const last = text.data() + text.size();
    const auto [end, error] = named ? std::from_chars(text.data() + prefix.size(), last, tile)
                                    : std::from_chars_result{last, std::errc::invalid_argument};
    if (error != std::errc{} || end != last || tile < 1) {
        throw failure("expected 'direct' or 'winograd TILE', found '{}'", printable(text));
    }
    return tile;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

}  // namespace

std::string shapes_of(const conv_spec& s) { return shapes_text(s.x.shape, s.w.shape, s.window, s.group); }
std::string shapes_of(const winograd_spec& s)
{
    return shapes_text(s.x.shape, {s.filters, s.channels(), s.taps, s.taps}, s.window, s.group);
}

tuning read_tuning(const std::filesystem::path& path)
{
    std::istringstream file(read_file(path));
    tuning all;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const std::string_view text = trimmed(std::string_view(line).substr(0, line.find('#')));
        if (text.empty()) {
            continue;
        }
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) {
            throw failure(
                "{}:{}: expected shapes, a colon and a choice, found '{}'", path.string(), number, printable(text));
        }
        try {
            all[std::string(trimmed(text.substr(0, colon)))] = parse_choice(trimmed(text.substr(colon + 1)));
        } catch (const failure& e) {
            throw failure("{}:{}: {}", path.string(), number, e.what());
        }
    }
    return all;
}

std::string method_text(dim tile) { return tile == 0 ? "direct" : fmt::format("winograd {}", tile); }

}  // namespace cameo::generator
