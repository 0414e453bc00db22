"""--math fast writes approximations into the expressions on floats, says so in the header, and stays within the
tolerance of verify."""

from onnx import TensorProto, helper
from support import MODELS, GeneratorTest, cameo, main, model, tensor


def activations(element=TensorProto.FLOAT):
    nodes = [
        helper.make_node("Sigmoid", ["x"], ["a"]),
        helper.make_node("Erf", ["a"], ["b"]),
        helper.make_node("Exp", ["b"], ["c"]),
        helper.make_node("Tanh", ["c"], ["y"]),
        helper.make_node("Gelu", ["y"], ["z"], approximate="tanh"),
        helper.make_node("Gelu", ["z"], ["w"]),
    ]
    return model(nodes, [tensor("x", [4, 100], element)], [tensor("w", [4, 100], element)], opset=20)


class FastMath(GeneratorTest):
    def test_functions_of_floats(self):
        source = self.save(activations())
        fast = self.generate(source, "--math", "fast").read_text()
        for name in ("exp", "sigmoid", "tanh", "erf", "gelu", "gelu_tanh"):
            with self.subTest(name):
                self.assertIn(f"cameo::fast_{name}(", fast)
                self.assertNotIn(f"cameo::{name}(", fast)
        self.assertIn("\n// --math fast: ", fast)
        self.assertIn("\n// --math fast: ", self.generate(source, "--math", "fast", "--split").read_text())

    def test_accurate_is_the_default(self):
        source = self.save(activations())
        text = self.generate(source).read_text()
        self.assertNotIn("fast", text)
        self.assertEqual(text, self.generate(source, "--math", "accurate").read_text())

    def test_doubles_stay_exact(self):
        text = self.generate(self.save(activations(TensorProto.DOUBLE)), "--math", "fast").read_text()
        self.assertNotIn("cameo::fast_", text)

    def test_gates_of_recurrent_layers(self):
        for name in ("lstm16", "gru16"):
            with self.subTest(name):
                text = self.generate(MODELS / f"{name}.onnx", "--math", "fast").read_text()
                self.assertIn("cameo::fast_sigmoid(", text)
                self.assertIn("cameo::fast_tanh(", text)

    def test_within_the_tolerance_of_verify(self):
        for source in (self.save(activations()), MODELS / "lstm16.onnx", MODELS / "gru40.onnx"):
            with self.subTest(source=source.name):
                done = cameo("verify", source, "--math", "fast")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                exact = cameo("verify", source)
                self.assertNotEqual(done.stdout, exact.stdout)

    def test_an_unknown_choice_is_refused(self):
        done = cameo("generate", MODELS / "lstm16.onnx", "--math", "sloppy", "-o", self.written / "net.hpp")
        self.assertGreater(done.returncode, 100)
        self.assertIn("--math", done.stderr)


if __name__ == "__main__":
    main()
