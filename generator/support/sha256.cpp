// Computes SHA-256 with Nettle, which uses the instructions that processors have for it.
#include "support/sha256.hpp"
#include <array>
#include <fmt/ranges.h>
#include <nettle/sha2.h>

namespace cameo::generator {

namespace {

using sha256_value = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

/// From version 4 on, Nettle's function does not take the length of the digest.
void take_digest(auto& context, sha256_value& to)
{
    if constexpr (requires { sha256_digest(&context, to.data()); }) {
        sha256_digest(&context, to.data());
    } else {
        sha256_digest(&context, to.size(), to.data());
    }
}

}  // namespace

std::string sha256(std::string_view bytes)
{
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    sha256_value digest{};
    take_digest(context, digest);
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace cameo::generator
