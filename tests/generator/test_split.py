"""An interface without kernels, and a source file with them: the same network, and little for a program to parse."""

import numpy as np
from sequences import SequenceTest
from support import MODELS, ROOT, cameo, compile_cpp, main


class Split(SequenceTest):
    def test_computes_the_same(self):
        """Also with state, with histories, whose place changes in each run, and with weights in an object."""
        for model, options in (
            ("mlp_jet", []),
            ("mlp_jet", ["--weights", "object"]),
            ("lstm16", ["--state", "h0=h1", "--state", "c0=c1"]),
            ("wavenet_std_b64", ["--state", "h*=n*"]),
        ):
            with self.subTest(model, options=options):
                for file in self.written.iterdir():
                    file.unlink()
                size = {"mlp_jet": 16, "lstm16": 1, "wavenet_std_b64": 64}[model]
                calls = np.random.default_rng(2).normal(size=(70, size)).astype(np.float32)
                whole = self.run_twice(MODELS / f"{model}.onnx", calls, *options)
                split = self.run_twice(MODELS / f"{model}.onnx", calls, "--split", *options)
                np.testing.assert_array_equal(split, whole)
                np.testing.assert_array_equal(split[0], split[1])

    def test_interface_needs_no_kernels(self):
        header = self.generate(MODELS / "wavenet_std_b64.onnx", "--split")
        self.assertEqual({file.name for file in self.written.iterdir()}, {"tested.hpp", "tested.cpp"})
        self.assert_header_compiles(header)
        unit = self.save(b'#include "tested.hpp"\n', "includes.cpp")
        included = compile_cpp("-M", "-I", self.written, unit).stdout
        self.assertIn("network/split.hpp", included)
        for absent in ("xsimd", "/op/", "/kernel/", "/function/"):
            self.assertNotIn(absent, included.replace(str(ROOT), ""))

    def test_several_inputs_and_outputs(self):
        self.generate(MODELS / "lstm16.onnx", "--split")
        unit = self.save(
            b'#include "tested.hpp"\nfloat first(tested::net& net, std::span<const float, 16> state) {'
            b" auto [y, h1, c1] = net({.x = std::array{1.0f}, .h0 = state, .c0 = state});"
            b" return y[0] + h1[0] + c1[0]; }\n",
            "several.cpp",
        )
        self.assert_compiles("-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", self.written, unit)
        self.assert_compiles("-fsyntax-only", "-Wall", "-Wextra", "-Werror", self.written / "tested.cpp")

    def test_weights_that_the_program_gives(self):
        self.generate(MODELS / "mlp_jet.onnx", "--split", "--weights", "file")
        unit = self.save(
            b'#include "tested.hpp"\nvoid give(const std::byte* weights) { tested::blob::place = weights; }\n',
            "give.cpp",
        )
        self.assert_compiles("-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", self.written, unit)
        self.assert_compiles("-fsyntax-only", "-Wall", "-Wextra", "-Werror", self.written / "tested.cpp")

    def test_a_source_file_of_another_model(self):
        self.generate(MODELS / "mlp_jet.onnx", "--split")
        source = self.written / "tested.cpp"
        kept = source.read_bytes()
        self.generate(MODELS / "mlp_ctrl.onnx", "--split")
        source.write_bytes(kept)
        done = compile_cpp("-fsyntax-only", source)
        self.assertIn("not of one generation", done.stderr)

    def test_refused(self):
        for output, options, message in (
            ("net.hpp", ["--standalone"], "--standalone is one file"),
            ("net.cpp", [], "name of the source file"),
            ('a"b.hpp', [], "cannot include"),
        ):
            with self.subTest(message):
                done = cameo("generate", MODELS / "mlp_jet.onnx", "--split", "-o", self.written / output, *options)
                self.assertEqual(done.returncode, 1)
                self.assertIn(message, done.stderr)
                self.assertEqual(list(self.written.iterdir()), [])


if __name__ == "__main__":
    main()
