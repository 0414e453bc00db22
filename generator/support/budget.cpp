// Sets the budget for a model by the size of its files: far above what known networks need, far below a machine's
// limits.
#include "support/budget.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// The least budget is a second or two of plain loops, memory that any laptop has, and more nodes than a compiler
/// takes. Each byte of a file adds what its constants may grow by, and what all passes over them take.
constexpr double least_work = 1 << 28, work_per_byte = 64;
constexpr double least_bytes = 1 << 29, bytes_per_byte = 16;
constexpr double least_nodes = 1 << 16, nodes_per_node = 16;

dim limit(double amount)
{
    return amount < static_cast<double>(dim{1} << 60) ? static_cast<dim>(amount) : dim{1} << 60;
}

}  // namespace

budget::budget(double times, double bytes, double nodes)
    : work_(limit(times * (least_work + work_per_byte * bytes))),
      bytes_(limit(times * (least_bytes + bytes_per_byte * bytes))),
      nodes_(limit(times * (least_nodes + nodes_per_node * nodes)))
{
}

void budget::spend(dim work, dim bytes)
{
    if (work > work_ || bytes > bytes_) {
        throw over_budget("this takes {} steps and {} bytes, of which {} and {} are left: if the model is worth it, "
                          "raise the limits with --budget",
            work, bytes, work_, bytes_);
    }
    if (work_ != unlimited) {
        work_ -= work;
    }
    if (bytes_ != unlimited) {
        bytes_ -= bytes;
    }
}

void budget::add_node()
{
    if (imported_ >= nodes_) {
        throw too_many_nodes("functions, branches and loops make more than {} nodes of the model's: if it is worth it, "
                             "raise the limit with --budget",
            nodes_);
    }
    if (imported_ >= until_) {
        throw past_allowance{};
    }
    ++imported_;
}

}  // namespace cameo::generator
