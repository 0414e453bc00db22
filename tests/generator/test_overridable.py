"""Inputs with defaults, initializers that are inputs too: constants, or with --overridable values that a program may
write."""

import subprocess

import numpy as np
import onnxruntime
from onnx import helper
from support import GeneratorTest, cameo, constant, main, model, tensor

onnxruntime.set_default_logger_severity(3)  # it warns of inputs with defaults
RANDOM = np.random.default_rng(4)
SHAPES = {"w": [4, 2, 3, 3], "b": [4], "scale": [4, 1, 1]}
DEFAULTS = {name: RANDOM.standard_normal(shape).astype(np.float32) for name, shape in SHAPES.items()}
OTHERS = {name: RANDOM.standard_normal(shape).astype(np.float32) for name, shape in SHAPES.items()}

PROGRAM = """#include "tested.hpp"
#include <cstdio>
#include <memory>
template <class View>
void print(View y) { std::fwrite(y.data(), sizeof(float), y.size(), stdout); }
int main()
{
    const auto one = std::make_unique<tested::net>(), other = std::make_unique<tested::net>();
    std::array<float, 2 * 6 * 6> x;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 7) - 3.0f;
    print((*one)(x));
    for (float& b : one->input<tested::b>()) b += 1.0f;
    print((*one)(x));
    one->reset();
    print((*one)(x));    // reset() is for state
    print((*other)(x));  // each object has its own
}
"""


def network():
    nodes = [
        helper.make_node("Conv", ["x", "w", "b"], ["c"], name="conv", pads=[1] * 4),
        helper.make_node("Mul", ["c", "scale"], ["y"], name="scaled"),
    ]
    return model(
        nodes,
        [tensor("x", [1, 2, 6, 6]), *(tensor(name, shape) for name, shape in SHAPES.items())],
        [tensor("y", [1, 4, 6, 6])],
        [constant(name, array) for name, array in DEFAULTS.items()],
    )


def expected(x, **given):
    return onnxruntime.InferenceSession(network().SerializeToString()).run(None, {"x": x, **given})[0]


class Overridable(GeneratorTest):
    def verify(self, given, *options):
        """Generated code with these inputs beside x gives what onnxruntime gives."""
        x = RANDOM.standard_normal([1, 2, 6, 6]).astype(np.float32)
        arrays = {"x": x, **given}
        for name, array in arrays.items():
            np.save(self.directory / f"{name}.npy", array)
        np.save(self.directory / "output_0.npy", expected(x, **given))
        inputs = [part for name in arrays for part in ("--input", f"{name}={self.directory / name}.npy")]
        done = cameo(
            "verify", self.save(network()), *inputs, "--reference", self.directory, "--tolerance", 1e-5, *options
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_without_the_option_they_are_constants(self):
        self.assertIn("using inputs = cameo::list<x>;", (text := self.generate(self.save(network())).read_text()))
        self.assertNotIn("setting", text)
        self.verify({})

    def test_defaults_hold_until_they_are_written(self):
        self.verify({}, "--overridable", "*")
        self.verify(OTHERS, "--overridable", "*")
        self.verify({"b": OTHERS["b"]}, "--overridable", "b")

    def test_each_object_has_its_own(self):
        self.generate(self.save(network()), "--overridable", "b")
        program = self.written / "program"
        self.assert_compiles("-O1", "-I", self.written, self.save(PROGRAM.encode(), "program.cpp"), "-o", program)
        found = np.frombuffer(subprocess.run([program], capture_output=True, check=True).stdout, np.float32).reshape(
            4, 1, 4, 6, 6
        )
        x = (np.arange(72) % 7 - 3).astype(np.float32).reshape(1, 2, 6, 6)
        defaults, others = expected(x), expected(x, b=DEFAULTS["b"] + 1)
        for k, array in enumerate((defaults, others, others, defaults)):
            np.testing.assert_allclose(found[k], array, rtol=1e-5, atol=1e-5)

    def test_the_compiler_evaluates_defaults_too(self):
        self.generate(self.save(network()), "--overridable", "*")
        self.assert_compiles(
            "-fsyntax-only",
            "-I",
            self.written,
            self.save(
                b"""#include "tested.hpp"
            #include <cameo/network/forward.hpp>
            constexpr auto y = cameo::forward<tested::model>(std::array<float, 72>{});
            static_assert(y[0] == tested::b_default::values[0] * tested::scale_default::values[0]);
            """,
                "program.cpp",
            ),
        )

    def test_what_cannot_be_is_refused(self):
        self.assert_refused(
            self.save(network()),
            "--overridable nothing: the model has no such input with a default",
            options=["--overridable", "nothing"],
        )
        self.assert_refused(
            self.save(network()),
            "--split: the interface does not hold defaults of inputs",
            options=["--overridable", "b", "--split"],
        )


main()
