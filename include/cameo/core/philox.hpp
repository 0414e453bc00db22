// Philox4x32-10: random numbers computed from their position, so that nothing but a count is kept.
#pragma once
#include <array>
#include <cameo/core/target.hpp>
#include <cstdint>

namespace cameo::inline CAMEO_TARGET {

/// Returns the four random numbers of one position, for one key.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011: Philox4x32 with ten rounds.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> position, std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * position[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57} * position[2];
        position = {static_cast<std::uint32_t>(second >> 32) ^ position[1] ^ key[0], static_cast<std::uint32_t>(second),
            static_cast<std::uint32_t>(first >> 32) ^ position[3] ^ key[1], static_cast<std::uint32_t>(first)};
        key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
    }
    return position;
}

}  // namespace cameo::inline CAMEO_TARGET
