// What the operation of every spec includes beside generator/precompiled.hpp, compiled once.
#pragma once
#include "graph/define_operation.hpp"
