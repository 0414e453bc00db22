// What every generated program includes. Tests compile hundreds of them: this is compiled once, before them.
#include <cameo/cameo.hpp>
#include <cameo/kernel/simd/bytes.hpp>
#include <cameo/op/elementwise.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
