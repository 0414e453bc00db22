"""What `check` says is what `generate` does: sizes that are open, names that are not there, and whatever else stands
in the way."""

import json
import re

import numpy as np
from onnx import helper
from support import MODELS, GeneratorTest, cameo, constant, main, model, relu_model, tensor


def relu(*shape):
    return model(
        [helper.make_node("Relu", ["x"], ["y"], name="relu")],
        [tensor("x", list(shape))],
        [tensor("y", [None] * len(shape))],
    )


def two_rows():
    return model(
        [helper.make_node("Add", ["x", "y"], ["z"], name="sum")],
        [tensor("x", [4, "a"]), tensor("y", [4, "b"])],
        [tensor("z", [4, None])],
    )


def only_one_at_a_time():
    """Reshape to one row: it can be for a batch of one."""
    return model(
        [helper.make_node("Reshape", ["x", "shape"], ["y"], name="row")],
        [tensor("x", ["batch", 4])],
        [tensor("y", [1, 4])],
        [constant("shape", np.array([1, 4]))],
    )


def unknown_operator(*shape):
    return model(
        [helper.make_node("Tonh", ["x"], ["y"], name="odd")], [tensor("x", list(shape))], [tensor("y", list(shape))]
    )


class Check(GeneratorTest):
    def check(self, source, *options):
        """What it says as JSON, which must be what `generate` does."""
        done = cameo("check", "--json", source, *options)
        found = json.loads(done.stdout)
        header = self.written / "net.hpp"
        generated = cameo("generate", source, "-o", header, *options)
        self.assertEqual(
            (done.returncode, found["can_be_generated"]),
            (generated.returncode, generated.returncode == 0),
            generated.stderr,
        )
        self.assertEqual(cameo("check", source, *options).returncode, generated.returncode)
        if generated.returncode == 0:
            self.assertEqual(found["diagnostics"], [])
            listed = ", ".join(f"cameo::dim {p['name']} = {p['default']}" for p in found["parameters"])
            self.assertEqual(
                re.findall(r"^template <(.*)>\nstruct net", header.read_text(), re.M), [listed] if listed else []
            )
        for diagnostic in found["diagnostics"]:
            self.assertIn(diagnostic["reason"], generated.stderr)
        return found

    def test_open_axes_are_parameters(self):
        found = self.check(self.save(relu("batch size", 3, None)))
        self.assertEqual(
            found["parameters"],
            [{"name": "batch_size", "axis": "batch size", "default": 1}, {"name": "x_2", "axis": "x_2", "default": 64}],
        )
        text = cameo("check", self.directory / "model.onnx").stdout
        self.assertIn("can be generated\n  with template parameters", text)
        self.assertIn("batch_size = 1 (axis 'batch size')", text)
        self.assertEqual(self.check(self.save(relu("n", 4)), "--dim", "n=2")["parameters"], [])

    def test_a_negative_extent_is_an_open_axis(self):
        for extent in (-1, -7):
            found = self.check(self.save(relu(extent, 3)))
            self.assertEqual(found["parameters"], [{"name": "x_0", "axis": "x_0", "default": 1}])
            self.assertEqual(self.check(self.save(relu(extent, 3)), "--dim", "x_0=5")["parameters"], [])

    def test_reasons(self):
        for content, operators in (
            (two_rows(), ["Add", ""]),
            (only_one_at_a_time(), ["Reshape", ""]),
            (unknown_operator("n", 4), ["Tonh"]),
            (unknown_operator(2, 4), ["Tonh"]),
        ):
            found = self.check(self.save(content))
            self.assertEqual([diagnostic["operator"] for diagnostic in found["diagnostics"]], operators)
        self.assertIn("with batch=1 it can be", self.check(self.save(only_one_at_a_time()))["diagnostics"][1]["reason"])
        self.check(self.save(only_one_at_a_time()), "--dim", "batch=1")

    def test_options_that_both_take(self):
        self.check(MODELS / "lstm16.onnx", "--state", "h0=h1")
        self.check(MODELS / "lstm16.onnx", "--state", "h0=nothing")
        self.check(MODELS / "mlp_ctrl.onnx", "--skip-pass", "nothing")
        self.check(self.save(relu("n", 4)), "--math", "fast", "--no-fuse")
        self.check(self.save(b"no model"))


class Names(GeneratorTest):
    """What an option names must be there."""

    def test_each_option_lists_what_there_is(self):
        np.save(self.directory / "x.npy", np.zeros(4, np.float32))
        source = self.save(relu("batch", 4))
        for options, messages in (
            (["--dim", "bacth=3"], ["no open axis 'bacth'", "did you mean 'batch'", "It has 'batch'"]),
            (["--dim", "x_1=4"], ["no open axis 'x_1'", "It has 'batch'"]),
            (["--input-shape", "z:1,4"], ["no input 'z'", "It has 'x'"]),
            (["--input-shape", "x:4"], ["is [batch,4], with 2 axes, found 1"]),
            (["--input-shape", "x:3,4", "--dim", "batch=2"], ["--input-shape says 3"]),
            (["--constant", f"z={self.directory / 'x.npy'}"], ["no input 'z'", "It has 'x'"]),
            (["--overridable", "x"], ["no such input with a default", "It has none"]),
            (["--bound", "y=3"], ["no value of this name", "There is none"]),
            (["--state", "x=z"], ["no output 'z'", "There are 'y'"]),
            (["--skip-pass", "winogard"], ["no such pass; did you mean 'winograd'?"]),
        ):
            with self.subTest(options):
                self.assert_refused(source, *messages, options=options)
        self.assertIn(
            "no open axis 'n'", cameo("simplify", source, "-o", self.written / "out.onnx", "--dim", "n=3").stderr
        )
        done = cameo("run", source, "--dim", "batch=1", "--input", f"X={self.directory / 'x.npy'}")
        self.assertEqual(done.returncode, 1)

    def test_an_input_that_is_there(self):
        done = cameo("verify", self.save(relu_model()), "--input", f"xx={self.save(b'', 'no.npy')}")
        self.assertEqual(done.returncode, 1)


class CommandLine(GeneratorTest):
    def test_alone_it_prints_its_help(self):
        done = cameo()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, cameo("--help").stdout)

    def test_usage_begins_with_the_name(self):
        self.assertIn("\nUsage: cameo ", cameo("--help").stdout)
        for command in ("generate", "check", "run"):
            self.assertIn(f"\nUsage: cameo {command} ", cameo(command, "--help").stdout)

    def test_did_you_mean(self):
        source = self.save(relu_model())
        for arguments, meant in (
            (["chekc", source], "'check'"),
            (["inspct", source], "'inspect'"),
            (["generat", source, "-o", "x.hpp"], "'generate'"),
            (["check", source, "--input-shap", "x:1,4"], "'--input-shape'"),
            ([source, "-o", self.written / "x.hpp", "--wieghts=inline"], "'--weights'"),
        ):
            with self.subTest(arguments):
                done = cameo(*arguments)
                self.assertGreater(done.returncode, 100)
                self.assertIn(f"did you mean {meant}?", done.stderr)
        self.assertNotIn("did you mean", cameo("check", source, "--completely-different").stderr)
        self.assertEqual(list(self.written.iterdir()), [])

    def test_a_model_may_have_any_name(self):
        source = self.save(relu_model(), "chekc")
        self.assertEqual(cameo("chekc", "-o", "x.hpp", cwd=source.parent).returncode, 0)


if __name__ == "__main__":
    main()
