// Limits what the generator spends on a model (work, memory, nodes): a small file can demand more than any machine has.
#pragma once
#include "support/failure.hpp"
#include <cameo/core/shape.hpp>
#include <limits>

namespace cameo::generator {

/// Thrown if less is left than is needed.
class over_budget : public failure {
    using failure::failure;
};

/// Thrown if functions, branches and loops make more nodes than are left; the outermost of them is at fault.
class too_many_nodes : public over_budget {
    using over_budget::over_budget;
};

/// Thrown if more nodes were imported than an allowance permits (see budget::allowance). It is not a failure, since
/// there is another way.
struct past_allowance {};

/// What is left to spend on one import of a model and its passes. Evaluation of a whole network (`run`, `verify`) has
/// no limits.
class budget {
public:
    static constexpr dim unlimited = std::numeric_limits<dim>::max();

    budget() = default;
    /// Sets the budget for a file of this size (external data included) and number of nodes: `times` what any network
    /// is known to need.
    budget(double times, double bytes, double nodes);

    /// Spends steps of plain loops and bytes of results. Throws over_budget, and spends nothing, if less is left.
    void spend(dim work, dim bytes);
    /// Returns bytes that nothing reads any more.
    void release(dim bytes) { bytes_ += bytes_ == unlimited ? 0 : bytes; }
    /// Counts a node of the file each time that it is imported. Throws too_many_nodes or past_allowance.
    void add_node();

    /// Limits, during its lifetime, how many nodes may be imported; a nested one is limited by what the outer has left.
    class allowance {
    public:
        allowance(budget& of, dim nodes) : of_(of), outer_(of.until_)
        {
            of.until_ = std::min(outer_, of.imported_ + nodes);
        }
        ~allowance() { of_.until_ = outer_; }
        allowance(const allowance&) = delete;
        allowance& operator=(const allowance&) = delete;

    private:
        budget& of_;
        dim outer_;
    };

    /// Restores, at its end, the bytes that were left at its beginning: what was made meanwhile is gone.
    class room {
    public:
        explicit room(budget& of) : of_(of), bytes_(of.bytes_) {}
        ~room() { of_.bytes_ = bytes_; }
        room(const room&) = delete;
        room& operator=(const room&) = delete;

    private:
        budget& of_;
        dim bytes_;
    };

    /// Halves the remaining work during its lifetime, so that work that turns out to be endless does not take it all.
    class halving {
    public:
        explicit halving(budget& of) : of_(of), kept_(of.work_ == unlimited ? 0 : of.work_ / 2) { of.work_ -= kept_; }
        ~halving() { of_.work_ += kept_; }
        halving(const halving&) = delete;
        halving& operator=(const halving&) = delete;

    private:
        budget& of_;
        dim kept_;
    };

private:
    dim work_ = unlimited, bytes_ = unlimited, nodes_ = unlimited;
    dim imported_ = 0, until_ = unlimited;
};

}  // namespace cameo::generator
