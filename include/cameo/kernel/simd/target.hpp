// The table of targets: the files that a target is made of, by what the compiler may use. Beside the files that this
// one names, no kernel asks for a target.
//
// A new target gets a file that overloads what it has instructions for (kernel/simd/generic.hpp lists it), a row here
// and in limits.hpp, and a name in core/target.hpp.
#pragma once
#include <cameo/kernel/simd/generic.hpp>
#if defined(__SSE2__)
#include <cameo/kernel/simd/sse2.hpp>
#endif
#if defined(__AVX2__)
#include <cameo/kernel/simd/avx2.hpp>
#endif
#if defined(__AVX512BW__) && defined(__AVX512VL__)
#include <cameo/kernel/simd/avx512.hpp>
#endif

#if defined(__F16C__)
#include <cameo/kernel/simd/f16c.hpp>
#endif

#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
#include <cameo/kernel/simd/avx512_vnni.hpp>
#elif defined(__AVXVNNI__)
#include <cameo/kernel/simd/avx_vnni.hpp>
#elif defined(__SSE2__)
#include <cameo/kernel/simd/words.hpp>
#endif

#if defined(__AVX512VBMI__)
#include <cameo/kernel/simd/avx512_vbmi.hpp>
#else
#include <cameo/kernel/simd/no_permutation.hpp>
#endif
