// Collects the diagnostics of an import.
#include "import/context.hpp"
#include "import/bodies.hpp"

namespace cameo::generator {

void import_context::report(const origin& where, const std::string& reason)
{
    result.diagnostics.push_back({where.name, where.operator_type, where.opset, reason});
}

void import_context::attempt(const origin& where, const std::function<void()>& work)
{
    try {
        work();
    } catch (const too_many_nodes& f) {
        if (!nesting.empty()) {
            throw;
        }
        report(where, f.what());
        ended = true;
    } catch (const failure& f) {
        report(where, f.what());
    } catch (const incomplete&) {
    }
}

}  // namespace cameo::generator
