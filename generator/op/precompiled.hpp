// What the file of every operator includes beside generator/precompiled.hpp, compiled once.
#pragma once
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
