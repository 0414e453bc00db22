// What the file of each spec includes, compiled once.
#pragma once
#include "graph/define_operation.hpp"
