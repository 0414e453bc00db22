"""Projects that hold cameo as a subproject, in CMake and in Meson, are configured: what is built for them, how, and
what their compilers see of cameo's headers.

subprojects.py CXX      with this compiler
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CXX = sys.argv.pop(1)

CMAKE = """cmake_minimum_required(VERSION 3.25)
project(parent LANGUAGES CXX)
add_subdirectory(cameo)
cameo_add_model(plain cameo/tests/models/mlp_jet.onnx NAME plain_jet)
cameo_add_model(split cameo/tests/models/mlp_jet.onnx NAME split_jet OPTIONS --split)
add_executable(parent parent.cpp)
target_link_libraries(parent PRIVATE plain split)
"""
MESON = """project('parent', 'cpp', default_options: ['cpp_std=c++20'])
cameo = subproject('cameo')
jet = cameo.get_variable('cameo_model').process('subprojects/cameo/tests/models/mlp_jet.onnx')
executable('parent', 'parent.cpp', jet, dependencies: dependency('cameo'))
"""


class Subproject(unittest.TestCase):
    def setUp(self):
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.directory / "parent.cpp").write_text("int main() {}\n")

    def run_tool(self, *command):
        done = subprocess.run(
            command, cwd=self.directory, capture_output=True, text=True, env={**os.environ, "CXX": CXX, "CXXFLAGS": ""}
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def commands(self):
        """The compiler's arguments, by the name of the source file."""
        found = json.loads((self.directory / "build" / "compile_commands.json").read_text())
        return {Path(entry["file"]).name: entry["command"].split() for entry in found}

    def cmake(self, *options):
        (self.directory / "cameo").symlink_to(ROOT)
        (self.directory / "CMakeLists.txt").write_text(CMAKE)
        self.run_tool(
            "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-D", "CMAKE_EXPORT_COMPILE_COMMANDS=ON", *options
        )
        return self.commands()

    def test_cmake(self):
        commands = self.cmake()
        self.assertNotIn("exact.cpp", commands, "cameo's tests are not the parent's")
        for source in ("main.cpp", "onnx.pb.cc"):
            self.assertIn("-O1", commands[source], "no build type: -O0 would be many times slower")
        self.assertIn("-O3", commands["split_jet.cpp"])
        system = [
            path for option, path in zip(commands["parent.cpp"], commands["parent.cpp"][1:]) if option == "-isystem"
        ]
        self.assertTrue(any(path.endswith("cameo/include") for path in system), commands["parent.cpp"])
        self.assertTrue(any(path.endswith("cameo/plain") for path in system), commands["parent.cpp"])
        self.assertFalse(
            [option for option in commands["parent.cpp"] if option.startswith("-I") and "cameo" in option],
            "warnings of its headers are not the parent's",
        )

    def test_cmake_does_as_it_is_told(self):
        for options in (["-D", "CMAKE_BUILD_TYPE=Debug"], ["-D", "CMAKE_CXX_FLAGS=-O1"]):
            with self.subTest(options):
                shutil.rmtree(self.directory / "build", ignore_errors=True)
                (self.directory / "cameo").unlink(missing_ok=True)
                commands = self.cmake(*options)
                for source in ("main.cpp", "split_jet.cpp"):
                    self.assertFalse({"-O2", "-O3"} & set(commands[source]), source)

    @unittest.skipUnless(shutil.which(os.environ.get("MESON", "meson")), "there is no Meson")
    def test_meson(self):
        (self.directory / "subprojects").mkdir()
        (self.directory / "subprojects" / "cameo").symlink_to(ROOT)
        (self.directory / "meson.build").write_text(MESON)
        self.run_tool(os.environ.get("MESON", "meson"), "setup", "build")
        commands = self.commands()
        self.assertNotIn("exact.cpp", commands, "cameo's tests are not the parent's")
        self.assertIn("-O1", commands["main.cpp"])
        self.assertTrue(
            any("cameo/include" in option and option.startswith("-isystem") for option in commands["parent.cpp"]),
            commands["parent.cpp"],
        )


if __name__ == "__main__":
    unittest.main()
