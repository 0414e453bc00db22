// Operators that the user brings: their headers are compiled and loaded, so that shape inference, constant folding and
// verification treat them like the library's own.
#pragma once
#include "custom/custom_operator.hpp"
#include "graph/operation.hpp"
#include <filesystem>

namespace cameo::generator {

/// What --custom and --include say.
struct custom_options {
    std::vector<custom_operator> operators = {};
    std::vector<std::filesystem::path> headers = {};      ///< that define their types
    std::vector<std::filesystem::path> directories = {};  ///< where they and the library find what they include
};

/// The operations of the nodes that custom operators take.
class custom_operations {
public:
    custom_operations() = default;
    /// Compiles and loads those of a model; throws failure with the compiler's errors.
    custom_operations(const model& m, custom_options options);

    /// Is there one for a node?
    bool takes(const onnx::NodeProto& node) const;
    /// The operation of a node that one takes.
    std::unique_ptr<operation> make(const onnx::NodeProto& node) const;

private:
    class library;
    custom_options options_;
    std::map<std::string, std::size_t> numbers_;  ///< in the library, by what makes a plugin of a type and attributes
    std::shared_ptr<const library> library_;
};

}  // namespace cameo::generator
