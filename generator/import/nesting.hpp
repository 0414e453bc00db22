// The functions, branches and bodies around the node that is imported.
#pragma once
#include "model/onnx.pb.h"
#include <vector>

namespace cameo::generator {

class nesting {
public:
    /// Tells whether the main graph's own nodes are imported.
    bool empty() const { return around_.empty(); }

    /// Adds, during its lifetime, a function; a branch or body if that is null. Throws unsupported if a function calls
    /// itself, or if they are nested too deeply.
    class level {
    public:
        explicit level(nesting& all, const onnx::FunctionProto* called = nullptr);
        ~level() { all_.around_.pop_back(); }
        level(const level&) = delete;
        level& operator=(const level&) = delete;

    private:
        nesting& all_;
    };

private:
    /// Lists the calls from the function back to itself.
    std::string path_to(const onnx::FunctionProto& called) const;

    std::vector<const onnx::FunctionProto*> around_;  ///< from the outermost; null for a branch or body
};

}  // namespace cameo::generator
