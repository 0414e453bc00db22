// The planned graph becomes a header.
#pragma once
#include "graph/graph.hpp"
#include <set>

namespace cameo::generator {

enum class weight_form {
    inline_literals,  ///< readable numbers in the header, usable in constant expressions
    string,           ///< string literals in the header: compile quickly
    object,           ///< a file of bytes and an assembler file that includes it
    file,             ///< a file of bytes that the program gives at run time
};

struct emit_options {
    std::string name;         ///< namespace
    std::string source_name;  ///< of the model file, for the first line
    weight_form weights = weight_form::inline_literals;
    std::string weights_file = {};  ///< the file name of their bytes, for object and file
    std::string split_header = {};  ///< the file name of the interface, where kernels go into a source file
    bool fast_math = false;         ///< --math fast
};

struct emitted {
    std::string header;
    std::string source;  ///< the kernels of a split header
    std::string
        weights;  ///< bytes of the weights file, for object and file: the digest of what follows, and the weights
    std::string assembler;               ///< for object
    std::vector<const value*> schedule;  ///< the value of each step; null for a layer whose first result nobody reads
    std::size_t weight_bytes = 0;        ///< as stored
    dim multiplications = 0;
    int layers = 0;
};

emitted emit(const graph& g, const emit_options& options);

}  // namespace cameo::generator
