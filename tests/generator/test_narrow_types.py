"""Types of 8 bits and fewer that C++ has not: floats, powers of two, and integers of 4 and 2 bits. They are stored,
moved, cast and quantized; the references are ml_dtypes, and onnx where ONNX saturates or rounds otherwise."""

import itertools

import ml_dtypes
import numpy as np
from nodes import Fixed, Nodes
from onnx import TensorProto, helper, numpy_helper
from support import FLOAT, GeneratorTest, cameo, main, model, tensor

FLOATS = [
    TensorProto.FLOAT8E4M3FN,
    TensorProto.FLOAT8E4M3FNUZ,
    TensorProto.FLOAT8E5M2,
    TensorProto.FLOAT8E5M2FNUZ,
    TensorProto.FLOAT6E2M3,
    TensorProto.FLOAT6E3M2,
    TensorProto.FLOAT4E2M1,
]
SATURATED = FLOATS[:4]
INTEGERS = [TensorProto.INT4, TensorProto.UINT4, TensorProto.INT2, TensorProto.UINT2]
POWERS = TensorProto.FLOAT8E8M0
WIDTH = {TensorProto.FLOAT6E2M3: 6, TensorProto.FLOAT6E3M2: 6, TensorProto.FLOAT4E2M1: 4} | {
    TensorProto.INT4: 4,
    TensorProto.UINT4: 4,
    TensorProto.INT2: 2,
    TensorProto.UINT2: 2,
}
FLAGS = ["-O1", "-march=native"]


def dtype(element):
    return np.dtype(helper.tensor_dtype_to_np_dtype(element))


def every(element):
    """All numbers of a type."""
    return np.arange(1 << WIDTH.get(element, 8), dtype=np.uint8).view(dtype(element))


def reals(element):
    """Numbers of all sizes around those of a type, halves between them among these."""
    of_type = np.unique(every(element).astype(np.float64))
    of_type = of_type[np.isfinite(of_type)]
    halves = (of_type[1:] + of_type[:-1]) / 2
    some = np.random.default_rng(1).normal(size=500) * np.exp2(np.random.default_rng(2).integers(-20, 20, 500))
    sharp = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0, 1e9, -1e9, 1e-30, -1e-30])
    beside = np.concatenate([np.nextafter(halves.astype(np.float32), np.float32(s * np.inf)) for s in (-1, 1)])
    return np.concatenate([of_type, halves, beside, some, sharp]).astype(np.float32)


class NarrowTypes(GeneratorTest):
    def test_casts(self):
        nodes, expected = Nodes(25), {}

        def add(x, element, wanted, **attributes):
            expected[nodes.add("Cast", x, to=element, **attributes)[0]] = wanted

        with np.errstate(all="ignore"):
            for element in [*FLOATS, POWERS, *INTEGERS]:
                x = every(element)
                for to in (FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16, TensorProto.BFLOAT16):
                    add(x, to, x.astype(np.float32).astype(dtype(to)))
            for element in FLOATS:
                x = reals(element)
                add(x, element, x.astype(dtype(element)), saturate=0)
                add(x.astype(np.float64), element, x.astype(dtype(element)), saturate=0)
                wanted = (
                    numpy_helper.saturate_cast(x, dtype(element)) if element in SATURATED else x.astype(dtype(element))
                )
                add(x, element, wanted)
            for mode, saturate in itertools.product(("up", "down", "nearest"), (0, 1)):
                x = np.abs(reals(POWERS))
                x = x[x > 0]
                wanted = numpy_helper.to_float8e8m0(x, bool(saturate), mode)
                add(x, POWERS, wanted, round_mode=mode, saturate=saturate)
            for element in INTEGERS:
                for of in (np.int8, np.int32, np.int64, np.uint8):
                    x = np.arange(-20 if np.iinfo(of).min < 0 else 0, 40).astype(of)
                    add(x, element, x.astype(dtype(element)))
                info = ml_dtypes.iinfo(dtype(element))
                x = np.linspace(info.min, info.max, 50, dtype=np.float32)
                add(x, element, x.astype(np.int32).astype(dtype(element)))
                for to in (np.int8, np.int64, np.bool_):
                    add(every(element), helper.np_dtype_to_tensor_dtype(np.dtype(to)), every(element).astype(to))
        nodes.check(self, expected, flags=FLAGS)

    def test_moves(self):
        nodes, expected = Nodes(25), {}
        for element in [*FLOATS, POWERS, *INTEGERS]:
            x = np.resize(every(element), (3, 5))
            expected[nodes.add("Transpose", x)[0]] = x.T
            expected[nodes.add("Reshape", x, Fixed(np.array([5, 3])))[0]] = x.reshape(5, 3)
        nodes.check(self, expected, flags=FLAGS)

    def test_what_files_pack(self):
        """Raw and in typed fields, of odd numbers of elements."""
        for element, raw in itertools.product([*FLOATS, POWERS, *INTEGERS], (True, False)):
            x = np.resize(every(element), 13)
            weight = numpy_helper.from_array(x, "w")
            if not raw:
                data = list(weight.raw_data)
                if WIDTH.get(element) == 6:  # one to an entry
                    data = x.view(np.uint8).tolist()
                weight.ClearField("raw_data")
                weight.int32_data.extend(data)
            nodes = [
                helper.make_node("Cast", ["w"], ["v"], to=FLOAT),
                helper.make_node("Add", ["x", "v"], ["y"]),
            ]
            source = self.save(model(nodes, [tensor("x", [13])], [tensor("y", [13])], [weight], opset=25))
            np.save(self.directory / "x.npy", np.zeros(13, np.float32))
            done = cameo("run", source, "--input", f"x={self.directory / 'x.npy'}", "--output-dir", self.directory)
            self.assertEqual(done.returncode, 0, done.stderr)
            np.testing.assert_array_equal(np.load(self.directory / "output_0.npy"), x.astype(np.float32) + 0)
            done = cameo("simplify", source, self.directory / "simple.onnx")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_does_not_fit(self):
        for element, field, message in (
            (TensorProto.INT4, {"raw_data": b"\0\0"}, "int4[5] needs 3 bytes, the file has 2"),
            (TensorProto.UINT2, {"int32_data": [1, 2, 3]}, "uint2[5] needs 2 bytes, the file has 3"),
            (TensorProto.FLOAT6E2M3, {"int32_data": [1, 2, 3, 4, 64]}, "64 is no float6e2m3"),
        ):
            weight = TensorProto(name="w", data_type=element, dims=[5], **field)
            nodes = [helper.make_node("Cast", ["w"], ["v"], to=FLOAT), helper.make_node("Add", ["x", "v"], ["y"])]
            source = self.save(model(nodes, [tensor("x", [5])], [tensor("y", [5])], [weight], opset=25))
            self.assert_refused(source, f"tensor 'w': {message}")

    def test_operators_do_not_compute_with_them(self):
        for element in (TensorProto.FLOAT8E4M3FN, TensorProto.INT4):
            nodes = [helper.make_node("Add", ["x", "x"], ["y"], name="sum")]
            source = self.save(model(nodes, [tensor("x", [4], element)], [tensor("y", [4], element)], opset=25))
            self.assert_refused(source, "node 'sum' (Add, opset 25): function does not take this element type")


if __name__ == "__main__":
    main()
