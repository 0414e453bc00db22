// The elementwise function of com.microsoft's QuickGelu, which approximates Gelu by one sigmoid.
#pragma once
#include <cameo/function/swish.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x sigmoid(alpha x), for floats computed in double. com.microsoft QuickGelu, opset 1.
struct quick_gelu : swish {
    static constexpr const char *name = "QuickGelu", *domain = "com.microsoft";
    static constexpr int opsets[] = {1};
    static constexpr attribute attributes[] = {{"alpha", 1.702}};
};
}  // namespace functions

inline constexpr expression<functions::quick_gelu> quick_gelu;

}  // namespace cameo::inline CAMEO_TARGET
