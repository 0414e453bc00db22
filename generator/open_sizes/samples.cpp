// Tries extents for the open axes of a model until its graph can be made, and derives others from them.
#include "open_sizes/samples.hpp"
#include "emit/names.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

constexpr dim largest_count = 101;  ///< that is tried: far from the first, which tells a line from chance

}  // namespace

std::string sizes_text(const axis_extents& sizes)
{
    std::string text;
    for (const auto& [name, extent] : sizes) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ", ", printable(name), extent);
    }
    return text;
}

refusal with_remark(std::vector<diagnostic> diagnostics, const std::string& remark)
{
    diagnostics.push_back({"", "", 0, remark});
    return refusal(std::move(diagnostics));
}

size_samples::size_samples(const std::vector<open_axis>& axes, const import_at& import, extents kind)
    : import_(import), kind_(kind)
{
    identifiers names;
    for (const open_axis& a : axes) {
        if (std::ranges::find(parameters_, a.name, &parameter::axis) == parameters_.end()) {
            parameters_.push_back({names.unique(a.name, "extent"), a.name, 0, a.axis == 0});
        }
    }
    find_first();
}

const parameter& size_samples::of_axis(const std::string& axis) const
{
    return *std::ranges::find(parameters_, axis, &parameter::axis);
}

void size_samples::find_first()
{
    std::vector<diagnostic> problems;
    axis_extents with_problems;
    for (const dim length : sample_lengths) {
        for (parameter& p : parameters_) {
            first_[p.axis] = p.sample = p.is_count ? sample_count : length;
        }
        try {
            import_(first_, kind_);
            return;
        } catch (const failure& f) {
            if (problems.empty()) {
                problems = diagnostics_of(f), with_problems = first_;
            }
        }
    }
    axis_extents ones;
    for (const parameter& p : parameters_) {
        ones[p.axis] = 1;
    }
    try {
        import_(ones, kind_);
    } catch (const failure& f) {
        if (diagnostics_of(f) == problems) {
            throw;  // whatever the size
        }
        throw with_remark(
            problems, fmt::format("That is with {}, and no size was found for the open axes: fix them with --dim",
                          sizes_text(with_problems)));
    }
    throw with_remark(problems, fmt::format("That is with {}; with {} it can be: fix the open axes with --dim",
                                    sizes_text(with_problems), sizes_text(ones)));
}

axis_extents size_samples::all_changed(dim count, dim (*length)(dim)) const
{
    axis_extents sizes;
    for (const parameter& p : parameters_) {
        sizes[p.axis] = p.is_count ? count : length(p.sample);
    }
    return sizes;
}

bool size_samples::accepts(const axis_extents& sizes) const
{
    try {
        import_(sizes, kind_);
        return true;
    } catch (const failure&) {
        return false;
    }
}

std::vector<axis_extents> size_samples::accepted(std::initializer_list<dim (*)(dim)> lengths) const
{
    std::vector<axis_extents> all;
    dim count = largest_count;
    for (const auto length : lengths) {
        axis_extents sizes = all_changed(count, length);
        if (accepts(sizes)) {
            all.push_back(std::move(sizes));
        }
        count = count / 2 + 3;
    }
    return all;
}

std::vector<axis_extents> size_samples::others() const
{
    std::vector<axis_extents> all;
    for (const parameter& p : parameters_) {
        axis_extents sizes = first_;
        sizes[p.axis] = p.is_count ? sample_count + 1 : p.sample / 2 * 3;
        all.push_back(sizes);
    }
    // Rests that differ, as far as the network accepts them; if it accepts none, multiples.
    std::vector<axis_extents> changed = accepted({[](dim length) { return 2 * length + 1; },
        [](dim length) { return 3 * length - 5; }, [](dim length) { return length / 4 * 5 + 3; }});
    if (changed.empty()) {
        changed = accepted({[](dim length) { return 2 * length; }, [](dim length) { return 3 * length; },
            [](dim length) { return 5 * length; }});
    }
    if (changed.empty()) {
        changed.push_back(all_changed(largest_count, [](dim length) { return 2 * length; }));
    }
    all.insert(all.end(), changed.begin(), changed.end());
    return all;
}

graph size_samples::made(const axis_extents& sizes) const
{
    try {
        return import_(sizes, kind_);
    } catch (const failure& f) {
        throw with_remark(diagnostics_of(f),
            fmt::format(
                "That is with {}; with {} it can be. Open axes are parameters on their own: fix some with --dim",
                sizes_text(sizes), sizes_text(first_)));
    }
}

}  // namespace cameo::generator
