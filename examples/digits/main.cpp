// Recognizes handwritten digits with the network of digits.hpp, and prints accuracy, latency and sizes.
#include "code_size.hpp"
#include "digits.hpp"
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <vector>

namespace {

using pixels = std::array<float, digits::image::type.shape.count()>;

struct labelled_image {
    int label;
    pixels image;
};

/// Records of one byte of label and 64 bytes of pixels, 0 to 16.
std::vector<labelled_image> read_images(const char* path)
{
    std::vector<labelled_image> images;
    std::ifstream file(path, std::ios::binary);
    std::array<char, 1 + std::tuple_size_v<pixels>> record;
    while (file.read(record.data(), record.size())) {
        labelled_image& read = images.emplace_back();
        read.label = record[0];
        std::transform(record.begin() + 1, record.end(), read.image.begin(),
            [](char pixel) { return static_cast<float>(pixel) / 16; });
    }
    return images;
}

/// Not inlined, so that its symbol tells the size of its code.
[[gnu::noinline]] int classify(digits::net& net, const pixels& image) noexcept
{
    const auto probabilities = net(image);
    return static_cast<int>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

std::size_t count_right(digits::net& net, const std::vector<labelled_image>& images)
{
    return static_cast<std::size_t>(std::count_if(
        images.begin(), images.end(), [&](const labelled_image& i) { return classify(net, i.image) == i.label; }));
}

/// Times of single calls, in nanoseconds, sorted: as many rounds through the images as fit into a second.
std::vector<double> time_calls(const std::vector<labelled_image>& images, auto call)
{
    using clock = std::chrono::steady_clock;
    std::vector<double> times;
    const auto end = clock::now() + std::chrono::seconds(1);
    while (clock::now() < end) {
        for (const labelled_image& i : images) {
            const auto start = clock::now();
            call(i.image);
            times.push_back(std::chrono::duration<double, std::nano>(clock::now() - start).count());
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

double quantile(const std::vector<double>& sorted, double q)
{
    return sorted[static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int count, char** arguments)
{
    const auto images = read_images(count > 1 ? arguments[1] : "test_images.bin");
    if (images.empty()) {
        std::fprintf(stderr, "usage: digits test_images.bin\n");
        return 1;
    }
    digits::net net;
    const std::size_t right = count_right(net, images);
    const double accuracy = 100 * static_cast<double>(right) / static_cast<double>(images.size());
    std::printf("accuracy     %.2f %%: %zu of %zu held-out images\n", accuracy, right, images.size());

    const auto times = time_calls(images, [&](const pixels& image) { classify(net, image); });
    const auto empty = time_calls(images, [](const pixels&) {});
    std::printf("latency      median %.0f ns, p99 %.0f ns, p99.9 %.0f ns: %zu single calls, of each %.0f ns are the "
                "clock's own\n",
        quantile(times, 0.5), quantile(times, 0.99), quantile(times, 0.999), times.size(), quantile(empty, 0.5));

    std::printf("code         %zu bytes\n", code_size({"classify", "cameo"}));
    std::printf("weights      %zu bytes\n", digits::model::weight_bytes);
    std::printf("activations  %zu bytes\n", digits::net::plan.bytes);
    return accuracy >= 98 ? 0 : 1;
}
