// Measures how much machine code this program contains for one of its parts.
#pragma once
#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <link.h>
#include <map>
#include <string>
#include <string_view>

/// Bytes of the functions of this program whose symbol contains one of `names`, from its own symbol table (ELF); 0 once
/// that is stripped.
inline std::size_t code_size(std::initializer_list<std::string_view> names)
{
    std::ifstream file("/proc/self/exe", std::ios::binary);
    const std::string program(std::istreambuf_iterator<char>(file), {});
    const auto at = [&]<class T>(T, std::size_t offset, std::size_t i) {
        return reinterpret_cast<const T*>(program.data() + offset)[i];
    };
    const auto header = at(ElfW(Ehdr){}, 0, 0);
    std::map<std::size_t, std::size_t> functions;  // address to size: one function may have several symbols
    for (std::size_t s = 0; s < header.e_shnum; ++s) {
        const auto section = at(ElfW(Shdr){}, header.e_shoff, s);
        if (section.sh_type != SHT_SYMTAB) {
            continue;
        }
        const char* const text = program.data() + at(ElfW(Shdr){}, header.e_shoff, section.sh_link).sh_offset;
        for (std::size_t i = 0; i < section.sh_size / sizeof(ElfW(Sym)); ++i) {
            const auto symbol = at(ElfW(Sym){}, section.sh_offset, i);
            const std::string_view name = text + symbol.st_name;
            const auto named = [&](std::string_view part) { return name.find(part) != name.npos; };
            if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC && std::any_of(names.begin(), names.end(), named)) {
                functions[symbol.st_value] = symbol.st_size;
            }
        }
    }
    std::size_t bytes = 0;
    for (const auto& [address, size] : functions) {
        bytes += size;
    }
    return bytes;
}
