// Weights in a file that the program maps or reads, checked by their digest.
#pragma once
#include <cameo/core/target.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cameo::inline CAMEO_TARGET {

/// Where the bytes of a weights file lie, once the program has said so. Blob, written by the generator, has `file`, its
/// name, and `digest`, the 64 characters with which it begins: what is assigned is checked, so that a network never
/// runs with the weights of another, or of its own before it was trained again.
template <class Blob>
class weights_file {
public:
    static constexpr std::size_t alignment = 64;

    /// Tells whether these are the bytes of this file, at a multiple of 64.
    static bool fits(const std::byte* bytes) noexcept
    {
        return bytes && reinterpret_cast<std::uintptr_t>(bytes) % alignment == 0 &&
               std::memcmp(bytes, Blob::digest.data(), Blob::digest.size()) == 0;
    }

    /// Takes the bytes of the whole file, and ends the program if they do not fit.
    weights_file& operator=(const std::byte* bytes) noexcept
    {
        if (!fits(bytes)) {
            fail("is not at this address, which must be a multiple of 64; or it was generated with another header, "
                 "from another model or from this one before it changed");
        }
        bytes_ = bytes;
        return *this;
    }

    const std::byte* data() const noexcept
    {
        if (!bytes_) {
            fail("was not given to the network before its first run: assign the address of its bytes to blob::place");
        }
        return bytes_;
    }

private:
    [[noreturn]] static void fail(const char* what) noexcept
    {
        std::fprintf(
            stderr, "cameo: the weights file %.*s %s\n", static_cast<int>(Blob::file.size()), Blob::file.data(), what);
        std::abort();
    }

    const std::byte* bytes_ = nullptr;
};

}  // namespace cameo::inline CAMEO_TARGET
