#!/bin/sh
# Every test, on a fresh Debian or Ubuntu: installs what is missing, builds, ends with ctest's summary.
set -e
cd "$(dirname "$0")/.."
.ci/install doctest-dev espeak-ng libbenchmark-dev meson pkg-config python3-venv qemu-user
# Debian has it, Ubuntu has not: the test that needs it is skipped there, and says so.
.ci/install chromium-headless-shell || echo 'run.sh: no Chromium: generator/test_report_page is skipped'

build=build-tests
[ -x $build/venv/bin/python ] || python3 -m venv $build/venv
$build/venv/bin/pip install --quiet --requirement tests/requirements.txt

# -O1: half the time to build of -O3, and assertions stay.
cmake -S . -B $build -G Ninja -D CMAKE_BUILD_TYPE=Release -D CMAKE_CXX_FLAGS_RELEASE=-O1 -D CAMEO_PYTHON="$PWD/$build/venv/bin/python"
cmake --build $build
ctest --test-dir $build --output-on-failure --parallel 2
