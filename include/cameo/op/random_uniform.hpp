// RandomUniform: random numbers from [0, 1), others in each run, the same ones whenever the program starts.
#pragma once
#include <cameo/core/philox.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct random_uniform_attributes {
    shape of{};      ///< the result
    dim seed = 0;    ///< 32 bits
    dim stream = 0;  ///< 32 bits: layers of one seed draw other numbers in another stream
    static constexpr void each(auto visit)
    {
        visit("of", &random_uniform_attributes::of);
        visit("seed", &random_uniform_attributes::seed);
        visit("stream", &random_uniform_attributes::stream);
    }
};

/// What ONNX's RandomUniform, RandomNormal, Multinomial and Bernoulli draw from: multiples of 2^-24 from [0, 1), each
/// as likely. The generator, which ONNX leaves open, is Philox4x32-10 (cameo/core/philox.hpp): the key is seed and
/// stream, the position is the run and the number of four elements. So an element depends on nothing but these, and
/// takes the same time wherever it is.
struct random_uniform_spec : random_uniform_attributes {
    using attributes = random_uniform_attributes;
    tensor_type runs{};  ///< int64: how many there were before

    template <class T>
    using signature = float(T);
    using parameters = type_list<type_list<std::int64_t>>;
};

enum class random_uniform_problem { none, count_of_runs_must_be_one_number, seed_and_stream_must_have_32_bits };

constexpr random_uniform_problem check(const random_uniform_spec& s)
{
    using enum random_uniform_problem;
    constexpr auto fits = [](dim v) { return v >= 0 && v <= dim{0xFFFFFFFF}; };
    if (s.runs.shape.count() != 1) {
        return count_of_runs_must_be_one_number;
    }
    return fits(s.seed) && fits(s.stream) ? none : seed_and_stream_must_have_32_bits;
}

constexpr tensor_type result(const random_uniform_spec& s) { return {element::float32, s.of}; }

constexpr void evaluate(const random_uniform_spec& s, std::span<const std::int64_t> runs, std::span<float> y)
{
    const auto low = [](auto v) { return static_cast<std::uint32_t>(v & 0xFFFFFFFF); };
    const auto run = static_cast<std::uint64_t>(runs[0]);
    const std::array key{low(s.seed), low(s.stream)};
    for (std::size_t i = 0; i < y.size(); i += 4) {
        const std::uint64_t four = i / 4;
        const auto drawn = philox({low(four), low(four >> 32), low(run), low(run >> 32)}, key);
        for (std::size_t k = 0; k < std::min<std::size_t>(4, y.size() - i); ++k) {
            y[i + k] = static_cast<float>(drawn[k] >> 8) * 0x1p-24f;
        }
    }
}

template <auto Result, class Operands, random_uniform_attributes Attributes = random_uniform_attributes{},
    class Secondary = into<>>
using random_uniform = layer<random_uniform_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
