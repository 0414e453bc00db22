"""Definitions of opsets 1 to 6, which neither ONNX's tests nor onnxruntime cover: against numpy."""

import numpy as np
from onnx import helper
from support import GeneratorTest, cameo, main, model, tensor

X = np.random.default_rng(9).standard_normal((2, 3, 4, 5)).astype(np.float32)
ROWS = X[0, 0]
SLOPES = np.array([0.5, -1, 2], np.float32)


def prelu(x, slope):
    return np.where(x < 0, x * slope, x)


# Operator, opset, attributes, operands (those after the first are constant), the result.
CASES = [
    ("Add", 6, {"broadcast": 1, "axis": 1}, [X, SLOPES], X + SLOPES[:, None, None]),
    ("Sub", 6, {"broadcast": 1}, [X, X[0, 0]], X - X[0, 0]),
    ("Mul", 1, {"broadcast": 1, "axis": 1, "consumed_inputs": [0]}, [X, X[1, :, :, 0]], X * X[1, :, :, :1]),
    ("Div", 6, {"broadcast": 1}, [X, np.full((1, 1), 4, np.float32)], X / 4),
    ("Greater", 1, {"broadcast": 1, "axis": 2}, [X, X[0, 0, :, 0]], X > X[0, 0, :, :1]),
    ("Pow", 1, {"broadcast": 1}, [np.abs(X), np.float32(2)], X**2),
    ("PRelu", 6, {}, [X, SLOPES], prelu(X, SLOPES[:, None, None])),
    ("PRelu", 1, {}, [X, SLOPES[:1]], prelu(X, SLOPES[0])),
    ("Sum", 1, {"consumed_inputs": [0]}, [X, X, X], 3 * X),
    ("Max", 1, {}, [X, -X], np.abs(X)),
    ("Clip", 1, {"min": -0.5, "max": 0.5}, [X], np.clip(X, -0.5, 0.5)),
    ("Cast", 1, {"to": "INT32"}, [8 * X], (8 * X).astype(np.int32)),
    ("Reshape", 1, {"shape": [6, -1]}, [X], X.reshape(6, -1)),
    ("Tile", 1, {}, [X, np.array([3]), np.array([2])], np.tile(X, (1, 1, 3, 1))),
    ("Upsample", 1, {"height_scale": 2.0, "width_scale": 3.0}, [X], X.repeat(2, 2).repeat(3, 3)),
    ("Split", 1, {"axis": 1}, [X, np.array([3])], X),
    ("LpPool", 1, {"p": 1.0, "kernel_shape": [4, 5]}, [X], np.abs(X).sum((2, 3), keepdims=True)),
    ("GlobalLpPool", 1, {"p": 2.0}, [X], np.sqrt((X**2).sum((2, 3), keepdims=True))),
    ("AveragePool", 1, {"kernel_shape": [4, 5]}, [X], X.mean((2, 3), keepdims=True)),
    ("Dropout", 6, {"is_test": 1, "ratio": 0.5}, [X], X),
    ("Gemm", 6, {"broadcast": 1, "alpha": 2.0}, [ROWS, ROWS.T, np.ones(4, np.float32)], 2 * ROWS @ ROWS.T + 1),
    ("Gemm", 1, {}, [ROWS, ROWS.T, np.ones((4, 4), np.float32)], ROWS @ ROWS.T + 1),
    (
        "BatchNormalization",
        1,
        {"is_test": 1, "epsilon": 0.0, "consumed_inputs": [0, 0, 0, 1, 1]},
        [X, SLOPES, SLOPES, SLOPES, SLOPES**2],
        ((X - SLOPES[:, None, None]) * np.sign(SLOPES)[:, None, None] + SLOPES[:, None, None]),
    ),
]
REFUSED = [
    ("operands must have one shape where attribute 'broadcast' is 0", "Add", 6, {}, [X, X[0]]),
    ("does not broadcast to float32[2,3,4,5] from axis 2 on", "Add", 6, {"broadcast": 1, "axis": 2}, [X, SLOPES]),
    ("one slope or one for each channel", "PRelu", 6, {}, [X, X[0, 0, 0]]),
    ("must have the shape of the result", "Gemm", 6, {}, [ROWS, ROWS.T, np.ones(4, np.float32)]),
    ("is 'REAL', which is no element type", "Cast", 1, {"to": "REAL"}, [X]),
    ("'p' must be 1 or 2", "GlobalLpPool", 1, {"p": 1.5}, [X]),
    ("choose --inference", "BatchNormalization", 6, {}, [X, SLOPES, SLOPES, SLOPES, SLOPES]),
    ("choose --inference", "Dropout", 6, {}, [X]),
    ("'consumed_inputs' is not known", "Relu", 6, {"consumed_inputs": [0]}, [X]),
]


class OldOpsets(GeneratorTest):
    def one_node(self, operator, opset, attributes, operands):
        names = [f"x{k}" for k in range(len(operands))]
        return self.save(
            model(
                [helper.make_node(operator, names, ["y"], **attributes)],
                [tensor("x0", operands[0].shape)],
                [helper.make_empty_tensor_value_info("y")],
                [
                    helper.make_tensor(name, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape, a)
                    for name, a in zip(names, operands)
                ][1:],
                opset,
            )
        )

    def assert_gives(self, path, inputs, *expected):
        options = []
        for name, array in inputs.items():
            np.save(self.directory / f"{name}.npy", array)
            options += ["--input", f"{name}={self.directory / name}.npy"]
        done = cameo("run", path, *options, "--output-dir", self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        for k, wanted in enumerate(expected):
            found = np.load(self.directory / f"output_{k}.npy")
            self.assertEqual((found.dtype, found.shape), (wanted.dtype, wanted.shape))
            np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-6)

    def test_results(self):
        for operator, opset, attributes, operands, expected in CASES:
            with self.subTest(operator=operator, opset=opset, attributes=attributes):
                path = self.one_node(operator, opset, attributes, operands)
                self.assert_gives(path, {"x0": operands[0]}, expected)

    def scan(self, operands, parts, **attributes):
        """A Scan of opset 8, which adds up rows of 5."""
        nodes = [helper.make_node("Add", ["sum", "row"], ["next"]), helper.make_node("Identity", ["next"], ["part"])]
        body = helper.make_graph(
            nodes, "sums", [tensor("sum", [5]), tensor("row", [5])], [tensor("next", [5]), tensor("part", [5])]
        )
        node = helper.make_node("Scan", operands, ["last", "all"], body=body, num_scan_inputs=parts, **attributes)
        outputs = [helper.make_empty_tensor_value_info(name) for name in ("last", "all")]
        inputs = [tensor("s", [3, 5]), tensor("x", [3, 4, 5]), tensor("lengths", [3])]
        return self.save(model([node], [v for v in inputs if v.name in operands], outputs, opset=8))

    def test_a_scan_of_a_batch(self):
        start, x = X[0, :, 0], X[0]
        for directions, rows in (({}, x), ({"directions": [1]}, x[:, ::-1])):
            sums = start[:, None] + np.cumsum(rows, 1)
            path = self.scan(["", "s", "x"], 1, **directions)
            self.assert_gives(path, {"s": start, "x": x}, sums[:, -1], sums)
        self.assert_refused(self.scan(["lengths", "s", "x"], 1), "sequence_lens must be absent")
        self.assert_refused(self.scan(["", "s", "x"], 4), "'num_scan_inputs' is 4 of 3 operands")

    def test_what_is_refused(self):
        for message, *of_node in REFUSED:
            with self.subTest(message):
                self.assert_refused(self.one_node(*of_node), message)


if __name__ == "__main__":
    main()
