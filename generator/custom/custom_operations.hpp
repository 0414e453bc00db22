// Operators that the user brings: their headers are compiled and loaded, so that shape inference, constant folding and
// verification treat them like the library's own.
#pragma once
#include "custom/custom_operator.hpp"
#include "graph/operation.hpp"
#include <filesystem>

namespace cameo::generator {

/// The values of --custom and --include.
struct custom_options {
    std::vector<custom_operator> operators = {};
    std::vector<std::filesystem::path> headers = {};      ///< that define their types
    std::vector<std::filesystem::path> directories = {};  ///< where they and the library find what they include
};

/// Makes operations for the nodes that custom operators replace.
class custom_operations {
public:
    custom_operations() = default;
    /// Compiles and loads the operators that a model uses; throws failure with the compiler's errors.
    custom_operations(const model& m, custom_options options);

    /// Tells whether a custom operator replaces a node.
    bool takes(const onnx::NodeProto& node) const;
    /// Makes the operation for a node that a custom operator replaces.
    std::unique_ptr<operation> make(const onnx::NodeProto& node) const;

private:
    class library;
    custom_options options_;
    std::map<std::string, std::size_t> numbers_;  ///< in the library, by what makes a plugin of a type and attributes
    std::shared_ptr<const library> library_;
};

}  // namespace cameo::generator
