// Reads the size of executable sections from an ELF object, and the largest stack frame from a .su file.
#include "toolchain/object_file.hpp"
#include <algorithm>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace cameo::generator {

namespace {

/// Reads a structure at an offset of the file; nothing if it reaches beyond the end.
template <class T>
std::optional<T> read(const std::string& bytes, std::size_t at)
{
    if (at > bytes.size() || bytes.size() - at < sizeof(T)) {
        return std::nullopt;
    }
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

}  // namespace

std::optional<std::size_t> code_bytes(const std::filesystem::path& object)
{
    std::ifstream file(object, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const auto header = read<Elf64_Ehdr>(bytes, 0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64) {
        return std::nullopt;
    }
    std::size_t count = header->e_shnum;
    // If there are more than 65,279 sections (every template function is one), the first section has their number.
    if (count == 0) {
        if (const auto first = read<Elf64_Shdr>(bytes, header->e_shoff)) {
            count = first->sh_size;
        }
    }
    std::size_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto section = read<Elf64_Shdr>(bytes, header->e_shoff + i * sizeof(Elf64_Shdr));
        if (!section) {
            return std::nullopt;
        }
        if (section->sh_flags & SHF_EXECINSTR) {
            sum += section->sh_size;
        }
    }
    return sum;
}

std::optional<std::size_t> largest_frame(const std::filesystem::path& stack_usage)
{
    std::ifstream file(stack_usage);
    if (!file) {
        return std::nullopt;
    }
    std::size_t largest = 0;
    for (std::string line; std::getline(file, line);) {  // place:function <tab> bytes <tab> static, or dynamic
        std::size_t bytes = 0;
        if (std::istringstream(line.substr(std::min(line.find('\t'), line.size()))) >> bytes) {
            largest = std::max(largest, bytes);
        }
    }
    return largest;
}

}  // namespace cameo::generator
