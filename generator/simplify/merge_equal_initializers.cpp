// Initializers with equal type and data → the first of them.
#include "simplify/rewrites.hpp"

namespace cameo::generator {

/// Lets all nodes read the first of several initializers with the same type and data.
bool merge_equal_initializers(source_graph& g)
{
    bool changed = false;
    std::multimap<std::size_t, std::string> seen;
    for (const std::string& name : g.initializer_names()) {
        const tensor* data = g.constant(name);
        if (!data || g.is_output(name) || !g.is_read(name)) {
            continue;
        }
        const std::string_view bytes(reinterpret_cast<const char*>(data->bytes.data()), data->bytes.size());
        const std::size_t hash = std::hash<std::string_view>{}(bytes);
        const auto [first, last] = seen.equal_range(hash);
        const auto same = std::find_if(first, last, [&](const auto& other) {
            return g.constant(other.second)->type == data->type && g.constant(other.second)->bytes == data->bytes;
        });
        if (same == last) {
            seen.emplace(hash, name);
        } else {
            g.replace(name, same->second);
        }
        changed |= same != last;
    }
    return changed;
}

}  // namespace cameo::generator
