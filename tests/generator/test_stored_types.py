"""Element types that networks have at their ends, and rarely in between: they are moved, compared and cast, by plain
definitions and by generated code, as numpy does it."""

import numpy as np
from nodes import Fixed, Nodes
from onnx import TensorProto, helper
from support import GeneratorTest, cameo, main, model, tensor

STORED = [np.int16, np.uint16, np.uint32, np.uint64]


def code(dtype):
    return helper.np_dtype_to_tensor_dtype(np.dtype(dtype))


def ends(dtype):
    """The least and the largest numbers, and some between them, in a matrix."""
    info = np.iinfo(dtype)
    return np.array(
        [[info.min, info.min + 1, 1, 2], [255, 256, 257, 1000], [4095, 4096, 12345, 100]]
        + [[info.max, info.max - 1, info.max // 2, info.max // 2 + 1]],
        dtype,
    )


def moved(dtype):
    nodes, expected, x = Nodes(), {}, ends(dtype)
    one, other = np.array([True, False, True, True]), (x + 1).astype(dtype)

    def add(operator, *operands, wanted, **attributes):
        expected[nodes.add(operator, *operands, **attributes)[0]] = wanted

    add("Transpose", x, wanted=x.T)
    add("Reshape", x, Fixed(np.array([2, -1])), wanted=x.reshape(2, -1))
    add("Concat", x, other, wanted=np.concatenate([x, other], 1), axis=1)
    add(
        "Slice",
        x,
        Fixed(np.array([3])),
        Fixed(np.array([-9])),
        Fixed(np.array([0])),
        Fixed(np.array([-2])),
        wanted=x[::-2],
    )
    add("Gather", x, np.array([2, 0, -1]), wanted=x[[2, 0, -1]])
    add("Where", one, x, other, wanted=np.where(one, x, other))
    add("Pad", x, Fixed(np.array([0, 1, 0, 1])), dtype(7), wanted=np.pad(x, ((0, 0), (1, 1)), constant_values=7))
    add("Tile", x, Fixed(np.array([1, 2])), wanted=np.tile(x, (1, 2)))
    add("Expand", x[:1], Fixed(np.array([3, 4])), wanted=np.repeat(x[:1], 3, 0))
    add("Equal", x, other[::-1].copy(), wanted=x == other[::-1])
    return nodes, expected


def cast(dtype):
    nodes, expected, x = Nodes(), {}, ends(dtype)
    for to in (np.float32, np.float64, np.int32, np.int64, np.uint8, np.int8, np.bool_):
        expected[nodes.add("Cast", x, to=code(to))[0]] = x.astype(to)
    for of in (np.float32, np.float64, np.int32, np.int64):
        y = np.array([0, 1, 254, 255, 256, 32767, 65535, 40000], of)
        y = y[y <= np.iinfo(dtype).max]
        expected[nodes.add("Cast", y, to=code(dtype))[0]] = y.astype(dtype)
    return nodes, expected


class StoredTypes(GeneratorTest):
    def test_typed_fields(self):
        for dtype in STORED:
            x, y = ends(dtype), tensor("y", [8, 4], code(dtype))
            field = "uint64_data" if dtype in (np.uint32, np.uint64) else "int32_data"
            weight = TensorProto(name="w", data_type=code(dtype), dims=x.shape, **{field: x.ravel().tolist()})
            join = helper.make_node("Concat", ["x", "w"], ["y"], axis=0)
            source = self.save(model([join], [tensor("x", [4, 4], code(dtype))], [y], [weight]))
            np.save(self.directory / "x.npy", x[::-1])
            done = cameo("run", source, "--input", f"x={self.directory / 'x.npy'}", "--output-dir", self.written)
            self.assertEqual(done.returncode, 0, done.stderr)
            np.testing.assert_array_equal(np.load(self.written / "output_0.npy"), np.concatenate([x[::-1], x]))

    def test_all_elements_are_moved(self):
        for dtype in STORED:
            nodes, expected = moved(dtype)
            nodes.check(self, expected, flags=["-O1", "-march=native"])

    def test_casts(self):
        for dtype in STORED:
            nodes, expected = cast(dtype)
            nodes.check(self, expected, flags=["-O1", "-march=native"])


if __name__ == "__main__":
    main()
