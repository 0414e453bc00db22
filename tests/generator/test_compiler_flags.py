"""Options that change the arithmetic of the language (-ffast-math, -Ofast and their parts) leave networks within
their limits.

CAMEO=cameo CXX=g++ python tests/generator/test_compiler_flags.py --full     every option and target, and all unit
tests of kernels: 45 minutes of one core
"""

import os
import re
import shutil
import subprocess
import sys

import numpy as np
import onnxruntime
from network import Network
from onnx import TensorProto, helper
from support import CXX, MODELS, ROOT, GeneratorTest, cameo, main, model, tensor
from test_numerics import runnable

FULL = "--full" in sys.argv
MARCH = {"SSE2": "-march=x86-64", "AVX2": "-march=x86-64-v3", "AVX-512": "-march=native"}
TARGETS = [target for target in runnable() if FULL or target == "AVX2"]
OPTIONS = ["-O2 -ffast-math"]
FURTHER = [
    "-Ofast",
    "-O2 -fassociative-math -fno-signed-zeros -fno-trapping-math",
    "-O2 -freciprocal-math",
    "-O2 -fno-signed-zeros",
    "-O2 -ffinite-math-only",
    "-O2 -funsafe-math-optimizations",
    "-O2 -ffp-contract=fast",
    "-O2 -ffp-contract=off",
    "-O2 -ffast-math -include immintrin.h",
    "-O2 -funsafe-math-optimizations -include immintrin.h",
]
UNITS = (
    sorted((ROOT / "tests" / "kernel").glob("*.cpp"))
    if FULL
    else [ROOT / "tests" / "kernel" / f"{name}.cpp" for name in ("numerics",)]
)
TOLERANCE = 1e-5  # of the largest number of a result
STEP = 0.02  # of quantized numbers: onnxruntime is one off where a layer rounds
NETWORKS = ["lstm16", "gru16", "mlp_jet", "mnist_cnn"]


def each_build(options):
    return [f"{option} {MARCH[target]}" for target in TARGETS for option in options]


def layers():
    """What an order of operations, an infinity or a reciprocal could spoil, in one network each."""
    wide = Network(["batch", 8, 40], opset=20)
    masked = wide.add("Where", wide.constant(np.arange(40) % 3 != 1), "x", wide.constant(np.float32(-np.inf)))
    y = wide.add(
        "LayerNormalization", wide.add("Softmax", masked, axis=-1), wide.weights(40), wide.weights(40), axis=-1
    )
    largest = wide.add("Exp", wide.add("ReduceMax", masked, wide.constant(np.array([2])), keepdims=1))
    yield "masked softmax", wide.model(wide.add("Add", y, largest), ["batch", 8, 40]), {"batch": 2}, TOLERANCE
    chain = Network([1, 8, 40], opset=20)
    y = chain.add("Gelu", chain.add("Tanh", chain.add("Sigmoid", "x")))
    for operator in ("Softplus", "Erf", "Log", "Sin", "Mish"):
        y = chain.add(operator, chain.add("Add", chain.add("Abs", y), chain.constant(np.float32(0.25))))
    yield (
        "functions",
        chain.model(
            chain.add("Clip", y, chain.constant(np.float32(-np.inf)), chain.constant(np.float32(np.inf))), [1, 8, 40]
        ),
        {},
        TOLERANCE,
    )
    for extent in (49, 1) if FULL else (1,):
        image = Network([1, 16, 8, extent], opset=18)
        y = image.add("MaxPool", "x", kernel_shape=[3, 1], pads=[1, 0, 1, 0])
        y = image.add(
            "Resize",
            y,
            "",
            image.constant(np.array([1, 1, 2, 49], np.float32)),
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )
        yield (
            f"pool and resize {extent}",
            image.model(image.add("AveragePool", y, kernel_shape=[3, 3]), [1, 16, 14, 49 * extent - 2]),
            {},
            TOLERANCE,
        )
    yield "quantized", quantized(), {}, STEP * 1.01


def quantized():
    n = Network([1, 3, 12, 12])
    scale, zero = n.constant(np.float32(STEP)), n.constant(np.uint8(120))
    weight_scale, weight_zero = n.constant(np.float32(0.01)), n.constant(np.int8(0))

    def in_steps(y):
        return n.add("DequantizeLinear", n.add("QuantizeLinear", y, scale, zero), scale, zero)

    def convolution(y, filters, channels):
        w = n.constant(n.random.integers(-60, 60, (filters, channels, 3, 3)).astype(np.int8))
        return in_steps(
            n.add("Relu", n.add("Conv", y, n.add("DequantizeLinear", w, weight_scale, weight_zero), pads=[1, 1, 1, 1]))
        )

    y = convolution(convolution(in_steps("x"), 16, 3), 16, 16)
    return n.model(in_steps(n.add("AveragePool", y, kernel_shape=[3, 3])), [1, 16, 10, 10])


class CompilerFlags(GeneratorTest):
    def test_kernels(self):
        """The unit tests of kernels, ULP limits of functions among them, compiled so."""
        for flags in each_build(OPTIONS + (FURTHER if FULL else [])):
            with self.subTest(flags=flags):
                program = self.directory / "units"
                sources = UNITS if flags.startswith(tuple(OPTIONS)) else [ROOT / "tests" / "kernel" / "numerics.cpp"]
                subprocess.run(
                    [
                        *CXX,
                        "-std=c++20",
                        *flags.split(),
                        "-w",
                        "-I",
                        ROOT / "include",
                        "-I",
                        ROOT / "tests",
                        ROOT / "tests" / "main.cpp",
                        *sources,
                        "-o",
                        program,
                    ],
                    check=True,
                )
                done = subprocess.run([program], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_networks_against_onnxruntime(self):
        models = [(name, MODELS / f"{name}.onnx", {}, TOLERANCE) for name in NETWORKS if FULL or name == "lstm16"]
        models += [
            (name, self.save(m, f"{name.replace(' ', '_')}.onnx"), sizes, tolerance)
            for name, m, sizes, tolerance in layers()
        ]
        for flags in each_build(OPTIONS):
            for name, path, sizes, tolerance in models:
                with self.subTest(network=name, flags=flags):
                    self.compare(path, sizes, tolerance, flags)

    def compare(self, path, sizes, tolerance, flags):
        settings = onnxruntime.SessionOptions()
        settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
        random, inputs = np.random.default_rng(1), {}
        for i in session.get_inputs():
            inputs[i.name] = random.normal(size=[sizes.get(d, d) for d in i.shape]).astype(np.float32)
            np.save(self.directory / f"{i.name}.npy", inputs[i.name])
        given = [word for name in inputs for word in ("--input", f"{name}={self.directory / name}.npy")] + [
            word for d in sizes.items() for word in ("--dim", "{}={}".format(*d))
        ]
        done = cameo(
            "run",
            path,
            "--compiled",
            f"--cxxflags={flags}",
            "--output-dir",
            self.written,
            *given,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        for k, expected in enumerate(session.run(None, inputs)):
            found = np.load(self.written / f"output_{k}.npy")
            self.assertLess(np.abs(found - expected).max(), tolerance * max(1, np.abs(expected).max()))

    def test_verify_takes_flags(self):
        done = cameo("verify", MODELS / "lstm16.onnx", "--cxxflags=-O2 -ffast-math")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for command, flags, variables in (
            ("verify", ["--cxxflags=-O1 -no-such-flag"], {}),
            ("bench", [], {"CXXFLAGS": "-no-such-flag"}),
            ("profile", ["--cxxflags=-no-such-flag"], {}),
        ):
            with self.subTest(command):
                done = cameo(command, MODELS / "mlp_ctrl.onnx", *flags, env={**os.environ, **variables})
                self.assertEqual(done.returncode, 1)
                self.assertIn("no-such-flag", done.stderr)

    def test_quantized_numbers_are_those_of_the_definitions(self):
        """To the bit: the report is the same as without the option."""
        source = self.save(quantized())
        self.assertEqual(
            cameo("verify", source, "--cxxflags=-O2 -ffast-math").stdout,
            cameo("verify", source, "--cxxflags=-O2").stdout,
        )

    def test_what_has_no_meaning_is_refused(self):
        for operator in ("IsNaN", "IsInf"):
            self.generate(
                self.save(
                    model(
                        [helper.make_node(operator, ["x"], ["y"])],
                        [tensor("x", [4])],
                        [tensor("y", [4], TensorProto.BOOL)],
                    )
                )
            )
            source = self.save(b'#include "tested.hpp"\ntested::net net;\n', "uses.cpp")
            self.assert_compiles("-fsyntax-only", "-I", self.written, source)
            compilers = [[name] for name in ("g++", "clang++-19") if shutil.which(name)]
            for compiler in compilers:
                for flag in ("-ffinite-math-only", "-Ofast"):
                    with self.subTest(operator=operator, compiler=compiler, flag=flag):
                        done = subprocess.run(
                            [
                                *compiler,
                                "-std=c++20",
                                flag,
                                "-fsyntax-only",
                                "-I",
                                ROOT / "include",
                                "-I",
                                self.written,
                                source,
                            ],
                            capture_output=True,
                            text=True,
                        )
                        self.assertNotEqual(done.returncode, 0)
                        self.assertIn("IsNaN_and_IsInf_have_no_meaning_under_ffinite_math_only", done.stderr)

    def test_nothing_else_compares_a_number_with_itself(self):
        """NaN is told by is_a_number(), in spite of -ffinite-math-only."""
        itself, told = (
            re.compile(r"(?<![\w.])(\w+(?:\[\w+\])*) [!=]= \1(?![\w.:({\[])"),
            re.compile(r"\bstd::(isnan|isinf|isfinite|signbit)\b"),
        )
        found = [
            f"{path.relative_to(ROOT)}: {line.strip()}"
            for path in sorted((ROOT / "include").rglob("*.hpp"))
            if path.name not in ("floats.hpp", "is_nan.hpp")
            for line in path.read_text().splitlines()
            if (itself.search(line) or told.search(line)) and "operator" not in line
        ]
        self.assertEqual(found, [])

    def test_infinities_are_named_once(self):
        """clang may take another value for one that begins a fold, under -ffast-math. Folds that begin with those of
        these files are tested with it."""
        tested = {"floats.hpp", "is_inf.hpp", "max_pool.hpp", "reduction.hpp"}
        named = {
            path.name for path in (ROOT / "include").rglob("*.hpp") if re.search(r">::infinity\(\)", path.read_text())
        }
        self.assertEqual(named - tested, set())


if __name__ == "__main__":
    if FULL:
        sys.argv.remove("--full")
    main()
