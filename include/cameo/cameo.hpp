// The network and everything that a generated header names whatever its operators. Operators come from cameo/op and
// cameo/kernel.
#pragma once
#include <cameo/network/network.hpp>
