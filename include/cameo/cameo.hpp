// Includes the network and what every generated header names; operators and kernels are in cameo/op and cameo/kernel.
#pragma once
#include <cameo/network/network.hpp>
