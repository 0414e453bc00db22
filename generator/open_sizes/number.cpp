// Finds what a number found at several sizes is: a sum, a product or a quotient of parameters and extents.
#include "open_sizes/number.hpp"
#include "support/failure.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Explains a number found in each sample. What tells people most is tried first.
class number_writer {
public:
    number_writer(const std::vector<dim>& found, const terms& of, size_expression& to) : found_(found), of_(of), to_(to)
    {
    }

    bool run()
    {
        return extents(of_.operand, 1) || sum_of_parameters() || products_of_extents(of_.operand) ||
               product_of_parameters() || any_value([&](int v) { return extents(v, 1); }) ||
               any_value([&](int v) { return products_of_extents(v); }) || line(of_.operand) ||
               any_value([&](int v) { return line(v); }) || any_value([&](int v) { return quotient(v); });
    }

private:
    bool agree(auto of) const { return std::ranges::equal(found_, of_.samples, {}, {}, of); }

    /// Values of the same rank in every sample, whose extents may be named.
    bool usable(int v) const
    {
        const auto same_rank = [&](const sample& s) {
            return s.shapes[index(v)].rank == of_.samples.front().shapes[index(v)].rank;
        };
        return v >= 0 && of_.values[index(v)] && !of_.values[index(v)]->data &&
               std::ranges::all_of(of_.samples, same_rank);
    }

    /// From the last value to the first.
    bool any_value(auto accept) const
    {
        for (int v = static_cast<int>(of_.values.size()) - 1; v >= 0; --v) {
            if (accept(v)) {
                return true;
            }
        }
        return false;
    }

    std::string extent_of(int v, int axis) { return fmt::format("{}::type.shape[{}]", reference(v), axis); }

    std::string reference(int v)
    {
        const auto known = std::ranges::find(to_.values, of_.values[index(v)]);
        const auto place = known - to_.values.begin();
        if (known == to_.values.end()) {
            to_.values.push_back(of_.values[index(v)]);
        }
        return fmt::format("${}", place);
    }

    /// Tries the product of `length` consecutive extents of a value.
    bool extents(int v, int length)
    {
        if (!usable(v)) {
            return false;
        }
        for (int first = 0; first + length <= of_.samples.front().shapes[index(v)].rank; ++first) {
            if (agree([&](const sample& s) { return s.shapes[index(v)].count(first, first + length); })) {
                to_.text += length == 1
                                ? extent_of(v, first)
                                : fmt::format("{}::type.shape.count({}, {})", reference(v), first, first + length);
                return true;
            }
        }
        return false;
    }

    bool products_of_extents(int v)
    {
        for (int length = 2; usable(v) && length <= of_.samples.front().shapes[index(v)].rank; ++length) {
            if (extents(v, length)) {
                return true;
            }
        }
        return false;
    }

    /// "2 * height + width - 1": writes what is not zero.
    void write_sum(const std::vector<std::pair<dim, std::string>>& summands, dim offset)
    {
        std::string text;
        for (const auto& [factor, name] : summands) {
            if (factor != 0) {
                text += text.empty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + ");
                text += std::abs(factor) == 1 ? name : fmt::format("{} * {}", std::abs(factor), name);
            }
        }
        to_.text += offset == 0 ? text : fmt::format("{} {} {}", text, offset < 0 ? '-' : '+', std::abs(offset));
    }

    /// Tries a sum of multiples of parameters and a number. The samples in which one parameter differs tell its factor.
    bool sum_of_parameters()
    {
        std::vector<std::pair<dim, std::string>> summands;
        const sample& first = of_.samples.front();
        dim offset = found_.front();
        for (std::size_t p = 0; p < of_.parameters.size(); ++p) {
            const auto alone = std::ranges::find_if(of_.samples, [&](const sample& s) {
                std::vector<dim> others = s.extents;
                others[p] = first.extents[p];
                return s.extents[p] != first.extents[p] && others == first.extents;
            });
            if (alone == of_.samples.end()) {
                return false;
            }
            const dim rise = found_[index(alone - of_.samples.begin())] - found_.front(),
                      run = alone->extents[p] - first.extents[p];
            if (rise % run != 0) {
                return false;
            }
            summands.emplace_back(rise / run, of_.parameters[p].name);
            offset -= rise / run * first.extents[p];
        }
        const auto sum = [&](const sample& s) {
            dim total = offset;
            for (std::size_t p = 0; p < summands.size(); ++p) {
                total += summands[p].first * s.extents[p];
            }
            return total;
        };
        if (!agree(sum)) {
            return false;
        }
        write_sum(summands, offset);
        return true;
    }

    /// Tries factor x a product of several parameters.
    bool product_of_parameters()
    {
        const std::size_t sets = std::size_t(1) << std::min<std::size_t>(of_.parameters.size(), 16);
        for (std::size_t chosen = 1; chosen < sets; ++chosen) {
            const auto product = [&](const sample& s) {
                dim count = 1;
                for (std::size_t p = 0; p < of_.parameters.size(); ++p) {
                    count = saturating_product(count, chosen >> p & 1 ? s.extents[p] : 1);
                }
                return count;
            };
            const dim factor = found_.front() / product(of_.samples.front());
            if (factor == 0 || !agree([&](const sample& s) { return saturating_product(factor, product(s)); })) {
                continue;
            }
            std::string text = factor == 1 ? "" : fmt::format("{}", factor);
            for (std::size_t p = 0; p < of_.parameters.size(); ++p) {
                if (chosen >> p & 1) {
                    text += (text.empty() ? "" : " * ") + of_.parameters[p].name;
                }
            }
            to_.text += text;
            return true;
        }
        return false;
    }

    /// Tries a multiple of an extent of a value and a number, where three different extents tell a line from chance.
    bool line(int v)
    {
        for (int axis = 0; usable(v) && axis < of_.samples.front().shapes[index(v)].rank; ++axis) {
            const auto extent = [&](const sample& s) { return s.shapes[index(v)][axis]; };
            std::set<dim> different;
            std::ranges::transform(of_.samples, std::inserter(different, different.end()), extent);
            if (different.size() < 3) {
                continue;
            }
            const dim start = extent(of_.samples.front());
            const auto other = std::ranges::find_if(of_.samples, [&](const sample& s) { return extent(s) != start; });
            const dim rise = found_[index(other - of_.samples.begin())] - found_.front(), run = extent(*other) - start;
            const dim factor = rise / run, offset = found_.front() - factor * start;
            if (factor != 0 && agree([&](const sample& s) { return factor * extent(s) + offset; })) {
                write_sum({{factor, extent_of(v, axis)}}, offset);
                return true;
            }
        }
        return false;
    }

    /// Tries an extent of a value divided by a small number, rounded down or up.
    bool quotient(int v)
    {
        constexpr dim largest_divisor = 64;
        const std::set<dim> different(found_.begin(), found_.end());
        for (int axis = 0; usable(v) && different.size() > 2 && axis < of_.samples.front().shapes[index(v)].rank;
            ++axis) {
            for (dim divisor = 2; divisor <= largest_divisor; ++divisor) {
                for (const dim more : {dim{0}, divisor - 1}) {
                    if (agree([&](const sample& s) { return (s.shapes[index(v)][axis] + more) / divisor; })) {
                        const std::string extent = extent_of(v, axis);
                        to_.text += more == 0 ? fmt::format("{} / {}", extent, divisor)
                                              : fmt::format("({} + {}) / {}", extent, more, divisor);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    const std::vector<dim>& found_;
    const terms& of_;
    size_expression& to_;
};

}  // namespace

bool append_number(const std::vector<dim>& found, const terms& of, size_expression& to)
{
    return number_writer(found, of, to).run();
}

}  // namespace cameo::generator
