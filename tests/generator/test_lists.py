"""Sequences of ONNX, which are lists of known length: split, mapped, collected by a loop, read in a branch."""

import numpy as np
from nested import ControlFlowTest, body, node
from onnx import TensorProto, helper
from support import constant, main, model, tensor

RANDOM = np.random.default_rng(5)


def floats(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def tensors(name):
    return helper.make_tensor_sequence_value_info(name, TensorProto.FLOAT, None)


class Lists(ControlFlowTest):
    def test_a_map_takes_parts_and_tensors(self):
        mapped = body(
            [
                node("Mul", ["part", "other"], ["product"]),
                node("Add", ["product", "shift"], ["sum"]),
                node("Relu", ["sum"], ["result"]),
            ],
            [tensor("result", [3, None]), tensor("sum", [3, None])],
            [tensor("part", [3, None]), tensor("other", [3, None]), tensor("shift", [3, 1])],
        )
        nodes = [
            node("SplitToSequence", ["x", "two"], ["xs"], axis=1),
            node("SplitToSequence", ["z", "sizes"], ["zs"], axis=1),
            node("SequenceMap", ["xs", "zs", "w"], ["ys", "sums"], body=mapped),
            node("ConcatFromSequence", ["ys"], ["y"], axis=-1),
            node("SequenceAt", ["sums", "last"], ["sum_of_last"]),
            node("SequenceLength", ["ys"], ["length"]),
        ]
        content = model(
            nodes,
            [tensor("x", [3, 5]), tensor("z", [3, 5])],
            [
                tensor("y", [3, 5]),
                tensor("sum_of_last", [3, 1]),
                tensor("length", [], TensorProto.INT64),
            ],
            [
                constant("w", floats(3, 1)),
                constant("two", np.int64(2)),
                constant("sizes", np.array([2, 2, 1])),
                constant("last", np.int64(-1)),
            ],
        )
        self.assert_agrees(content, [{"x": floats(3, 5), "z": floats(3, 5)}])

    def collecting(self, count, *further, first="some"):
        """A loop that appends what it carries to a list, and what the list is as one tensor."""
        repeated = body(
            [
                node("Identity", ["condition"], ["goes_on"]),
                node("MatMul", ["state", "w"], ["next"]),
                node("SequenceInsert", ["list", "next"], ["longer"]),
                *further,
            ],
            [tensor("goes_on", [], TensorProto.BOOL), tensor("next", [2, 4]), tensors("longer")],
            [
                tensor("i", [], TensorProto.INT64),
                tensor("condition", [], TensorProto.BOOL),
                tensor("state", [2, 4]),
                tensors("list"),
            ],
        )
        nodes = [
            node("SequenceConstruct", ["x"], ["some"]),
            node("SequenceEmpty", [], ["none"]),
            node("Loop", [count, "", "x", first], ["last", "all"], body=repeated),
            node("ConcatFromSequence", ["all"], ["y"], axis=1, new_axis=1),
            node("ConcatFromSequence", ["all"], ["z"], axis=1),
        ]
        return model(
            nodes,
            [tensor("x", [2, 4]), tensor("n", [], TensorProto.INT64)],
            [tensor("last", [2, 4]), tensor("y", [2, None, 4]), tensor("z", [2, None])],
            [constant("w", floats(4, 4) / 2), constant("four", np.int64(4)), constant("many", np.int64(90))],
        )

    def test_a_loop_collects(self):
        """One that is unrolled, and two whose bodies run as networks of their own."""
        long = [node("Neg", [f"n{k}" if k else "next"], [f"n{k + 1}"]) for k in range(70)]
        for count, further, first in (("four", [], "some"), ("four", long, "some"), ("many", [], "none")):
            with self.subTest(count=count, nodes=len(further), first=first):
                content = self.collecting(count, *further, first=first)
                del content.graph.input[1]
                self.assert_agrees(content, [{"x": floats(2, 4)}])

    def test_parts_of_one_lose_their_axis(self):
        """As torch writes unbind(), and as onnxruntime reads it, though ONNX ignores `keepdims` here."""
        nodes = [
            node("SplitToSequence", ["x", "one"], ["xs"], axis=1, keepdims=0),
            node("SequenceAt", ["xs", "two"], ["y"]),
            node("SplitToSequence", ["x", "ones"], ["kept"], axis=1, keepdims=0),
            node("SequenceAt", ["kept", "two"], ["z"]),
        ]
        constants = [constant(name, np.int64(number)) for name, number in (("one", 1), ("two", 2), ("ones", [1] * 5))]
        content = model(nodes, [tensor("x", [3, 5])], [tensor("y", [3]), tensor("z", [3, 1])], constants)
        self.assert_agrees(content, [{"x": floats(3, 5)}])

    def test_a_branch_reads_a_list_around_it(self):
        def taken(position, name):
            return body([node("SequenceAt", ["xs", position], [name])], [tensor(name, [2, 3])])

        nodes = [
            node("Neg", ["x"], ["negative"]),
            node("SequenceConstruct", ["x", "negative"], ["xs"]),
            node("If", ["first"], ["y"], then_branch=taken("one", "a"), else_branch=taken("nought", "b")),
        ]
        content = model(
            nodes,
            [tensor("x", [2, 3]), tensor("first", [], TensorProto.BOOL)],
            [tensor("y", [2, 3])],
            [constant("one", np.int64(1)), constant("nought", np.int64(0))],
        )
        self.assert_agrees(content, [{"x": floats(2, 3), "first": np.array(first)} for first in (True, False)])

    def test_what_is_refused(self):
        inputs = [tensor("x", [2, 3]), tensor("n", [], TensorProto.INT64)]
        made = node("SequenceConstruct", ["x", "x"], ["xs"])
        constants = [constant("three", np.int64(3)), constant("two", np.array([2]))]
        refused = [
            ("output 'xs' is a sequence", [made], "xs"),
            ("operand 0 is a sequence, where a tensor is expected", [made, node("Relu", ["xs"], ["y"])], "y"),
            ("operand 0 must be a sequence", [node("SequenceLength", ["x"], ["y"])], "y"),
            (
                "position 3 is out of range for a sequence of 2 parts",
                [made, node("SequenceAt", ["xs", "three"], ["y"])],
                "y",
            ),
            ("'position' depends on the data", [made, node("SequenceAt", ["xs", "n"], ["y"])], "y"),
            (
                "the parts have 2 elements along an extent of 3",
                [node("SplitToSequence", ["x", "two"], ["ys"], axis=1), node("SequenceAt", ["ys", "n"], ["y"])],
                "y",
            ),
        ]
        for message, nodes, output in refused:
            with self.subTest(message):
                outputs = [helper.make_empty_tensor_value_info(output)]
                self.assert_refused(self.save(model(nodes, inputs, outputs, constants)), message)
        unknown = "carries a sequence, whose length must be known"
        self.assert_refused(self.save(self.collecting("n")), unknown)
        measured = [node("SequenceLength", ["list"], ["length"])]
        longer_still = [node("SequenceLength", ["longer"], ["length"])]
        for nodes in (measured, longer_still):
            self.assert_refused(self.save(self.collecting("many", *nodes)), unknown)
        content = self.collecting("many", node("ReduceSum", ["next"], ["sum"], keepdims=0))
        content.graph.node[2].attribute[0].g.node.append(node("Less", ["sum", "three"], ["goes_on"]))
        del content.graph.node[2].attribute[0].g.node[0]
        content.graph.initializer.append(constant("three", np.float32(3)))
        self.assert_refused(self.save(content), unknown, "its condition depends on the data")


if __name__ == "__main__":
    main()
