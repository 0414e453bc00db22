// Sorts the nodes of a graph topologically; reports cycles, missing producers and values that are made twice.
#include "import/order.hpp"
#include "model/bodies.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace cameo::generator {

namespace {

std::map<std::string, int> makers(
    const node_list& nodes, const std::function<bool(const std::string&)>& known, const node_problem& report)
{
    std::map<std::string, int> made_by;
    for (int i = 0; i < nodes.size(); ++i) {
        for (const auto& name : nodes[i].output()) {
            if (name.empty()) {
                continue;
            }
            if (known(name) || !made_by.emplace(name, i).second) {
                report(nodes[i], fmt::format("makes '{}', which is already there", name));
            }
        }
    }
    return made_by;
}

}  // namespace

std::vector<int> running_order(
    const node_list& nodes, const std::function<bool(const std::string&)>& known, const node_problem& report)
{
    const auto made_by = makers(nodes, known, report);
    enum class state { unseen, open, done };
    std::vector<state> states(static_cast<std::size_t>(nodes.size()), state::unseen);
    std::vector<int> order;
    std::vector<std::vector<std::string>> read;
    for (const auto& n : nodes) {
        const std::set<std::string> names = reads(n);
        read.emplace_back(names.begin(), names.end());
    }

    // Depth first, without recursion: a file may hold a chain of any length.
    for (int root = 0; root < nodes.size(); ++root) {
        std::vector<std::pair<int, int>> path{{root, 0}};
        while (!path.empty()) {
            auto& [i, next] = path.back();
            auto& here = states[static_cast<std::size_t>(i)];
            const auto& proto = nodes[i];
            if (here == state::done) {
                path.pop_back();
                continue;
            }
            here = state::open;
            const auto& names = read[static_cast<std::size_t>(i)];
            if (next == static_cast<int>(names.size())) {
                here = state::done;
                order.push_back(i);
                path.pop_back();
                continue;
            }
            const std::string& name = names[static_cast<std::size_t>(next++)];
            if (known(name)) {
                continue;
            }
            const auto maker = made_by.find(name);
            const bool cyclic =
                maker != made_by.end() && states[static_cast<std::size_t>(maker->second)] == state::open;
            if (maker == made_by.end() || cyclic) {
                report(proto, cyclic
                                  ? fmt::format("reads '{}', which depends on this node: the graph has a cycle", name)
                                  : fmt::format("reads '{}', which nothing makes", name));
                here = state::done;  // and left out of the order
                path.pop_back();
            } else if (states[static_cast<std::size_t>(maker->second)] == state::unseen) {
                path.emplace_back(maker->second, 0);
            }
        }
    }
    return order;
}

}  // namespace cameo::generator
