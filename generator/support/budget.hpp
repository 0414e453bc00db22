// Limits what the generator spends on a model (work, memory, nodes): a small file can demand more than any machine has.
#pragma once
#include "support/failure.hpp"
#include <cameo/core/shape.hpp>
#include <limits>

namespace cameo::generator {

/// There is less left than is needed.
class over_budget : public failure {
    using failure::failure;
};

/// Functions, branches and loops make more nodes than are left: it is the outermost that asks for too much.
class too_many_nodes : public over_budget {
    using over_budget::over_budget;
};

/// More nodes were imported than an allowance has (see budget::allowance). No failure: there is another way.
struct past_allowance {};

/// How much is left for one import of a model and its passes. Evaluation of a whole network (`run`, `verify`) has no
/// limits.
class budget {
public:
    static constexpr dim unlimited = std::numeric_limits<dim>::max();

    budget() = default;
    /// For a file of so many bytes, external data included, and nodes: `times` what any network is known to need.
    budget(double times, double bytes, double nodes);

    /// Takes steps of plain loops and bytes of results. Throws over_budget, and takes nothing, where less is left.
    void spend(dim work, dim bytes);
    /// Gives back bytes that are read no more.
    void release(dim bytes) { bytes_ += bytes_ == unlimited ? 0 : bytes; }
    /// Counts a node of the file that is imported, each time that it is. Throws too_many_nodes or past_allowance.
    void add_node();

    /// While it lives, at most so many nodes may be imported; within another, at most what that one has left.
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

    /// When it ends, as many bytes are left as when it began: what was made meanwhile is gone.
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

    /// While it lives, half of the work that is left: what turns out to be endless does not take it all.
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
