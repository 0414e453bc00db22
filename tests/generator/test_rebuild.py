"""Build systems: nothing is built twice, nothing is stale, and a model that was only touched recompiles nobody."""

import os
import re
import shutil
import subprocess
import unittest

import numpy as np
from onnx import TensorProto, helper
from support import CAMEO, CXX, FLOAT, ROOT, GeneratorTest, constant, main, model, tensor

node = helper.make_node
PROJECT = f"""cmake_minimum_required(VERSION 3.25)
project(rebuild LANGUAGES CXX)
add_executable(cameo::generator IMPORTED GLOBAL)
set_target_properties(cameo::generator PROPERTIES IMPORTED_LOCATION {CAMEO})
add_library(cameo::cameo INTERFACE IMPORTED)
target_include_directories(cameo::cameo INTERFACE {ROOT}/include)
target_compile_features(cameo::cameo INTERFACE cxx_std_20)
include({ROOT}/cmake/cameo_add_model.cmake)
cameo_add_model(plain net.onnx NAME plain OPTIONS --weights inline)
cameo_add_model(with_object net.onnx NAME with_object OPTIONS --weights object)
cameo_add_model(split net.onnx NAME split OPTIONS --split --weights inline)
add_executable(program main.cpp)
target_link_libraries(program PRIVATE plain with_object split)
"""
MESON = """project('rebuild', 'cpp', default_options: ['cpp_std=c++20', 'buildtype=plain'])
cameo = find_program('CAMEO')
arguments = ['generate', '@INPUT@', '-o', '@OUTPUT0@', '--depfile', '@DEPFILE@']
plain = generator(cameo, output: '@BASENAME@.hpp', depfile: '@BASENAME@.hpp.d', arguments: arguments + ['@EXTRA_ARGS@'])
with_object = custom_target(
  input: 'net.onnx', output: ['with_object.hpp', 'with_object.weights.S', 'with_object.weights.bin'],
  depfile: 'with_object.d', command: [cameo, arguments, '--weights', 'object'])
split = custom_target(
  input: 'net.onnx', output: ['split.hpp', 'split.cpp'],
  depfile: 'split.d', command: [cameo, arguments, '--split', '--weights', 'inline'])
executable('program', 'main.cpp', plain.process('plain.onnx', extra_args: ['--weights', 'inline']), with_object, split,
  include_directories: include_directories('include'))
"""
PROGRAM = """#include "plain.hpp"
#include "with_object.hpp"
#include "split.hpp"
#include <cstdio>
template <class Net>
void print() { static Net net; std::printf("%g\\n", static_cast<double>(net(std::array{1.0F, 1.0F})[0])); }
int main() { print<plain::net>(); print<with_object::net>(); print<split::net>(); }
"""


class Rebuild(GeneratorTest):
    def setUp(self):
        super().setUp()
        self.build = self.directory / "build"
        (self.directory / "main.cpp").write_text(PROGRAM)
        self.change(factor=2, bias=1)

    def change(self, factor=None, bias=None):
        """Writes the model, or the data beside it. File systems count time in steps: what was built before is made
        older."""
        for path in [*self.directory.rglob("*")] if self.build.exists() else []:
            if path.is_file():
                os.utime(path, ns=(path.stat().st_atime_ns - 10**10, path.stat().st_mtime_ns - 10**10))
        if bias is not None:
            (self.directory / "bias.bin").write_bytes(np.full(2, bias, np.float32).tobytes())
        if factor is not None:
            outside = TensorProto(name="b", data_type=FLOAT, dims=[2], data_location=TensorProto.EXTERNAL)
            outside.external_data.add(key="location", value="bias.bin")
            content = model(
                [node("Mul", ["x", "w"], ["m"]), node("Add", ["m", "b"], ["y"])],
                [tensor("x", [2])],
                [tensor("y", [2])],
                [constant("w", np.full(2, factor, np.float32)), outside],
            )
            for name in ("net.onnx", "plain.onnx"):
                self.save(content, name)

    def run_tool(self, *command):
        done = subprocess.run(
            [*map(str, command)], capture_output=True, text=True, env={**os.environ, "CXX": " ".join(CXX)}
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def steps(self, command, compiled):
        """What each build compiles; `compiled` finds it in what the tool prints."""

        def built():
            return len(re.findall(compiled, self.run_tool(*command)))

        def results():
            return self.run_tool(self.build / "program").split()

        self.assertGreaterEqual(built(), 3)
        self.assertEqual(results(), ["3"] * 3)
        self.assertEqual(self.run_tool(*command).count("Generating"), 0)
        for change, wanted in ({"factor": 2}, "3"), ({"factor": 4}, "5"), ({"bias": 7}, "11"):
            with self.subTest(change):
                self.change(**change)
                count = built()
                self.assertGreaterEqual(count, 2) if wanted != "3" else self.assertEqual(count, 0)
                self.assertEqual(results(), [wanted] * 3)
                again = self.run_tool(*command)
                self.assertEqual((again.count("Generating"), len(re.findall(compiled, again))), (0, 0), again)

    def cmake(self, generator):
        (self.directory / "CMakeLists.txt").write_text(PROJECT)
        self.run_tool("cmake", "-S", self.directory, "-B", self.build, "-G", generator)
        self.steps(["cmake", "--build", self.build], "Building CXX")

    @unittest.skipUnless(shutil.which("cmake") and shutil.which("ninja"), "needs cmake and ninja")
    def test_cmake_with_ninja(self):
        self.cmake("Ninja")

    @unittest.skipUnless(shutil.which("cmake") and shutil.which("make"), "needs cmake and make")
    def test_cmake_with_make(self):
        self.cmake("Unix Makefiles")

    @unittest.skipUnless(shutil.which("meson"), "needs meson")
    def test_meson(self):
        (self.directory / "meson.build").write_text(MESON.replace("CAMEO", CAMEO))
        (self.directory / "include").symlink_to(ROOT / "include")
        self.run_tool("meson", "setup", self.build, self.directory)
        self.steps(["ninja", "-C", self.build], "Compiling C")


if __name__ == "__main__":
    main()
