// The widest vector of floats on the target, for programs that measure the machine without the library.
#pragma once

#if defined(__AVX512F__)
constexpr int bytes = 64;
#elif defined(__AVX__)
constexpr int bytes = 32;
#else
constexpr int bytes = 16;
#endif

using vector [[gnu::vector_size(bytes)]] = float;
