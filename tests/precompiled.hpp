// What every generated program includes. Tests compile hundreds of them: this is compiled once, before them. Assembly
// with weights is given the same options, and nothing of it.
#ifndef __ASSEMBLER__
#include <cameo/cameo.hpp>
#include <cameo/kernel/simd/bytes.hpp>
#include <cameo/op/elementwise.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#endif
