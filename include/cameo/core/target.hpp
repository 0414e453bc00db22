// The namespace that puts the target of a translation unit into the symbols of its code.
//
// Two objects of one program may be compiled for different processors. Where both have a function of the same name, the
// linker keeps either, and the program may run instructions that the processor does not have. Hence the library and
// generated headers lie in `namespace cameo::inline CAMEO_TARGET`. Options that change floating-point results are part
// of its name, too.
#pragma once

// The vectors, which a reader of a compiler's message wants to know.
#if defined(__AVX512F__)
#define CAMEO_TARGET_VECTORS avx512_
#elif defined(__AVX2__)
#define CAMEO_TARGET_VECTORS avx2_
#elif defined(__AVX__)
#define CAMEO_TARGET_VECTORS avx_
#elif defined(__SSE4_2__)
#define CAMEO_TARGET_VECTORS sse4_2_
#elif defined(__SSE4_1__)
#define CAMEO_TARGET_VECTORS sse4_1_
#elif defined(__SSSE3__)
#define CAMEO_TARGET_VECTORS ssse3_
#elif defined(__SSE3__)
#define CAMEO_TARGET_VECTORS sse3_
#elif defined(__SSE2__)
#define CAMEO_TARGET_VECTORS sse2_
#elif defined(__ARM_FEATURE_SVE)
#define CAMEO_TARGET_VECTORS sve_
#elif defined(__ARM_NEON)
#define CAMEO_TARGET_VECTORS neon_
#else
#define CAMEO_TARGET_VECTORS plain_
#endif

// A letter where a macro of the compiler is 1; nothing where it is 0 or not defined.
#define CAMEO_TARGET_COMMA_1 ,
#define CAMEO_TARGET_COMMA(value) CAMEO_TARGET_COMMA_##value
#define CAMEO_TARGET_SECOND(first, second, ...) second
#define CAMEO_TARGET_CHOOSE(...) CAMEO_TARGET_SECOND(__VA_ARGS__)
#define CAMEO_TARGET_IF(macro, letter) CAMEO_TARGET_CHOOSE(CAMEO_TARGET_COMMA(macro) letter, , )

#define CAMEO_TARGET_PASTE(a, b, c, d, e, f, g, h, i, j, k, l, ...) a##b##c##d##e##f##g##h##i##j##k##l
#define CAMEO_TARGET_JOIN(...) CAMEO_TARGET_PASTE(__VA_ARGS__, , , , , , , , , )

// What else a compiler may use.
#if defined(__ARM_ARCH)
#define CAMEO_TARGET_FEATURES                                                                                          \
    CAMEO_TARGET_JOIN(CAMEO_TARGET_IF(__ARM_FEATURE_FMA, f), CAMEO_TARGET_IF(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC, h), \
        CAMEO_TARGET_IF(__ARM_FEATURE_DOTPROD, d), CAMEO_TARGET_IF(__ARM_FEATURE_MATMUL_INT8, i),                      \
        CAMEO_TARGET_IF(__ARM_FEATURE_BF16, b), CAMEO_TARGET_IF(__ARM_FEATURE_SVE2, s))
#else
#define CAMEO_TARGET_FEATURES                                                                                          \
    CAMEO_TARGET_JOIN(CAMEO_TARGET_IF(__POPCNT__, p), CAMEO_TARGET_IF(__FMA__, f), CAMEO_TARGET_IF(__F16C__, h),       \
        CAMEO_TARGET_IF(__BMI__, b), CAMEO_TARGET_IF(__BMI2__, c), CAMEO_TARGET_IF(__LZCNT__, l),                      \
        CAMEO_TARGET_IF(__MOVBE__, m), CAMEO_TARGET_IF(__XOP__, x), CAMEO_TARGET_IF(__FMA4__, q),                      \
        CAMEO_TARGET_IF(__GFNI__, g), CAMEO_TARGET_IF(__AVXVNNI__, n), CAMEO_TARGET_IF(__AVXIFMA__, i))
#endif
#if defined(__AVX512F__)
#define CAMEO_TARGET_AVX512                                                                                            \
    CAMEO_TARGET_JOIN(CAMEO_TARGET_IF(__AVX512CD__, C), CAMEO_TARGET_IF(__AVX512BW__, W),                              \
        CAMEO_TARGET_IF(__AVX512DQ__, D), CAMEO_TARGET_IF(__AVX512VL__, L), CAMEO_TARGET_IF(__AVX512IFMA__, I),        \
        CAMEO_TARGET_IF(__AVX512VBMI__, V), CAMEO_TARGET_IF(__AVX512VBMI2__, U), CAMEO_TARGET_IF(__AVX512VNNI__, N),   \
        CAMEO_TARGET_IF(__AVX512BITALG__, T), CAMEO_TARGET_IF(__AVX512VPOPCNTDQ__, P),                                 \
        CAMEO_TARGET_IF(__AVX512BF16__, B), CAMEO_TARGET_IF(__AVX512FP16__, H))
#else
#define CAMEO_TARGET_AVX512
#endif
#define CAMEO_TARGET_MATH                                                                                              \
    CAMEO_TARGET_JOIN(CAMEO_TARGET_IF(__FAST_MATH__, F), CAMEO_TARGET_IF(__FINITE_MATH_ONLY__, O),                     \
        CAMEO_TARGET_IF(__ASSOCIATIVE_MATH__, A), CAMEO_TARGET_IF(__RECIPROCAL_MATH__, R),                             \
        CAMEO_TARGET_IF(__NO_SIGNED_ZEROS__, Z))

#define CAMEO_TARGET                                                                                                   \
    CAMEO_TARGET_JOIN(CAMEO_TARGET_VECTORS, CAMEO_TARGET_FEATURES, CAMEO_TARGET_AVX512, CAMEO_TARGET_MATH)
