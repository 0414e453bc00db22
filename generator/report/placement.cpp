// Orders the nodes of each row by barycenters, and places them by least squares, so that lines are short and straight.
#include "report/placement.hpp"
#include <algorithm>
#include <tuple>

namespace cameo::generator {

namespace {

/// Calls visit(row) for all rows, downward and upward in turn.
template <class Visit>
void sweep(std::size_t rows, int times, Visit visit)
{
    for (int pass = 0; pass < times; ++pass) {
        for (std::size_t k = 0; k < rows; ++k) {
            visit(pass % 2 ? rows - 1 - k : k, pass % 2 == 0);
        }
    }
}

}  // namespace

void order_rows(layering& l)
{
    std::vector<double> place(l.row.size());
    const auto number = [&](const std::vector<std::size_t>& row) {
        for (std::size_t k = 0; k < row.size(); ++k) {
            place[row[k]] = static_cast<double>(k) - static_cast<double>(row.size()) / 2;
        }
    };
    for (const auto& row : l.rows) {
        number(row);
    }
    sweep(l.rows.size(), 12, [&](std::size_t r, bool down) {
        std::vector<std::tuple<double, double, std::size_t>> wished;  // where that is the same, the order stays
        for (const std::size_t v : l.rows[r]) {
            const auto& others = down ? l.above[v] : l.below[v];
            double sum = 0;
            for (const std::size_t u : others) {
                sum += place[u];
            }
            wished.emplace_back(others.empty() ? place[v] : sum / static_cast<double>(others.size()), place[v], v);
        }
        std::sort(wished.begin(), wished.end());
        for (std::size_t k = 0; k < wished.size(); ++k) {
            l.rows[r][k] = std::get<2>(wished[k]);
        }
        number(l.rows[r]);
    });
}

namespace {

/// Neighbours that touch each other, and where the first would be placed, on average.
struct block {
    double sum = 0, weight = 0;
    std::size_t count = 0;

    double place() const { return sum / weight; }
};

class placement {
public:
    placement(const layering& l, const spacing& s) : l_(l), s_(s), x_(l.row.size())
    {
        for (const auto& row : l.rows) {
            double at = 0;
            for (std::size_t k = 0; k < row.size(); ++k) {
                x_[row[k]] = at += k ? distance(row[k - 1], row[k]) : 0;
            }
            for (const std::size_t v : row) {
                x_[v] -= at / 2;
            }
        }
    }

    /// Solves the least squares problem of a row exactly, by pooling neighbours that would overlap (isotonic
    /// regression).
    void place_row(const std::vector<std::size_t>& row, bool from_above, bool from_below)
    {
        std::vector<block> blocks;
        double offset = 0;
        for (std::size_t k = 0; k < row.size(); ++k) {
            offset += k ? distance(row[k - 1], row[k]) : 0;
            block b = wish(row[k], from_above, from_below, offset);
            for (; !blocks.empty() && blocks.back().place() >= b.place(); blocks.pop_back()) {
                b = {b.sum + blocks.back().sum, b.weight + blocks.back().weight, b.count + blocks.back().count};
            }
            blocks.push_back(b);
        }
        offset = 0;
        std::size_t k = 0;
        for (const block& b : blocks) {
            for (std::size_t i = 0; i < b.count; ++i, ++k) {
                offset += k ? distance(row[k - 1], row[k]) : 0;
                x_[row[k]] = b.place() + offset;
            }
        }
    }

    std::vector<double> places() const
    {
        std::vector<double> all = x_;
        if (all.empty()) {
            return all;
        }
        const double left = *std::min_element(all.begin(), all.end());
        for (double& x : all) {
            x -= left;
        }
        return all;
    }

private:
    double distance(std::size_t a, std::size_t b) const
    {
        const auto half = [&](std::size_t v) { return (l_.is_bend(v) ? s_.bends : s_.nodes) / 2; };
        return half(a) + half(b);
    }

    block wish(std::size_t v, bool from_above, bool from_below, double offset) const
    {
        constexpr double loose = 1e-3;  // what is connected to nothing stays
        block b{loose * (x_[v] - offset), loose, 1};
        const auto pull = [&](const std::vector<std::size_t>& others) {
            for (const std::size_t u : others) {
                const double weight = l_.is_bend(u) && l_.is_bend(v) ? 8 : 1;  // long lines are straight
                b.sum += weight * (x_[u] - offset);
                b.weight += weight;
            }
        };
        if (from_above) {
            pull(l_.above[v]);
        }
        if (from_below) {
            pull(l_.below[v]);
        }
        return b;
    }

    const layering& l_;
    spacing s_;
    std::vector<double> x_;
};

}  // namespace

std::vector<double> place_in_rows(const layering& l, const spacing& s)
{
    placement p(l, s);
    sweep(l.rows.size(), 4, [&](std::size_t r, bool down) { p.place_row(l.rows[r], down, !down); });
    sweep(l.rows.size(), 20, [&](std::size_t r, bool) { p.place_row(l.rows[r], true, true); });
    return p.places();
}

}  // namespace cameo::generator
