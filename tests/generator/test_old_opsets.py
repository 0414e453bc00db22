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

    def test_results(self):
        for operator, opset, attributes, operands, expected in CASES:
            with self.subTest(operator=operator, opset=opset, attributes=attributes):
                path = self.one_node(operator, opset, attributes, operands)
                np.save(self.directory / "x.npy", operands[0])
                done = cameo("run", path, "--input", f"x0={self.directory / 'x.npy'}", "--output-dir", self.directory)
                self.assertEqual(done.returncode, 0, done.stderr)
                found = np.load(self.directory / "output_0.npy")
                self.assertEqual((found.dtype, found.shape), (expected.dtype, expected.shape))
                np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)

    def test_what_is_refused(self):
        for message, *of_node in REFUSED:
            with self.subTest(message):
                self.assert_refused(self.one_node(*of_node), message)


if __name__ == "__main__":
    main()
