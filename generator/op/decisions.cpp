// Writes the modes of ONNX's branches as comparisons with thresholds.
#include "op/decision_trees.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

namespace cameo::generator {

namespace {

/// The largest number of the features' type that is less: x < v is x <= below(v).
double below(double v, element type)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (v == -infinity) {
        throw unsupported("a branch compares with -inf: nothing is less");
    }
    return type == element::float64 ? std::nextafter(v, -infinity)
                                    : static_cast<double>(std::nextafter(static_cast<float>(v), -HUGE_VALF));
}

/// Writes branches; those that need several decisions put the further ones at the end.
class writer {
public:
    writer(std::size_t branches, element type) : all_(branches), type_(type) {}

    void write(std::size_t k, const branch& b)
    {
        if (std::isnan(b.value) || std::ranges::any_of(b.members, [](double v) { return std::isnan(v); })) {
            throw unsupported("a branch compares with NaN");
        }
        const bool less = b.mode == node_mode::BRANCH_LT || b.mode == node_mode::BRANCH_GTE;
        switch (b.mode) {
        case node_mode::BRANCH_LEQ:
        case node_mode::BRANCH_LT: all_[k] = {b.feature, bound(b, less), b.missing_is_yes, b.yes, b.no}; break;
        case node_mode::BRANCH_GT:
        case node_mode::BRANCH_GTE: all_[k] = {b.feature, bound(b, less), !b.missing_is_yes, b.no, b.yes}; break;
        case node_mode::BRANCH_EQ: all_[k] = equal(b, b.value, b.missing_is_yes, b.yes, b.no); break;
        case node_mode::BRANCH_NEQ: all_[k] = equal(b, b.value, false, b.no, b.yes); break;  // NaN differs
        case node_mode::BRANCH_MEMBER: all_[k] = member(b); break;
        }
    }
    std::vector<decision> take() { return std::move(all_); }

private:
    double bound(const branch& b, bool less) const { return less ? below(b.value, type_) : b.value; }

    dim add(const decision& d)
    {
        all_.push_back(d);
        return std::ssize(all_) - 1;
    }

    /// A decision behind which rows that equal v go to `yes`.
    decision equal(const branch& b, double v, bool missing_is_yes, dim yes, dim no)
    {
        const dim not_more = add({b.feature, below(v, type_), false, no, yes});
        return {b.feature, v, missing_is_yes, not_more, no};
    }

    /// A decision for each member, in ascending order: what is greater goes on to the next.
    decision member(const branch& b)
    {
        std::vector<double> members = b.members;
        std::ranges::sort(members, std::greater{});
        members.erase(std::ranges::unique(members).begin(), members.end());
        decision first{b.feature, 0, b.missing_is_yes, b.no, b.no};
        dim next = b.no;
        for (std::size_t i = 0; i < members.size(); ++i) {
            first = equal(b, members[i], b.missing_is_yes && i + 1 == members.size(), b.yes, b.no);
            first.right = next;
            next = i + 1 < members.size() ? add(first) : next;
        }
        return first;
    }

    std::vector<decision> all_;
    element type_;
};

}  // namespace

std::vector<decision> decisions_of(std::span<const branch> branches, element type)
{
    writer w(branches.size(), type);
    for (std::size_t k = 0; k < branches.size(); ++k) {
        w.write(k, branches[k]);
    }
    return w.take();
}

}  // namespace cameo::generator
