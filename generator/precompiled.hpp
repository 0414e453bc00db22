// The precompiled header of the generator: what nearly every file includes, which takes two thirds of a short file's
// compile time with g++ 12.
#pragma once
#include "graph/graph.hpp"
#include "model/onnx.pb.h"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <sstream>
#include <string>
#include <vector>
