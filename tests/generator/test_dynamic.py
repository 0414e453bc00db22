"""Networks as exporters write them for any size: what follows from sizes (masks, positions, anchors, the sizes of other
values) is computed by the compiler or by the network. One header, several sizes, against onnxruntime."""

import numpy as np
from onnx import TensorProto, helper
from sized import OpenNetwork, SizedTest
from support import main, tensor


def detector():
    """A backbone of three strides, features resized to those before them, a grid of anchors by Range for each stride,
    and boxes in the input's coordinates, as detectors of the YOLO kind are exported."""
    g = OpenNetwork()
    x = g.input("image", [1, 3, "height", "width"])
    c2 = g.conv(x, 3, 8, stride=2)
    c3 = g.conv(c2, 8, 8, stride=2)
    c4 = g.conv(c3, 8, 16, stride=2)
    c5 = g.conv(c4, 16, 16, stride=2)
    p4 = g.add("Concat", g.resized_like(c5, c4), c4, axis=1)
    p4 = g.conv(p4, 32, 16)
    p3 = g.add("Concat", g.resized_like(p4, c3), c3, axis=1)
    p3 = g.conv(p3, 24, 16)
    boxes, scores = [], []
    for level, stride in ((p3, 4.0), (p4, 8.0)):
        head = g.conv(level, 16, 7, kernel=1, relu=False)
        rows, columns = g.extent(head, 2), g.extent(head, 3)
        flat = g.add("Reshape", head, g.constant(np.array([1, 7, -1])))
        flat = g.add("Transpose", flat, perm=[0, 2, 1])
        offsets, sizes, classes = g.several("Split", 3, flat, g.constant(np.array([2, 2, 3])), axis=2)
        y = g.add("Unsqueeze", g.range(rows), g.constant(np.array([1])))
        x = g.add("Unsqueeze", g.range(columns), g.constant(np.array([0])))
        grid = g.add("Concat", g.add("Unsqueeze", rows, g.zero), g.add("Unsqueeze", columns, g.zero), axis=0)
        y, x = (g.add("Reshape", g.add("Expand", v, grid), g.constant(np.array([-1]))) for v in (y, x))
        anchors = g.add("Concat", *(g.add("Unsqueeze", v, g.constant(np.array([1]))) for v in (x, y)), axis=1)
        anchors = g.add("Add", g.add("Cast", anchors, to=TensorProto.FLOAT), g.constant(np.float32(0.5)))
        centers = g.add("Mul", g.add("Add", offsets, anchors), g.constant(np.float32(stride)))
        boxes.append(
            g.add("Concat", centers, g.add("Mul", g.add("Exp", sizes), g.constant(np.float32(stride))), axis=2)
        )
        scores.append(g.add("Sigmoid", classes))
    g.output("boxes", g.add("Concat", *boxes, axis=1))
    g.output("scores", g.add("Concat", *scores, axis=1))
    return g.model()


def reader():
    """A line of text of any width: convolutions, pools whose windows depend on the width, columns as a sequence with
    sines of their positions, an LSTM, and scores of characters."""
    g = OpenNetwork()
    x = g.input("line", [1, 1, 16, "width"])
    x = g.conv(x, 1, 8)
    x = g.add("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)
    x = g.conv(x, 8, 16)
    x = g.add("AveragePool", x, kernel_shape=[8, 3], strides=[8, 2], auto_pad="SAME_UPPER")
    x = g.add("Transpose", g.add("Squeeze", x, g.constant(np.array([2]))), perm=[2, 0, 1])
    place = g.add("Cast", g.range(g.extent(x, 0)), to=TensorProto.FLOAT)
    place = g.add("Mul", g.add("Unsqueeze", place, g.constant(np.array([1, 2]))), g.weights(1, 1, 16))
    x = g.add("Add", x, g.add("Sin", place))
    hidden = 12
    y, _, _ = g.several(
        "LSTM",
        3,
        x,
        g.weights(2, 4 * hidden, 16),
        g.weights(2, 4 * hidden, hidden),
        hidden_size=hidden,
        direction="bidirectional",
    )
    y = g.add("Reshape", g.add("Transpose", y, perm=[0, 2, 1, 3]), g.constant(np.array([0, 0, -1])))
    g.output("scores", g.add("Softmax", g.add("MatMul", y, g.weights(2 * hidden, 10)), axis=-1))
    return g.model()


def attention():
    """Causal attention over a sequence of any length: positions from a table, a mask by ConstantOfShape and Trilu,
    scores divided by the length's root."""
    g = OpenNetwork()
    x = g.input("x", ["batch", "time", 16])
    time = g.extent(x, 1)
    row = g.add("Unsqueeze", time, g.zero)
    positions = g.add("Slice", g.weights(600, 16), g.zero, row, g.zero)
    x = g.add("Add", x, positions)
    q, k, v = (g.add("MatMul", x, g.weights(16, 16)) for _ in range(3))
    scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 2, 1]))
    scores = g.add("Div", scores, g.add("Sqrt", g.add("Cast", time, to=TensorProto.FLOAT)))
    ones = g.add(
        "ConstantOfShape", g.add("Concat", row, row, axis=0), value=helper.make_tensor("v", TensorProto.FLOAT, [1], [1])
    )
    mask = g.add("Mul", g.add("Trilu", ones, g.constant(np.array(1)), upper=1), g.constant(np.float32(-1e9)))
    weights = g.add("Softmax", g.add("Add", scores, mask), axis=-1)
    g.output("y", g.add("MatMul", weights, v))
    return g.model()


def body(name, nodes, inputs, outputs):
    """A graph within a node; its inputs and outputs by their names, element types and shapes."""
    return helper.make_graph(nodes, name, *([tensor(*v) for v in values] for values in (inputs, outputs)))


def choice():
    """If the mean of a picture of any size is positive, its edges, otherwise what is bright; both read a mask that
    depends on the size."""
    g = OpenNetwork()
    x = g.input("x", [1, 1, "height", "width"])
    kernel = g.weights(1, 1, 3, 3)
    row = g.add("Unsqueeze", g.extent(x, 3), g.zero)
    ramp = g.add("Div", g.add("Cast", g.range(g.extent(x, 3)), to=TensorProto.FLOAT), g.add("Cast", row, to=1))
    positive = g.add("Greater", g.add("ReduceMean", x, keepdims=0), g.constant(np.float32(0)))
    edges = [
        helper.make_node("Conv", [x, kernel], ["e0"], pads=[1] * 4),
        helper.make_node("Mul", ["e0", ramp], ["e1"]),
    ]
    bright = [helper.make_node("Relu", [x], ["b0"]), helper.make_node("Add", ["b0", ramp], ["b1"])]
    y = g.add(
        "If",
        positive,
        then_branch=body("then_branch", edges, [], [("e1", None)]),
        else_branch=body("else_branch", bright, [], [("b1", None)]),
    )
    g.output("y", g.add("Neg", y))
    return g.model()


def scanned():
    """A recurrent cell by Scan over any number of steps and sequences, whose states are collected."""
    g = OpenNetwork()
    x = g.input("x", ["time", "batch", 6])
    w, r = g.weights(6, 10), g.weights(10, 10)
    count = g.add("Unsqueeze", g.extent(x, 1), g.zero)
    first = g.add("ConstantOfShape", g.add("Concat", count, g.constant(np.array([10])), axis=0))
    nodes = [
        helper.make_node("MatMul", ["part", w], ["a"]),
        helper.make_node("MatMul", ["h", r], ["b"]),
        helper.make_node("Add", ["a", "b"], ["c"]),
        helper.make_node("Tanh", ["c"], ["next"]),
        helper.make_node("Identity", ["next"], ["state"]),
    ]
    cell = body("cell", nodes, [("h", [None, 10]), ("part", [None, 6])], [("next", [None, 10]), ("state", [None, 10])])
    last, all_states = g.several("Scan", 2, first, x, body=cell, num_scan_inputs=1)
    g.output("last", last)
    g.output("states", all_states)
    return g.model()


def looped():
    """A scripted loop over the steps of a sequence, as many as its shape says: a sum of what came so far, decayed."""
    g = OpenNetwork()
    x = g.input("x", ["batch", "time", 4])
    count = g.add("Unsqueeze", g.extent(x, 0), g.zero)
    zeros = g.add("ConstantOfShape", g.add("Concat", count, g.constant(np.array([4])), axis=0))
    nodes = [
        helper.make_node("Gather", [x, "i"], ["part"], axis=1),
        helper.make_node("Mul", ["sum", g.constant(np.float32(0.9))], ["decayed"]),
        helper.make_node("Add", ["decayed", "part"], ["next"]),
        helper.make_node("Identity", ["next"], ["out"]),
        helper.make_node("Identity", ["go"], ["goes_on"]),
    ]
    inputs = [("i", [], TensorProto.INT64), ("go", [], TensorProto.BOOL), ("sum", [None, 4])]
    step = body("step", nodes, inputs, [("goes_on", [], TensorProto.BOOL), ("next", [None, 4]), ("out", [None, 4])])
    last, all_sums = g.several("Loop", 2, g.extent(x, 1), g.constant(np.array(True)), zeros, body=step)
    g.output("last", last)
    g.output("sums", all_sums)
    return g.model()


class Dynamic(SizedTest):
    def test_detector(self):
        sizes = [(64, 64), (96, 128), (75, 53)]
        self.assert_computes(detector(), [(hw, [(1, 3, *hw)]) for hw in sizes])

    def test_reader(self):
        self.assert_computes(reader(), [((w,), [(1, 1, 16, w)]) for w in (40, 63, 130)])

    def test_attention(self):
        self.assert_computes(attention(), [(bt, [(*bt, 16)]) for bt in ((1, 8), (3, 65), (2, 200))])

    def test_branches(self):
        self.assert_computes(choice(), [(hw, [(1, 1, *hw)]) for hw in ((8, 8), (9, 33), (40, 7))])

    def test_scan(self):
        self.assert_computes(scanned(), [(tb, [(*tb, 6)]) for tb in ((1, 1), (5, 3), (40, 2))])

    def test_loop(self):
        self.assert_computes(looped(), [(bt, [(*bt, 4)]) for bt in ((1, 3), (3, 17), (2, 64))])


if __name__ == "__main__":
    main()
