"""Graphs exported in training mode, and weights that are inputs: what the user chooses, against onnxruntime and
ONNX's reference implementation."""

import numpy as np
import onnxruntime
from network import Network
from onnx import helper
from onnx.reference import ReferenceEvaluator
from sequences import SequenceTest
from support import cameo, main, model, tensor


def normalized(opset, ratio=0.0):
    """Convolution, BatchNormalization, Dropout; both in training mode."""
    net = Network([4, 3, 9, 7], opset=opset)
    y = net.add("Conv", "x", net.weights(5, 3, 3, 3))
    statistics = [net.weights(5), net.constant(np.abs(net.random.normal(size=5)).astype(np.float32) + np.float32(0.5))]
    outputs = ["normalized", "mean", "variance"] + (["saved_mean", "saved_variance"] if opset < 14 else [])
    y = net.add(
        "BatchNormalization",
        y,
        net.weights(5),
        net.weights(5),
        *statistics,
        outputs=outputs,
        momentum=0.75,
        **({"training_mode": 1} if opset >= 14 else {}),
    )
    y = net.add("Dropout", y, net.constant(np.float32(ratio)), net.constant(True), seed=7)
    return net.model(y, [4, 5, 7, 5])


class Training(SequenceTest):
    def assert_computes(self, content, option, expected):
        """Generated code gives what `expected` gives for the same calls."""
        source = self.save(content)
        calls = np.random.default_rng(3).normal(size=[2, 4, 3, 9, 7]).astype(np.float32)
        wanted = np.stack([expected(x).ravel() for x in calls]).astype(np.float64)
        for found in self.run_twice(source, calls, option):
            self.assertLess(np.mean((found - wanted) ** 2) / np.mean(wanted**2), 1e-9)

    def test_the_user_chooses(self):
        source = self.save(normalized(15, 0.5))
        done = cameo("check", source)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.count("is in training mode: choose --inference"), 1, done.stdout + done.stderr)
        self.assertGreater(cameo("check", source, "--inference", "--training").returncode, 100)

    def test_statistics_of_the_batch(self):
        for opset in (13, 15):
            with self.subTest(opset=opset):
                content = normalized(opset)
                session = onnxruntime.InferenceSession(content.SerializeToString(), providers=["CPUExecutionProvider"])
                self.assert_computes(content, "--training", lambda x: session.run(None, {"x": x})[0])

    def test_dropout_by_its_seed(self):
        reference = ReferenceEvaluator(normalized(15, 0.5))
        self.assert_computes(normalized(15, 0.5), "--training", lambda x: reference.run(None, {"x": x})[0])

    def test_inference(self):
        content = normalized(15, 0.5)
        trained = model(
            [node for node in content.graph.node if node.op_type != "Dropout"],
            content.graph.input,
            content.graph.output,
            content.graph.initializer,
        )
        for node in trained.graph.node:
            if node.op_type == "BatchNormalization":
                del node.attribute[:], node.output[1:]
                node.output[0] = next(node.output[0] for node in content.graph.node if node.op_type == "Dropout")
        session = onnxruntime.InferenceSession(trained.SerializeToString(), providers=["CPUExecutionProvider"])
        self.assert_computes(content, "--inference", lambda x: session.run(None, {"x": x})[0])

    def test_running_statistics_are_results(self):
        net = Network([6, 3])
        net.add(
            "BatchNormalization",
            "x",
            *(net.constant(np.float32([1, 2, 3])) for _ in range(4)),
            outputs=["n", "y"],
            momentum=0.75,
            training_mode=1,
        )
        source = self.save(model(net.nodes, [tensor("x", [6, 3])], [tensor("y", [3])], net.constants))
        x = np.random.default_rng(5).normal(size=[1, 6, 3]).astype(np.float32)
        for found in self.run_twice(source, x, "--training"):
            np.testing.assert_allclose(
                found.ravel(), 0.75 * np.float32([1, 2, 3]) + 0.25 * x[0].mean(axis=0), rtol=1e-6
            )


class WeightsFrom(SequenceTest):
    def setUp(self):
        super().setUp()
        self.weights = self.directory / "weights"
        self.weights.mkdir()
        self.w, self.b = (np.random.default_rng(2).normal(size=shape).astype(np.float32) for shape in ([4, 3], [3]))
        self.source = self.save(
            model(
                [helper.make_node("Gemm", ["x", "a::w", "b.c"], ["y"])],
                [tensor("x", [2, 4]), tensor("a::w", [4, 3]), tensor("b.c", [3])],
                [tensor("y", [2, 3])],
            )
        )
        np.save(self.weights / "a::w.npy", self.w)
        np.save(self.weights / "b.c.npy", self.b)

    def test_every_input_of_which_there_is_a_file(self):
        x = np.random.default_rng(5).normal(size=[2, 2, 4]).astype(np.float32)
        for found in self.run_twice(self.source, x, "--weights-from", self.weights):
            np.testing.assert_allclose(found.reshape(2, 2, 3), x @ self.w + self.b, rtol=1e-5, atol=1e-6)

    def test_what_does_not_fit(self):
        np.save(self.weights / "b.c.npy", self.b.astype(np.float64))
        done = cameo("check", self.source, "--weights-from", self.weights)
        self.assertIn("input 'b.c': is bound to float64[3], and the model says float32[3]", done.stdout + done.stderr)
        np.save(self.weights / "b.c.npy", self.b[:2])
        self.assertIn("is bound to float32[2]", cameo("check", self.source, "--weights-from", self.weights).stdout)
        np.save(self.weights / "z.npy", self.b)
        self.assertIn("the model has no input 'z'", cameo("check", self.source, "--weights-from", self.weights).stdout)


if __name__ == "__main__":
    main()
