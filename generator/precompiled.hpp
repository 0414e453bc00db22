// What nearly every file of the generator includes, compiled once: with g++ 12 it takes two thirds of the time of a
// short file.
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
