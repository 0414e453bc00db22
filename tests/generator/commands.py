"""The subcommands of cameo, from outside: exit statuses, what they print, and that all ways to run a model agree.

The compiler is $CXX, c++ by default. Needs nothing but Python.
"""

import argparse
import ast
import json
import os
import random
import shlex
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from precompiled import tested_flags  # noqa: E402

MODELS = ROOT / "tests" / "models"
CXX = shlex.split(os.environ.get("CXX", "c++"))
COMMANDS = ["generate", "inspect", "check", "run", "verify", "bench", "profile", "report", "tune", "simplify"]

# Stands for the compiler: makes the last Tanh of the generated network another function, then compiles.
TAMPER = """import pathlib, subprocess, sys
for source in sys.argv[2:]:
    if source.endswith("main.cpp"):
        header = pathlib.Path(source).parent / "net.hpp"
        before, after = header.read_text().rsplit("cameo::tanh(", 1)
        header.write_text(before + "cameo::sin(" + after)
sys.exit(subprocess.call(sys.argv[1].split() + sys.argv[2:]))
"""


def write_npy(path, shape, values):
    header = str({"descr": "<f4", "fortran_order": False, "shape": tuple(shape)}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    path.write_bytes(
        b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}f", *values)
    )


def read_npy(path):
    """Shape and elements of a float32 file."""
    data = path.read_bytes()
    end = 10 + struct.unpack_from("<H", data, 8)[0]
    header = ast.literal_eval(data[10:end].decode())
    assert header["descr"] == "<f4"
    return header["shape"], struct.unpack(f"<{(len(data) - end) // 4}f", data[end:])


class Commands(unittest.TestCase):
    cameo = None

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def run_cameo(self, *arguments, status=0, **environment):
        environment = {"CXXFLAGS": tested_flags(), **os.environ, **environment}
        done = subprocess.run([self.cameo, *map(str, arguments)], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertNotIn("\x1b", done.stdout + done.stderr, "progress belongs on a terminal only")
        return done.stdout if status == 0 else done.stdout + done.stderr

    def model_input(self, elements):
        path = self.directory / f"x{elements}.npy"
        write_npy(path, (1, elements), [random.Random(1).gauss(0, 1) for _ in range(elements)])
        return f"x={path}"

    def unsupported_model(self):
        """mlp_ctrl with an operator that does not exist."""
        path = self.directory / "unsupported.onnx"
        path.write_bytes((MODELS / "mlp_ctrl.onnx").read_bytes().replace(b"Tanh", b"Tonh"))
        return path

    def reference(self, model, given):
        directory = self.directory / "reference"
        self.run_cameo("run", model, "--input", given, "--output-dir", directory)
        return directory


class CommandLine(Commands):
    def test_every_help_is_complete(self):
        for command in COMMANDS:
            with self.subTest(command):
                text = self.run_cameo(command, "--help")
                self.assertIn("Exit status:", text)
                self.assertIn("--input-shape", text)

    def test_a_wrong_command_line_has_a_status_of_its_own(self):
        done = subprocess.run([self.cameo, "run", "--no-such-option"], capture_output=True)
        self.assertGreater(done.returncode, 100)

    def test_a_missing_file_is_a_failure_of_every_command(self):
        for command in COMMANDS:
            with self.subTest(command):
                self.assertIn(
                    "missing.onnx",
                    self.run_cameo(
                        command,
                        "missing.onnx",
                        "-o" if command in ("generate", "report", "tune", "simplify") else "--dim",
                        "a=1",
                        status=1,
                    ),
                )


class Check(Commands):
    def test_a_model_that_can_be_generated(self):
        found = json.loads(self.run_cameo("check", "--json", MODELS / "mlp_ctrl.onnx"))
        self.assertEqual((found["can_be_generated"], found["diagnostics"]), (True, []))

    def test_every_diagnostic_is_reported(self):
        model = self.unsupported_model()
        output = self.run_cameo("check", "--json", model, status=1)
        found = json.loads(output)
        self.assertFalse(found["can_be_generated"])
        self.assertEqual([o["operator"] for o in found["diagnostics"]], ["Tonh", "Tonh"])
        for diagnostic in found["diagnostics"]:
            self.assertEqual(set(diagnostic), {"node", "operator", "opset", "reason"})
        self.assertEqual(self.run_cameo("check", model, status=1).count("Tonh"), 2)

    def test_a_file_that_is_no_model(self):
        path = self.directory / "noise.onnx"
        path.write_bytes(b"\xff" * 100)
        self.assertEqual(len(json.loads(self.run_cameo("check", "--json", path, status=1))["diagnostics"]), 1)


class Generate(Commands):
    def test_nothing_is_written_for_a_model_that_cannot_be_generated(self):
        header = self.directory / "model.hpp"
        self.assertIn("Tonh", self.run_cameo("generate", self.unsupported_model(), "-o", header, status=1))
        self.assertEqual([p.name for p in self.directory.iterdir()], ["unsupported.onnx"])

    def test_a_standalone_header_compiles_alone(self):
        header = self.directory / "model.hpp"
        self.run_cameo("generate", MODELS / "mnist_cnn.onnx", "-o", header, "--standalone", "--name", "mnist")
        self.assertNotRegex(header.read_text(), r"# *include *<(cameo|xsimd)/")
        source = self.directory / "main.cpp"
        source.write_text('#include "model.hpp"\nint main() { static mnist::net net; net.run(); }\n')
        subprocess.run([*CXX, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", source], check=True)

    def test_a_standalone_header_has_no_second_file(self):
        self.run_cameo(
            "generate",
            MODELS / "mlp_jet.onnx",
            "-o",
            self.directory / "model.hpp",
            "--standalone",
            "--weights",
            "object",
            status=1,
        )


class Inspect(Commands):
    def test_figures(self):
        found = json.loads(self.run_cameo("inspect", "--json", MODELS / "mlp_jet.onnx"))
        self.assertEqual(found["macs"], 16 * 64 + 64 * 32 + 32 * 32 + 32 * 5)
        self.assertEqual(found["parameters"], found["macs"] + 64 + 32 + 32 + 5)
        self.assertEqual(found["inputs"], [{"name": "x", "type": "float32[1,16]"}])
        for layer in found["layers"]:
            self.assertLessEqual(
                {"step", "name", "operator", "result", "attributes", "macs", "parameters", "bytes", "offset"},
                set(layer),
            )
            self.assertLessEqual(layer["offset"] + layer["bytes"], found["activation_bytes"])

    def test_the_memory_plan_is_that_of_the_compiler(self):
        for name in ("mlp_ctrl", "mnist_cnn", "lstm16"):
            with self.subTest(model=name):
                model, source = MODELS / f"{name}.onnx", self.directory / "main.cpp"
                layers = json.loads(self.run_cameo("inspect", "--json", "--no-fuse", model))["layers"]
                self.run_cameo(
                    "generate",
                    "--no-fuse",
                    model,
                    "-o",
                    self.directory / "model.hpp",
                    "--name",
                    "generated",
                    "--weights",
                    "file",
                )
                checks = "".join(
                    f"static_assert(generated::net::plan.at({layer['step']}) == {layer['offset']});\n"
                    for layer in layers
                )
                source.write_text(f'#include "model.hpp"\n{checks}')
                subprocess.run([*CXX, "-std=c++20", "-fsyntax-only", "-I", ROOT / "include", source], check=True)

    def test_text_names_every_layer(self):
        text = self.run_cameo("inspect", "--no-fuse", MODELS / "mlp_ctrl.onnx")
        for name in ("g0", "a0", "g1", "a1", "y"):
            self.assertRegex(text, rf"(?m)^ *\d+ +{name} ")


class Run(Commands):
    def test_generated_code_agrees_with_the_definitions(self):
        for name, elements in (("mlp_jet", 16), ("mlp_ctrl", 8)):
            for weights in ("auto", "string", "object"):
                with self.subTest(model=name, weights=weights):
                    model, given = MODELS / f"{name}.onnx", self.model_input(elements)
                    shape, expected = read_npy(self.reference(model, given) / "output_0.npy")
                    directory = self.directory / "compiled"
                    self.run_cameo(
                        "run", "--compiled", model, "--input", given, "--output-dir", directory, "--weights", weights
                    )
                    found_shape, found = read_npy(directory / "output_0.npy")
                    self.assertEqual(shape, found_shape)
                    for a, b in zip(expected, found):
                        self.assertAlmostEqual(a, b, delta=1e-5)

    def test_wrong_inputs(self):
        model = MODELS / "mlp_jet.onnx"
        for arguments, message in (
            ((), "'x'"),
            (("--input", self.model_input(8)), "float32[1,8]"),
            (("--input", self.model_input(16).replace("x=", "z=", 1)), "'x'"),
        ):
            for compiled in ((), ("--compiled",)):
                with self.subTest(arguments=arguments, compiled=compiled):
                    self.assertIn(message, self.run_cameo("run", model, *arguments, *compiled, status=1))

    def test_errors_of_the_compiler_are_shown(self):
        model, given = MODELS / "mlp_jet.onnx", self.model_input(16)
        self.assertIn(
            "no-such-compiler",
            self.run_cameo("run", "--compiled", model, "--input", given, status=1, CXX="no-such-compiler"),
        )
        self.assertIn(
            "cannot compile", self.run_cameo("run", "--compiled", model, "--input", given, status=1, CXX="false")
        )


class Verify(Commands):
    def test_random_inputs(self):
        text = self.run_cameo("verify", MODELS / "mlp_ctrl.onnx", "--seed", 7)
        self.assertIn("within tolerance", text)
        self.assertRegex(text, r"(?m)^a1 .*float32\[1,16\]")
        self.assertIn("within tolerance", self.run_cameo("verify", MODELS / "lstm16.onnx"))

    def test_a_reference_made_elsewhere(self):
        model, given = MODELS / "mlp_ctrl.onnx", self.model_input(8)
        reference = self.reference(model, given)
        self.run_cameo("verify", model, "--input", given, "--reference", reference)
        shape, values = read_npy(reference / "output_0.npy")
        write_npy(reference / "output_0.npy", shape, [values[0] + 0.01])
        text = self.run_cameo("verify", model, "--input", given, "--reference", reference, status=1)
        self.assertRegex(text, r"first beyond tolerance 0\.0001: output y \(reference\)")
        self.run_cameo("verify", model, "--input", given, "--reference", reference, "--tolerance", 1)

    def test_the_first_wrong_layer_is_named(self):
        compiler = self.directory / "compiler.py"
        compiler.write_text(TAMPER)
        command = f"{sys.executable} {compiler} {CXX[0]}"
        text = self.run_cameo("verify", MODELS / "mlp_ctrl.onnx", status=1, CXX=command)
        self.assertRegex(text, r"first beyond tolerance 0\.0001: a1 ")


class Bench(Commands):
    def test_figures(self):
        found = json.loads(self.run_cameo("bench", "--json", "--seconds", 0.1, MODELS / "mlp_ctrl.onnx"))
        self.assertLessEqual(found["median_ns"], found["p99_ns"])
        self.assertLessEqual(found["p99_ns"], found["p99_9_ns"])
        self.assertLessEqual(found["p99_9_ns"], found["max_ns"])
        for key in (
            "samples",
            "calls_per_sample",
            "gflops",
            "generate_seconds",
            "compile_seconds",
            "code_bytes",
            "parameters",
            "weight_bytes",
            "activation_bytes",
            "largest_frame_bytes",
        ):
            self.assertGreater(found[key], 0, key)
        self.assertEqual(found["macs"], 8 * 16 + 16 * 16 + 16)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cameo", required=True, type=Path, metavar="PATH", help="the generator")
    options, rest = parser.parse_known_args()
    Commands.cameo = options.cameo.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
