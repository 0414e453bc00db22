"""Operators of which the data decide how much they give: as much as there is room for, and how much there is, against
onnxruntime."""

import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from support import FURTHER_COMPILERS, WARNINGS, GeneratorTest, cameo, constant, cxxflags, main, model, tensor

RANDOM = np.random.default_rng(8)
INT64, BOOL = TensorProto.INT64, TensorProto.BOOL


def node(operator, inputs, outputs, **attributes):
    name = attributes.pop("name", f"the {operator}")
    return helper.make_node(operator, inputs, outputs, name=name, **attributes)


def unknown(*names, element=TensorProto.FLOAT):
    return [tensor(name, None, element) for name in names]


class BoundedTest(GeneratorTest):
    def results(self, content, runs, *options):
        """What generated code gives for each of `runs`, by name; plain definitions give the same."""
        source, arrays = self.save(content), []
        for name in runs[0]:
            np.save(self.directory / f"{name}.npy", np.stack([run[name] for run in runs]))
            arrays += ["--input", f"{name}={self.directory / name}.npy"]
        found = {}
        for name, way in {"plain": [], "compiled": ["--compiled", cxxflags(*WARNINGS)]}.items():
            done = cameo("run", source, *arrays, *options, *way, "--output-dir", self.directory / name)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            count = len(list((self.directory / name).glob("output_*.npy")))
            found[name] = [np.load(self.directory / name / f"output_{k}.npy") for k in range(count)]
        for plain, compiled in zip(found["plain"], found["compiled"], strict=True):
            np.testing.assert_allclose(compiled, plain, rtol=1e-5, atol=1e-6)
        self.assert_header_compiles(self.generate(source, *options), FURTHER_COMPILERS)
        return found["compiled"]

    def assert_agrees(self, content, runs, axes, *options, room=None):
        """Along `axes`, one for each output or None, there is what onnxruntime gives, as far as there is room; behind
        the outputs stands how much there is."""
        found = self.results(content, runs, *options)
        session = onnxruntime.InferenceSession(content.SerializeToString())
        for r, run in enumerate(runs):
            for k, expected in enumerate(session.run(None, run)):
                if axes[k] is None:
                    np.testing.assert_allclose(found[k][r], expected, rtol=1e-5, atol=1e-6)
                    continue
                count, capacity = expected.shape[axes[k]], found[k][r].shape[axes[k]]
                self.assertEqual(found[len(axes)][r], count)
                there, rest = np.split(found[k][r], [min(count, capacity)], axis=axes[k])
                np.testing.assert_allclose(
                    there, np.take(expected, range(min(count, capacity)), axis=axes[k]), rtol=1e-5, atol=1e-6
                )
                if room is not None:
                    self.assertEqual(capacity, room)

    def test_non_zero(self):
        content = model([node("NonZero", ["x"], ["y"])], [tensor("x", [3, 4])], unknown("y", element=INT64))
        runs = [{"x": np.float32(RANDOM.integers(0, 2, [3, 4]))} for _ in range(3)] + [
            {"x": np.zeros([3, 4], np.float32)},
            {"x": np.ones([3, 4], np.float32)},
        ]
        self.assert_agrees(content, runs, [1], room=12)
        self.assert_agrees(content, runs, [1], "--bound", "y=5", room=5)  # more than fit: said, and never written

    def test_non_zero_of_a_constant_is_a_constant(self):
        content = model(
            [node("NonZero", ["c"], ["i"]), node("Transpose", ["i"], ["t"]), node("GatherND", ["x", "t"], ["y"])],
            [tensor("x", [2, 3])],
            unknown("y"),
            [constant("c", np.float32([[1, 0, 2], [0, 3, 0]]))],
        )
        self.assert_agrees(content, [{"x": np.float32(RANDOM.normal(size=[2, 3]))} for _ in range(2)], [None])

    BOUNDS = ((1, 4), (-3, 9), (-9, 2), (0, 2**63 - 1), (-(2**63), -1), (4, 3), (7, 9), (2, -2))

    def sliced(self, further, outputs, bounds):
        """A model of x[:, start:end], and runs with these bounds."""
        content = model(
            [node("Slice", ["x", "start", "end", "axis"], ["part"]), *further],
            [tensor("x", [2, 6, 3]), tensor("start", [1], INT64), tensor("end", [1], INT64)],
            unknown(*outputs),
            [constant("axis", np.array([1])), constant("axes", np.array([0, 1]))],
            opset=18,
        )
        x = np.float32(RANDOM.normal(size=[2, 6, 3]))
        return content, [{"x": x, "start": np.array([start]), "end": np.array([end])} for start, end in bounds]

    def test_slice(self):
        content, runs = self.sliced([node("Relu", ["part"], ["y"])], ["y"], self.BOUNDS)
        self.assert_agrees(content, runs, [1], room=6)
        self.assert_agrees(content, runs, [1], "--bound", "part=2", room=2)

    def test_reductions_of_what_is_there(self):
        operators = ["Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "LogSum", "LogSumExp", "SumSquare"]
        nodes = [node("Abs", ["part"], ["positive"])] + [
            node(f"Reduce{name}", ["positive", "axes"], [name], keepdims=k % 2) for k, name in enumerate(operators)
        ]
        content, runs = self.sliced(nodes, operators, self.BOUNDS[:5])
        self.assert_agrees(content, runs, [None] * 10)

    def test_bags_of_rows(self):
        """As torch exports EmbeddingBag: of each bag the sum of rows, between offsets that are inputs."""
        bag = helper.make_graph(
            [
                node("Gather", ["offsets", "k"], ["start"], name="begin"),
                node("Add", ["k", "one"], ["next"]),
                node("Gather", ["offsets", "next"], ["end"], name="end"),
                node("Unsqueeze", ["start", "nought"], ["starts"], name="as a list"),
                node("Unsqueeze", ["end", "nought"], ["ends"]),
                node("Slice", ["indices", "starts", "ends"], ["of_bag"]),
                node("Gather", ["table", "of_bag"], ["rows"]),
                node("ReduceSum", ["rows", "nought"], ["sum"], keepdims=0),
                node("Identity", ["condition"], ["goes_on"]),
            ],
            "bag",
            [tensor("k", [], INT64), tensor("condition", [], BOOL)],
            [tensor("goes_on", [], BOOL), tensor("sum", [4])],
        )
        for count, name in ((constant("count", np.int64(3)), "unrolled"), (None, "at run time")):
            with self.subTest(name):
                inputs = [tensor("indices", [9], INT64), tensor("offsets", [4], INT64)]
                content = model(
                    [node("Loop", ["count", ""], ["y"], body=bag)],
                    inputs if count else [*inputs, tensor("count", [], INT64)],
                    unknown("y"),
                    [
                        constant("table", np.float32(RANDOM.normal(size=[20, 4]))),
                        constant("one", np.int64(1)),
                        constant("nought", np.array([0])),
                        *([count] if count else []),
                    ],
                )
                runs = [
                    {"indices": RANDOM.integers(0, 20, 9), "offsets": np.array(offsets)}
                    for offsets in ([0, 2, 7, 9], [0, 0, 1, 1], [0, 9, 9, 9])
                ]
                if count:
                    self.assert_agrees(content, runs, [None])
                else:
                    runs = [{**run, "count": np.array(k + 1)} for k, run in enumerate(runs)]
                    self.assert_agrees(content, runs, [0], "--bound", "y=3")

    def test_what_reads_each_position_by_itself(self):
        """The elements of x that are above 0, gathered by their places, in a small dense layer."""
        nodes = [
            node("Greater", ["x", "nought"], ["positive"]),
            node("NonZero", ["positive"], ["places"]),
            node("Transpose", ["places"], ["rows"], perm=[1, 0]),
            node("GatherND", ["x", "rows"], ["picked"]),
            node("Unsqueeze", ["picked", "last"], ["column"]),
            node("Gemm", ["column", "w", "b"], ["dense"]),
            node("Relu", ["dense"], ["r"]),
            node("Add", ["r", "r"], ["sum"]),
            node("Softmax", ["sum"], ["y"], axis=1),
        ]
        content = model(
            nodes,
            [tensor("x", [4, 5])],
            unknown("y"),
            [
                constant("nought", np.float32(0)),
                constant("last", np.array([1])),
                constant("w", np.float32(RANDOM.normal(size=[1, 3]))),
                constant("b", np.float32([1, 2, 3])),
            ],
        )
        self.assert_agrees(content, [{"x": np.float32(RANDOM.normal(size=[4, 5]))} for _ in range(4)], [0], room=20)

    def test_compress(self):
        for attributes, axis in (({"axis": 1}, 1), ({}, 0)):
            with self.subTest(**attributes):
                content = model(
                    [node("Compress", ["x", "c"], ["y"], **attributes)],
                    [tensor("x", [2, 4, 3]), tensor("c", [4], BOOL)],
                    unknown("y"),
                )
                self.assert_agrees(
                    content,
                    [
                        {"x": np.float32(RANDOM.normal(size=[2, 4, 3])), "c": np.array(c)}
                        for c in ([1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1])
                        for c in [np.bool_(c)]
                    ],
                    [axis],
                )

    def test_unique(self):
        for attributes in ({}, {"sorted": 0}, {"axis": 0}, {"axis": 1, "sorted": 0}):
            with self.subTest(**attributes):
                content = model(
                    [node("Unique", ["x"], ["y", "first", "inverse", "counts"], **attributes)],
                    [tensor("x", [4, 3])],
                    unknown("y") + unknown("first", "inverse", "counts", element=INT64),
                )
                runs = [{"x": np.float32(RANDOM.integers(0, 2, [4, 3]))} for _ in range(3)]
                self.assert_agrees(content, runs, [attributes.get("axis", 0), 0, None, 0])

    def test_non_max_suppression(self):
        nodes = [node("NonMaxSuppression", ["boxes", "scores", "most", "overlap", "least"], ["y"])]
        constants = [
            constant("most", np.array([4])),
            constant("overlap", np.float32([0.4])),
            constant("least", np.float32([0.3])),
        ]
        content = model(
            nodes, [tensor("boxes", [2, 20, 4]), tensor("scores", [2, 3, 20])], unknown("y", element=INT64), constants
        )

        def boxes():
            corner = RANDOM.uniform(0, 1, [2, 20, 2])
            return np.float32(np.concatenate([corner, corner + RANDOM.uniform(0.1, 0.6, [2, 20, 2])], axis=2))

        runs = [{"boxes": boxes(), "scores": np.float32(RANDOM.uniform(0, 1, [2, 3, 20]))} for _ in range(3)]
        self.assert_agrees(content, runs, [0], room=24)
        self.assert_agrees(content, runs, [0], "--bound", "y=7", room=7)

    def test_what_a_loop_collects(self):
        body = helper.make_graph(
            [
                node("Mul", ["a", "half"], ["a_next"]),
                node("ReduceSum", ["a_next"], ["part"], keepdims=0),
                node("Greater", ["part", "least"], ["goes_on"]),
            ],
            "body",
            [tensor("i", [], INT64), tensor("c", [], BOOL), tensor("a", [3])],
            [tensor("goes_on", [], BOOL), tensor("a_next", [3]), tensor("part", [])],
        )
        content = model(
            [node("Loop", ["n", "", "x"], ["last", "y"], body=body)],
            [tensor("x", [3]), tensor("n", [], INT64)],
            [tensor("last", [3]), tensor("y", [None])],
            [constant("half", np.float32(0.5)), constant("least", np.float32(0.01))],
        )
        self.assert_refused(
            self.save(content),
            (
                "node 'the Loop' (Loop, opset 17): the data decide how much of output 'y' there is: make room "
                "for N of it with --bound y=N"
            ),
        )
        runs = [{"x": np.float32([1, 2, 3]), "n": np.array(n)} for n in (0, 1, 4, 100)]
        self.assert_agrees(content, runs, [None, 0], "--bound", "y=6", room=6)

    def test_what_cannot_follow(self):
        start = [node("NonZero", ["x"], ["i"])]
        cases = {
            "Shape": [node("Shape", ["i"], ["y"])],
            "ArgMax": [node("ArgMax", ["i"], ["y"], axis=1)],
            "CumSum": [node("CumSum", ["i", "one"], ["y"])],
            "Concat": [node("Concat", ["i", "i"], ["y"], axis=1)],
        }
        for operator, nodes in cases.items():
            with self.subTest(operator):
                content = model(
                    start + nodes, [tensor("x", [2, 3])], unknown("y", element=INT64), [constant("one", np.array(1))]
                )
                self.assert_refused(
                    self.save(content),
                    f"node 'the {operator}' ({operator}, opset 17): the data decide how much of axis 1 of operand 'i'",
                )
        self.assert_refused(
            self.save(model(start, [tensor("x", [2, 3])], unknown("i", element=INT64))),
            "--bound nothing: no value of this name",
            options=["--bound", "nothing=3"],
        )
        with self.subTest("If"):
            branch = helper.make_graph([node("Cast", ["i"], ["b"], to=TensorProto.FLOAT)], "branch", [], unknown("b"))
            content = model(
                start + [node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)],
                [tensor("x", [2, 3]), tensor("c", [], BOOL)],
                unknown("y"),
            )
            self.assert_refused(
                self.save(content),
                "reads 'i' (int64[2,6]), of which the data decide how much is there, within a graph of its own",
            )


main()
