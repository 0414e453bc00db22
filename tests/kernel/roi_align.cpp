// Holds the fast path of RoiAlign against the definition in double, on regions within and outside of the images.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/roi_align.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

struct layer_of_roi_align {
    roi_align_spec spec{};
    tensor_type y{};
};

constexpr layer_of_roi_align random_roi_align(int seed)
{
    test::dice roll(seed);
    roi_align_spec s;
    s.x = {element::float32, {roll(1, 3), roll(1, 40), roll(1, 9), roll(1, 9)}};
    s.rois = {element::float32, {roll(1, 12), 4}};
    s.batch_indices = {element::int64, {s.rois.shape[0]}};
    s.mode = roll.pick(roi_mode::avg, roi_mode::max);
    s.coordinates = roll.pick(roi_coordinates::half_pixel, roi_coordinates::output_half_pixel);
    s.rows = roll(1, 4);
    s.columns = roll(1, 4);
    s.sampling_ratio = roll.pick(0, 0, 1, 2, 3);
    s.spatial_scale = roll.pick(1.0, 0.25);
    const tensor_type y = result(s);
    if (roll.once_in(3)) {
        return {s, y};
    }
    s.x = s.x.blocked(test::random_halo(roll));
    return {s, y.blocked(test::random_halo(roll))};
}

/// Makes regions of all sizes, of which some are empty, turned around, far away or enormous.
std::vector<float> random_regions(dim count, double scale, std::mt19937& random)
{
    std::uniform_real_distribution<float> place(-3, 12);
    std::vector<float> rois(index(4 * count));
    for (float& v : rois) {
        v = place(random) / static_cast<float>(scale);
    }
    rois[0] *= 1e6f;
    return rois;
}

}  // namespace

TEST_CASE("random regions")
{
    test::for_each_seed<32>([]<int Seed> {
        static constexpr layer_of_roi_align layer = random_roi_align(Seed);
        constexpr roi_align_spec s = layer.spec;
        static_assert(check(s) == roi_align_problem::none);
        static_assert(!requires { kernel<layer.spec, layer.y>::plain_definition; });
        std::mt19937 random(Seed);
        const std::vector<float> x = test::random_values(s.x.shape.count(), random),
                                 rois = random_regions(s.rois.shape[0], s.spatial_scale, random);
        std::vector<std::int64_t> images(index(s.rois.shape[0]));
        std::ranges::generate(images, [&] { return static_cast<std::int64_t>(random() % 5) - 1; });
        test::buffer<float> stored(s.x), y(layer.y);
        stored.set(x);
        kernel<layer.spec, layer.y>::run(stored.span(), rois, images, y.span());
        const std::vector<double> wide_x(x.begin(), x.end()), wide_rois(rois.begin(), rois.end());
        std::vector<double> expected(index(layer.y.shape.count()));
        evaluate(s, std::span<const double>(wide_x), std::span<const double>(wide_rois),
            std::span<const std::int64_t>(images), std::span<double>(expected));
        std::vector<float> found(expected.size());
        rearrange<float>(layer.y, y.span(), layer.y.plain(), found);
        CHECK(y.well_written());
        for (std::size_t i = 0; i < found.size(); ++i) {
            CHECK(std::abs(found[i] - expected[i]) < 4e-6);
        }
        return true;
    });
}
