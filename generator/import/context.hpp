// What all parts of an import share: the model, the user's choices, the graph so far and its diagnostics.
#pragma once
#include "import/function.hpp"
#include "import/import.hpp"
#include "import/nesting.hpp"
#include "model/weights.hpp"
#include <functional>

namespace cameo::generator {

struct import_context {
    import_context(const model& m, const bindings& b, const operator_table& table)
        : file(m), given(b), operators(table), functions(m.proto), weights(weights_of(m.proto))
    {
    }

    /// Records a diagnostic of a node; of the model as a whole if `where` is empty.
    void report(const origin& where, const std::string& reason);
    /// Does what concerns a node and records a failure, so that the import goes on with other nodes. Says nothing of a
    /// node whose operand was reported already.
    void attempt(const origin& where, const std::function<void()>& work);

    const model& file;
    const bindings& given;
    const operator_table& operators;
    const function_table functions;
    const file_weights weights;
    generator::nesting nesting;
    import_result result;
    int nodes = 0;       ///< how many there were so far, each as often as it is imported
    bool ended = false;  ///< no more nodes are left to be imported
};

}  // namespace cameo::generator
