// The domain of operators that onnxruntime's quantizer and optimizers write.
#pragma once

namespace cameo::generator {

inline constexpr const char* microsoft_domain = "com.microsoft";

}  // namespace cameo::generator
