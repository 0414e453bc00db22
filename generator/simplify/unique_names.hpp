// Names that nothing else in a file has.
#pragma once
#include <map>
#include <set>
#include <string>

namespace cameo::onnx {
class GraphProto;
}

namespace cameo::generator {

/// Of values of a graph and of the bodies in it, which share their names.
class unique_names {
public:
    explicit unique_names(const onnx::GraphProto& g);

    /// This name, or one like it where it is taken; it is taken from now on.
    std::string make(const std::string& like);

private:
    std::set<std::string> taken_;
    std::map<std::string, int> next_;
};

}  // namespace cameo::generator
