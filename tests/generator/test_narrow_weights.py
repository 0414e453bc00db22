"""Dense layers that wait for memory keep weights in as few bits as hold them exactly: 16 instead of 32, or the 8 or
4 of a DequantizeLinear. The bits of the result are the same."""

import re

import ml_dtypes
import numpy as np
import onnxruntime
from network import Network
from onnx import TensorProto, helper
from support import FLOAT, GeneratorTest, cameo, main, model, tensor

LARGE = 512  # a matrix of as many rows and columns waits for memory
NARROW = {"bf16": ml_dtypes.bfloat16, "f16": np.float16}


def dense(weights, rows=1, transposed=False):
    """A dense layer, with a bias and an activation."""
    outputs, inputs = weights.shape if transposed else weights.shape[::-1]
    n = Network([rows, inputs])
    product = n.add("Gemm", "x", n.constant(weights), n.weights(outputs), transB=int(transposed))
    return n.model(n.add("Relu", product), [rows, outputs])


def random(*shape):
    return np.random.default_rng(3).normal(size=shape).astype(np.float32)


class DenseLayers(GeneratorTest):
    def run_model(self, source, *options):
        done = cameo("run", source, *options, f"--input=x={self.directory / 'x.npy'}", "--output-dir", self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        return np.load(self.directory / "output_0.npy")

    def check_bits(self, content, rows, name):
        """The same as of weights in float32, and near to what onnxruntime computes of these."""
        source, x = self.save(content), random(rows, LARGE)
        np.save(self.directory / "x.npy", x)
        found, wide = (self.run_model(source, "--compiled", *options) for options in ([], ["--skip-pass", name]))
        np.testing.assert_array_equal(found.view(np.uint32), wide.view(np.uint32))
        settings = onnxruntime.SessionOptions()
        settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(source, settings, providers=["CPUExecutionProvider"])
        np.testing.assert_allclose(found, session.run(None, {"x": x})[0], rtol=1e-4, atol=1e-4)


class NarrowWeights(DenseLayers):
    def type_of_weights(self, content, *options):
        header = self.generate(self.save(content), *options)
        return re.search(rf"\b(f32|f16|bf16)<{LARGE}, {LARGE}>", header.read_text()).group(1)

    def test_what_is_exact_takes_half(self):
        for name, dtype in NARROW.items():
            weights = random(LARGE, LARGE).astype(dtype).astype(np.float32)
            for transposed in (False, True):
                with self.subTest(name, transposed=transposed):
                    content = dense(weights, transposed=transposed)
                    self.assertEqual(self.type_of_weights(content), name)
                    self.assertEqual(self.type_of_weights(content, "--skip-pass", "narrow-weights"), "f32")

    def test_what_is_not_stays(self):
        exact = random(LARGE, LARGE).astype(np.float16).astype(np.float32)
        one = exact.copy()
        one[-1, -1] = 1 + 2.0**-20
        beyond = exact.copy()
        beyond[0, 0], beyond[0, 1] = 1e6, 1 + 2.0**-10  # too large for float16, too precise for bfloat16
        for weights in (random(LARGE, LARGE), one, beyond):
            self.assertEqual(self.type_of_weights(dense(weights)), "f32")
        self.assertEqual(self.type_of_weights(dense(exact, rows=17)), "f32", "many rows share each weight")

    def test_same_bits(self):
        for (name, dtype), rows in zip(NARROW.items(), (1, 5), strict=True):
            weights = random(LARGE, LARGE + 24).astype(dtype).astype(np.float32)
            weights[0, :4] = -0.0, np.inf, 2.0**-24, -(2.0**-14)
            with self.subTest(name, rows=rows):
                self.check_bits(dense(weights, rows), rows, "narrow-weights")

    def test_files_do_not_mix_types(self):
        for operator in ("Gemm", "MatMul"):
            nodes = [helper.make_node(operator, ["x", "w"], ["y"], name="product")]
            inputs = [tensor("x", [2, 3]), tensor("w", [3, 4], TensorProto.FLOAT16)]
            self.assert_refused(
                self.save(model(nodes, inputs, [tensor("y", [2, 4], FLOAT)])),
                "both matrices must have one element type, found float32[2,3] and float16[3,4]",
            )


def quantized(element, axis, block=0, zero=False, transposed=False, rows=1):
    """A dense layer whose weights are K x N integers, or N x K, behind a DequantizeLinear."""
    n, generator = Network([rows, LARGE], opset=21), np.random.default_rng(4)
    shape = (LARGE + 24, LARGE) if transposed else (LARGE, LARGE + 24)
    dtype = np.dtype(helper.tensor_dtype_to_np_dtype(element))
    range_of = ml_dtypes.iinfo(dtype)

    def integers(shape):
        return generator.integers(range_of.min, range_of.max, shape, endpoint=True).astype(np.int8).astype(dtype)

    of_scales = shape[axis : axis + 1] if axis is not None else ()
    if block:
        of_scales = tuple(-(-extent // block) if k == axis else extent for k, extent in enumerate(shape))
    scale = np.asarray(generator.uniform(0.001, 0.01, of_scales), np.float32)
    operands = [integers(shape), scale] + ([integers(of_scales)] if zero else [])
    weights = n.add(
        "DequantizeLinear", *map(n.constant, operands), axis=axis or 0, **({"block_size": block} if block else {})
    )
    product = n.add("Gemm", "x", weights, transB=int(transposed))
    return n.model(n.add("Relu", n.add("Add", product, n.weights(LARGE + 24))), [rows, LARGE + 24])


INT8, UINT8, INT4, UINT4 = TensorProto.INT8, TensorProto.UINT8, TensorProto.INT4, TensorProto.UINT4


class QuantizedWeights(DenseLayers):
    def test_what_the_header_holds(self):
        for content, weights, scales in (
            (quantized(INT8, None), "i8<536, 512>", "f32<536, 1>"),
            (quantized(UINT8, 1, zero=True), "u8<536, 512>", "f32<536, 1>"),
            (quantized(INT8, 0, transposed=True), "i8<536, 512>", "f32<536, 1>"),
            (quantized(INT4, 1), "i8<536, 256>", "f32<536, 1>"),
            (quantized(UINT4, 0, 32, True), "u8<536, 256>", "f32<536, 16>"),
            (quantized(INT8, 0), "f32<536, 512>", ""),  # a scale for each input
            (quantized(INT8, 1, 32), "f32<536, 512>", ""),  # a scale for a block of outputs
            (quantized(INT8, None, rows=5), "f32<536, 512>", ""),
        ):
            header = self.generate(self.save(content)).read_text()
            with self.subTest(weights, scales=scales):
                self.assertIn(weights, header)
                self.assertIn(scales, header)

    def test_same_bits(self):
        for element, options in (
            (UINT8, {"axis": 1, "zero": True}),
            (INT4, {"axis": 0, "block": 32, "zero": True}),
            (UINT4, {"axis": 0, "transposed": True, "rows": 4}),
        ):
            with self.subTest(element=element, **options):
                self.check_bits(quantized(element, **options), options.get("rows", 1), "fuse-dequantize")


if __name__ == "__main__":
    main()
