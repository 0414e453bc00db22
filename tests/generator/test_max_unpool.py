"""MaxUnpool puts what MaxPool found back into an input of any extents, as onnxruntime does; what cannot be is refused.

With an output_shape that is larger than what the windows cover, ONNX's reference implementation counts indices in the
smaller shape, which MaxPool does not: https://github.com/onnx/onnx/issues/2398."""

import itertools

import numpy as np
from nodes import Fixed, Nodes
from onnx import TensorProto, helper
from support import GeneratorTest, constant, main, model, tensor

RANDOM = np.random.default_rng(7)


def numbers(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def unpooled(x, indices, shape):
    """The definition."""
    y = np.zeros(np.prod(shape), x.dtype)
    for i, place in zip(x.ravel(), indices.ravel()):
        if -y.size <= place < y.size:
            y[place] = i
    return y.reshape(shape)


def pooled(x, **attributes):
    """The maxima and the indices that onnxruntime finds."""
    nodes = Nodes()
    y, indices = nodes.add("MaxPool", x, results=2, **attributes)
    found = nodes.onnxruntime()
    return found[y], found[indices]


def windows(axes):
    """Attributes of windows that overlap, touch and leave gaps, and extents of which they may not cover the end."""
    kernel, strides = RANDOM.integers(1, 4, axes), RANDOM.integers(1, 4, axes)
    pads = np.concatenate([RANDOM.integers(0, (kernel + 1) // 2) for _ in range(2)])
    extents = kernel + RANDOM.integers(1, 5, axes)
    return {"kernel_shape": kernel.tolist(), "strides": strides.tolist(), "pads": pads.tolist()}, extents.tolist()


class MaxUnpool(GeneratorTest):
    def test_inverts_max_pool(self):
        """Over one to three axes, in each opset, with the input's shape given and inferred: as onnxruntime does, which
        computes float32, and as the definition has it."""
        for opset in (9, 11, 22):
            nodes, doubles, expected = Nodes(opset), Nodes(opset), {}
            for axes, _ in itertools.product([1, 2, 3], range(4)):
                attributes, extents = windows(axes)
                x = numbers(2, 3, *extents)
                y, indices = pooled(x, **attributes)
                nodes.add("MaxUnpool", y, indices, Fixed(np.array(x.shape)), **attributes)
                (name,) = doubles.add("MaxUnpool", y.astype(float), indices, Fixed(np.array(x.shape)), **attributes)
                expected[name] = unpooled(y.astype(float), indices, x.shape)
                begins, ends = np.split(np.array(attributes["pads"]), 2)
                inner = (np.array(y.shape[2:]) - 1) * attributes["strides"] + attributes["kernel_shape"] - begins - ends
                places = RANDOM.integers(0, 6 * inner.prod(), y.shape)
                nodes.add("MaxUnpool", y, places, **attributes)
            with self.subTest(opset=opset):
                nodes.check(self, nodes.onnxruntime(), flags=["-O1", "-march=native"])
                doubles.check(self, expected, compiled=opset == 22)

    def test_pads_that_output_shape_implies(self):
        """onnxruntime refuses an output_shape that is smaller than the windows; ONNX lets it determine the pads."""
        nodes = Nodes()
        x = numbers(1, 2, 4, 5)
        y, indices = pooled(x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
        (name,) = nodes.add("MaxUnpool", y, indices, Fixed(np.array(x.shape)), kernel_shape=[3, 3], strides=[2, 2])
        nodes.check(self, {name: unpooled(y, indices, x.shape)}, compiled=False)

    def test_indices_out_of_range_write_nothing(self):
        nodes = Nodes()
        x, edge = numbers(1, 1, 6), np.iinfo(np.int64)
        indices = np.array([[[12, -13, edge.min, 1 << 42, -1, 3]]])
        (name,) = nodes.add("MaxUnpool", x, indices, kernel_shape=[2], strides=[2])
        flags = ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
        nodes.check(self, {name: unpooled(x, indices, [1, 1, 12])}, flags=flags, ways=[False])

    def refuse(self, message, indices=None, given=None, **attributes):
        constants = [constant("i", np.array(indices))] if indices else []
        constants += [constant("s", np.array(given))] if given else []
        inputs = [tensor("x", [1, 1, 2]), *([] if indices else [tensor("i", [1, 1, 2], TensorProto.INT64)])]
        node = helper.make_node("MaxUnpool", ["x", "i", *(["s"] if given else [])], ["y"], **attributes)
        self.assert_refused(self.save(model([node], inputs, [tensor("y", None)], constants)), message)

    def test_what_cannot_be_is_refused(self):
        two = {"kernel_shape": [2], "strides": [2]}
        self.refuse("index 4 is out of range for an axis of 4", indices=[[[0, 4]]], **two)
        self.refuse("indices must have the shape of the input", indices=[[0, 1]], **two)
        for given in ([1, 1, 2, 2], [2, 1, 4], [1, 2, 4], [4]):
            self.refuse("'output_shape' must have the axes, the batch and the channels", given=given, **two)
        self.refuse("result is too large", given=[1, 1, 1 << 50], **two)
        self.refuse("pads leave nothing of the result", given=[1, 1, -1], **two)
        self.refuse("pads leave nothing of the result", pads=[3, 2], **two)
        self.refuse("'strides' must be from 1 to", kernel_shape=[2], strides=[1 << 62])
        self.refuse("the kernel has 0 axes", strides=[2])
        self.refuse("belong to MaxPool", auto_pad="SAME_UPPER", **two)


if __name__ == "__main__":
    main()
