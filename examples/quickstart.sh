#!/bin/sh
# The digits example on a fresh Debian or Ubuntu: installs what is missing, builds the generator, generates, compiles, runs.
set -e
cd "$(dirname "$0")/.."
.ci/install
set -x

cmake -S . -B build/quickstart -G Ninja -D CAMEO_BUILD_TESTS=OFF -D CAMEO_BUILD_BENCHMARKS=OFF -D CAMEO_BUILD_EXAMPLES=OFF
cmake --build build/quickstart

build/quickstart/cameo examples/digits/digits.onnx -o build/quickstart/digits.hpp
${CXX:-c++} -std=c++20 -O3 -march=native -I include -I build/quickstart examples/digits/main.cpp -o build/quickstart/digits
build/quickstart/digits examples/digits/test_images.bin
