// PairwiseCoupling: probabilities of classes from those of pairs of classes.
#pragma once
#include <cameo/op/axis_flow.hpp>

namespace cameo::inline CAMEO_TARGET {

struct pairwise_coupling_attributes {
    dim classes = 2;
    static constexpr void each(auto visit) { visit("classes", &pairwise_coupling_attributes::classes); }
};

/// What SVMClassifier of ai.onnx.ml, opset 1, makes of the probabilities that the first of two classes wins, in the
/// order of onnxruntime: 0 and 1, 0 and 2, …, 1 and 2, …
///
/// Source: T.-F. Wu, C.-J. Lin and R. C. Weng, "Probability estimates for multi-class classification by pairwise
/// coupling", Journal of Machine Learning Research 5, 2004, algorithm 2, with libsvm's condition to stop: how long a
/// row takes depends on the data, at most 100 rounds.
struct pairwise_coupling_spec : pairwise_coupling_attributes {
    using attributes = pairwise_coupling_attributes;
    static constexpr int rounds = 100;
    tensor_type pairs{};  ///< rows x pairs

    static constexpr std::size_t scratch = 1;
    template <class T>
    using signature = results<T, T>(T);
    using parameters = type_list<type_list<float>>;
};

enum class pairwise_coupling_problem { none, there_must_be_a_probability_for_each_pair_of_classes };

constexpr pairwise_coupling_problem check(const pairwise_coupling_spec& s)
{
    using enum pairwise_coupling_problem;
    const dim k = s.classes;
    return s.pairs.shape.rank == 2 && k >= 2 && k <= 1024 && s.pairs.shape[1] == k * (k - 1) / 2
               ? none
               : there_must_be_a_probability_for_each_pair_of_classes;
}

/// The probabilities, rows x classes; then memory for the matrix Q of the paper and the vector Q p.
constexpr std::array<tensor_type, 2> result(const pairwise_coupling_spec& s)
{
    const element e = s.pairs.element;
    return {{{e, {s.pairs.shape[0], s.classes}}, {e, {s.classes + 1, s.classes}}}};
}

namespace detail {

/// Couples the probabilities of one row.
template <class T>
class coupling {
public:
    constexpr coupling(std::span<const T> pairs, std::span<T> p, std::span<T> memory)
        : p_(p), q_(memory.first(p.size() * p.size())), qp_(memory.subspan(p.size() * p.size(), p.size()))
    {
        const std::size_t k = p.size();
        std::fill(q_.begin(), q_.end(), T(0));
        std::size_t pair = 0;
        for (std::size_t i = 0; i < k; ++i) {
            p_[i] = T(1) / static_cast<T>(k);
            for (std::size_t j = i + 1; j < k; ++j, ++pair) {
                const T wins = pairs[pair], loses = T(1) - wins;
                q_[i * k + i] += loses * loses;
                q_[j * k + j] += wins * wins;
                q_[i * k + j] = q_[j * k + i] = -(loses * wins);
            }
        }
    }

    /// Returns false, and changes nothing, if the probabilities satisfy the paper's condition nearly.
    constexpr bool improve()
    {
        const std::size_t k = p_.size();
        T pqp = 0, error = 0;
        for (std::size_t i = 0; i < k; ++i) {
            qp_[i] = 0;
            for (std::size_t j = 0; j < k; ++j) {
                qp_[i] += q_[i * k + j] * p_[j];
            }
            pqp += p_[i] * qp_[i];
        }
        for (const T v : qp_) {
            error = std::max(error, v > pqp ? v - pqp : pqp - v);
        }
        if (!(error >= T(0.005f) / static_cast<T>(k))) {
            return false;
        }
        for (std::size_t i = 0; i < k; ++i) {
            const T change = (pqp - qp_[i]) / q_[i * k + i], whole = T(1) + change;
            p_[i] += change;
            pqp = (pqp + change * (change * q_[i * k + i] + T(2) * qp_[i])) / whole / whole;
            for (std::size_t j = 0; j < k; ++j) {
                qp_[j] = (qp_[j] + change * q_[i * k + j]) / whole;
                p_[j] /= whole;
            }
        }
        return true;
    }

private:
    std::span<T> p_, q_, qp_;
};

}  // namespace detail

template <class T>
constexpr void evaluate(const pairwise_coupling_spec& s, std::span<const T> pairs, std::span<T> y, std::span<T> memory)
{
    const std::size_t classes = index(s.classes), all = index(s.pairs.shape[1]);
    for (std::size_t row = 0; row * classes < y.size(); ++row) {
        detail::coupling<T> c(pairs.subspan(row * all, all), y.subspan(row * classes, classes), memory);
        for (int left = s.rounds; left > 0 && c.improve(); --left) {
        }
    }
}

/// Counts the steps of the definition: each round multiplies by the matrix twice.
constexpr dim work(const pairwise_coupling_spec& s)
{
    return saturating_product(s.pairs.shape[0], s.classes, s.classes, dim{2} * s.rounds);
}

constexpr axis_flow flow_of(const pairwise_coupling_spec&, int, const axis_part& part)
{
    return part.axis == 0 ? preserved(part, 0) : mixed("couples");
}

template <auto Result, class Operands, pairwise_coupling_attributes Attributes = pairwise_coupling_attributes{},
    class Secondary = into<>>
using pairwise_coupling = layer<pairwise_coupling_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
