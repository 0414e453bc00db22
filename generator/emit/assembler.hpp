// Declares the assembler source with which --weights object puts the weights into an object file.
#pragma once
#include "emit/header.hpp"

namespace cameo::generator {

/// Returns the source for the compiler, whose preprocessor chooses what ELF, Mach-O and COFF call a section of
/// constants and a C symbol. It includes the bytes of `options.weights_file`.
std::string assembler_of(const emit_options& options, std::string_view weights);

}  // namespace cameo::generator
