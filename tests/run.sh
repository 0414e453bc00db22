#!/bin/sh
# run.sh [--full]: every test, on a fresh Debian or Ubuntu: installs what is missing, builds, ends with ctest's summary.
# --full adds the matrix of compilers, targets and sanitizers, which takes hours.
set -e
cd "$(dirname "$0")/.."
full=OFF
[ "$1" = --full ] && full=ON
.ci/install doctest-dev espeak-ng libbenchmark-dev meson pkg-config python3-venv qemu-user
[ $full = OFF ] || .ci/install clang-19 libclang-rt-16-dev libclang-rt-19-dev

build=build-tests
[ -x $build/venv/bin/python ] || python3 -m venv $build/venv

# What only tests need, which arrives while the compiler works.
install_for_tests() {
    .ci/install clang-16
    # Debian has it, Ubuntu has not: the test that needs it is skipped there, and says so.
    .ci/install chromium-headless-shell || echo 'run.sh: no Chromium: generator/test_report_page is skipped'
    $build/venv/bin/pip install --quiet --requirement tests/requirements.txt
    [ $full = OFF ] || $build/venv/bin/pip install --quiet --requirement tests/requirements_full.txt
}
install_for_tests &
installation=$!

configure() {
    directory=$1
    shift
    cmake -S . -B "$directory" -G Ninja -D CMAKE_BUILD_TYPE=Release -D CAMEO_PYTHON="$PWD/$build/venv/bin/python" "$@"
}

# -O1: half the time to build of -O3, and assertions stay. Kernels take most of it: their unit tests are not optimized;
# other tests run them optimized.
unoptimized=-O0
[ $full = OFF ] || unoptimized=
configure $build -D CMAKE_CXX_FLAGS_RELEASE=-O1 -D CAMEO_TEST_FULL=$full -D CAMEO_UNIT_TEST_OPTIONS=$unoptimized
cmake --build $build
wait $installation
ctest --test-dir $build --output-on-failure --parallel 2
[ $full = ON ] || exit 0

# The generator and the library, watched by sanitizers, at all that does not only compile; each source by itself.
sanitized=build-sanitized
configure $sanitized -D CMAKE_CXX_FLAGS_RELEASE='-O1 -fsanitize=address,undefined -fno-sanitize-recover=all' -D CAMEO_BUILD_BENCHMARKS=OFF -D CMAKE_UNITY_BUILD=OFF
cmake --build $sanitized
# Limits of memory are left to the sanitizer, which reserves addresses.
ASAN_OPTIONS=allocator_may_return_null=1 ctest --test-dir $sanitized --output-on-failure --parallel 2 --tests-regex '^(unit|onnx/conformance|fuzz/|generator/)'
