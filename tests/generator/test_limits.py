"""Small files that ask for more than any machine has: each is answered within seconds and little memory, in words,
and by name."""

import itertools
import resource
import subprocess

import numpy as np
import onnx
from onnx import TensorProto, helper
from support import CAMEO, GeneratorTest, cameo, constant, limit_memory, main, model, tensor

node = helper.make_node
MEMORY = 2 << 30
SECONDS = 30  # alone it is one or two: other programs may share the machine


def limited():
    limit_memory(MEMORY)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


class LimitsTest(GeneratorTest):
    def check(self, content, *options):
        """The exit status and the words of `check`."""
        done = subprocess.run(
            [CAMEO, "check", self.save(content), *map(str, options)],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            preexec_fn=limited,
        )
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertNotIn("std::", done.stdout + done.stderr)
        return done.returncode, done.stdout + done.stderr

    def accept(self, content, *options):
        status, text = self.check(content, *options)
        self.assertEqual(status, 0, text)

    def refuse(self, content, *messages, options=()):
        status, text = self.check(content, *options)
        self.assertEqual(status, 1, text)
        for message in messages:
            self.assertIn(message, text)


def function(name, nodes, inputs=("a",), outputs=("b",), domain="f"):
    return helper.make_function(
        domain, name, list(inputs), list(outputs), nodes, [helper.make_opsetid("", 17), helper.make_opsetid("f", 1)]
    )


def with_functions(functions, call=None):
    graph = helper.make_graph(
        [call or node(functions[-1].name, ["x"], ["y"], name="call", domain="f")],
        "g",
        [tensor("x", [1, 4])],
        [tensor("y", None)],
    )
    return helper.make_model(
        graph,
        functions=functions,
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("f", 1)],
        ir_version=8,
    )


class Functions(LimitsTest):
    def test_one_that_calls_itself(self):
        self.refuse(
            with_functions([function("again", [node("again", ["a"], ["b"], domain="f")])]),
            "the function 'f:again' calls itself: f:again calls f:again",
        )

    def test_through_another(self):
        calls = {"one": "two", "two": "three", "three": "one"}
        functions = [function(name, [node(to, ["a"], ["b"], domain="f")]) for name, to in calls.items()]
        self.refuse(
            with_functions(functions),
            "the function 'f:three' calls itself: f:three calls f:one calls f:two calls f:three",
        )

    def test_within_a_branch(self):
        branch = helper.make_graph([node("again", ["a"], ["q"], domain="f")], "t", [], [tensor("q", None)])
        other = helper.make_graph([node("Relu", ["a"], ["q"])], "e", [], [tensor("q", None)])
        for condition in (
            [node("Constant", [], ["c"], value=constant("v", np.array(True)))],
            [node("ReduceMax", ["a"], ["m"], keepdims=0), node("Cast", ["m"], ["c"], to=TensorProto.BOOL)],
        ):
            body = [*condition, node("If", ["c"], ["b"], then_branch=branch, else_branch=other)]
            self.refuse(with_functions([function("again", body)]), "the function 'f:again' calls itself")

    def test_by_the_name_of_an_operator(self):
        shadow = function("Relu", [node("Relu", ["a"], ["b"])], domain="")
        self.refuse(
            with_functions([shadow], node("Relu", ["x"], ["y"], name="call")), "the function 'Relu' calls itself"
        )

    def test_depth(self):
        functions = [function("f0", [node("Relu", ["a"], ["b"])])]
        functions += [function(f"f{i}", [node(f"f{i - 1}", ["a"], ["b"], domain="f")]) for i in range(1, 5000)]
        self.refuse(with_functions(functions), "(f:f4899, opset 1)", "within each other more than 100 deep")
        self.accept(with_functions(functions[:90]))

    def test_number_of_nodes(self):
        for depth in (6, 9):
            functions = [function("g0", [node("Relu", ["a"], ["b"])])]
            for i in range(1, depth + 1):
                names = ["a", *(f"t{k}" for k in range(9)), "b"]
                functions.append(
                    function(f"g{i}", [node(f"g{i - 1}", [a], [b], domain="f") for a, b in zip(names, names[1:])])
                )
            self.refuse(with_functions(functions), f"node 'call' (f:g{depth}, opset 1)", "make more than", "--budget")
        self.accept(with_functions(functions[:4]))
        self.refuse(with_functions(functions[:5]), "--budget", options=["--budget", "0.01"])

    def test_copies_of_a_large_constant(self):
        data = constant("v", np.zeros(1 << 20, np.float32))
        functions = [
            function(
                "g0",
                [
                    node("Constant", [], ["c"], value=data),
                    node("ReduceMax", ["c"], ["m"], keepdims=0),
                    node("Add", ["a", "m"], ["b"]),
                ],
            )
        ]
        names = ["a", *(f"t{k}" for k in range(2000)), "b"]
        functions.append(function("g1", [node("g0", [a], [b], domain="f") for a, b in zip(names, names[1:])]))
        self.refuse(with_functions(functions), "--budget")


def field(number, payload_size):
    """The tag and length of a field that holds bytes."""
    out, size = bytearray([number << 3 | 2]), payload_size
    while size > 127:
        out.append(size & 127 | 128)
        size >>= 7
    out.append(size)
    return bytes(out)


class Depth(LimitsTest):
    def nested(self, levels):
        """If within If, written from the inside out: Python's protobuf has a limit of its own."""
        parts, size = [], 0
        for level in range(levels):
            for number, before in (
                (6, b""),
                (5, b"\x0a\x0bthen_branch\xa0\x01\x05"),
                (1, field(3, len(f"n{level}")) + f"n{level}".encode() + field(4, 2) + b"If"),
            ):
                head = field(number, size + len(before)) + before
                parts.append(head)
                size += len(head)
        whole = field(7, size) + b"".join(reversed(parts))
        return whole + model([], [], []).SerializeToString()

    def test_graphs_within_graphs(self):
        for levels in (40, 1000, 50000):
            self.refuse(self.nested(levels), f"node 'n{levels - 33}'", "within each other more than 33 deep")


class Work(LimitsTest):
    """What follows from constants, but takes too long, is left to the network, or refused where the shape of
    something depends on it."""

    def folded(self, nodes, constants, *options):
        return model(
            [*nodes, node("ReduceMax", ["z"], ["r"], keepdims=0), node("Add", ["x", "r"], ["y"])],
            [tensor("x", [1, 4])],
            [tensor("y", None)],
            constants,
        )

    def test_products_of_expanded_constants(self):
        one, size = constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([4000, 4000]))
        self.accept(
            self.folded(
                [node("Expand", ["k", "s"], ["a"]), node("MatMul", ["a", "a"], ["z"], name="product")], [one, size]
            )
        )

    def test_pools_of_expanded_constants(self):
        one, size = constant("k", np.ones((1, 1, 1, 1), np.float32)), constant("s", np.int64([1, 1, 1000, 1000]))
        for pool in ("MaxPool", "AveragePool", "LpPool"):
            window = node(pool, ["a"], ["z"], kernel_shape=[1000, 1000], pads=[500, 500, 500, 500], strides=[1, 1])
            self.accept(self.folded([node("Expand", ["k", "s"], ["a"]), window], [one, size]))

    def test_shapes_that_take_too_long(self):
        one, size = constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([4000, 4000]))
        nodes = [
            node("Expand", ["k", "s"], ["a"]),
            node("MatMul", ["a", "a"], ["p"]),
            node("ReduceMax", ["p"], ["m"], keepdims=0),
            node("Cast", ["m"], ["n"], to=TensorProto.INT64),
            node("Reshape", ["n", "one"], ["shape"]),
            node("ConstantOfShape", ["shape"], ["f"], name="sized"),
            node("ReduceMax", ["f"], ["r"], keepdims=0),
            node("Add", ["x", "r"], ["y"]),
        ]
        self.refuse(
            model(nodes, [tensor("x", [1, 4])], [tensor("y", None)], [one, size, constant("one", np.int64([1]))]),
            "node 'sized' (ConstantOfShape",
            "--budget",
        )

    def loop(self, nodes, count="n", condition=""):
        body = helper.make_graph(
            nodes,
            "body",
            [tensor("i", [], TensorProto.INT64), tensor("ci", [], TensorProto.BOOL), tensor("a", [1, 4])],
            [tensor("co", [], TensorProto.BOOL), tensor("b", [1, 4])],
        )
        return lambda source, result: node("Loop", [count, condition, source], [result], body=body)

    def test_loops_of_constants(self):
        going_on = [node("Identity", ["ci"], ["co"]), node("Sin", ["a"], ["b"])]
        start = constant("k", np.ones((1, 4), np.float32))
        for count, condition, more in (
            ("n", "", [constant("n", np.int64(10**9))]),
            ("", "t", [constant("t", np.array(True))]),
        ):
            self.accept(self.folded([self.loop(going_on, count, condition)("k", "z")], [start, *more]))

    def test_bodies_of_no_nodes(self):
        """A body that hands on what it gets has no nodes to count."""
        body = helper.make_graph(
            [],
            "body",
            [tensor("i", [], TensorProto.INT64), tensor("ci", [], TensorProto.BOOL), tensor("a", [1, 4])],
            [tensor("ci", [], TensorProto.BOOL), tensor("a", [1, 4])],
        )
        self.accept(
            model(
                [node("Loop", ["n", "", "x"], ["y"], body=body)],
                [tensor("x", [1, 4])],
                [tensor("y", None)],
                [constant("n", np.int64(10**12))],
            )
        )

    def test_scans_whose_last_results_nobody_wants(self):
        body = helper.make_graph(
            [node("Add", ["s", "p"], ["t"]), node("Abs", ["p"], ["q"])],
            "body",
            [tensor("s", [1]), tensor("p", [1])],
            [tensor("t", [1]), tensor("q", [1])],
        )
        self.accept(
            model(
                [node("Scan", ["s0", "x"], ["y"], body=body, num_scan_inputs=1)],
                [tensor("s0", [1]), tensor("x", [4, 1])],
                [tensor("y", None)],
            )
        )

    def test_loops_within_loops(self):
        def level(k):
            inner = (
                node("Sin", ["a4"], ["b4"])
                if k == 4
                else node("Loop", ["n", "", f"a{k}"], [f"b{k}"], body=level(k + 1))
            )
            return helper.make_graph(
                [node("Identity", [f"ci{k}"], [f"co{k}"]), inner],
                f"body{k}",
                [
                    tensor(f"i{k}", [], TensorProto.INT64),
                    tensor(f"ci{k}", [], TensorProto.BOOL),
                    tensor(f"a{k}", [1, 4]),
                ],
                [tensor(f"co{k}", [], TensorProto.BOOL), tensor(f"b{k}", [1, 4])],
            )

        self.accept(
            model(
                [node("Loop", ["n", "", "x"], ["y"], body=level(0))],
                [tensor("x", [1, 4])],
                [tensor("y", None)],
                [constant("n", np.int64(16))],
            )
        )

    def test_memory(self):
        """Many tensors, each of a size that is allowed."""
        one, size = constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([1024, 16000]))
        nodes = [
            part
            for i in range(100)
            for part in (node("Expand", ["k", "s"], [f"e{i}"]), node("ReduceMax", [f"e{i}"], [f"r{i}"], keepdims=0))
        ]
        self.check(
            model(
                [*nodes, node("Sum", ["x", *(f"r{i}" for i in range(100))], ["y"])],
                [tensor("x", [1, 4])],
                [tensor("y", None)],
                [one, size],
            )
        )

    def test_operators_that_make_constants(self):
        big = 1 << 33
        made = {
            "ConstantOfShape": ([node("ConstantOfShape", ["s"], ["z"])], [constant("s", np.int64([big]))]),
            "Range": (
                [node("Range", ["s", "l", "d"], ["z"])],
                [constant("s", np.int64(0)), constant("l", np.int64(big)), constant("d", np.int64(1))],
            ),
            "HannWindow": ([node("HannWindow", ["s"], ["z"])], [constant("s", np.int64(big))]),
            "Expand": (
                [node("Expand", ["s", "l"], ["z"])],
                [constant("s", np.float32(1)), constant("l", np.int64([1 << 20, 1 << 13]))],
            ),
            "Tile": (
                [node("Tile", ["s", "l"], ["z"])],
                [constant("s", np.float32([1])), constant("l", np.int64([big]))],
            ),
            "Pad": (
                [node("Pad", ["s", "l"], ["z"])],
                [constant("s", np.float32([1])), constant("l", np.int64([0, big]))],
            ),
            "Resize": (
                [node("Resize", ["s", "", "", "l"], ["z"])],
                [constant("s", np.ones((1, 1, 2, 2), np.float32)), constant("l", np.int64([1, 1, 1 << 20, 1 << 13]))],
            ),
            "OneHot": (
                [node("OneHot", ["s", "l", "d"], ["z"])],
                [constant("s", np.int64([1])), constant("l", np.int64(big)), constant("d", np.float32([0, 1]))],
            ),
            "EyeLike": (
                [node("ConstantOfShape", ["s"], ["c"]), node("EyeLike", ["c"], ["z"])],
                [constant("s", np.int64([1 << 20, 1 << 13]))],
            ),
            "Einsum": (
                [node("Expand", ["k", "s"], ["a"]), node("Einsum", ["a", "a"], ["z"], equation="ij,kj->ik")],
                [constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([4000, 4000]))],
            ),
            "one operand of Einsum": (
                [node("Expand", ["k", "s"], ["a"]), node("Einsum", ["a"], ["z"], equation="ij->")],
                [constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([4000, 4000]))],
            ),
            "Unique": (
                [node("Expand", ["k", "s"], ["a"]), node("Unique", ["a"], ["z"])],
                [constant("k", np.ones((1, 1), np.float32)), constant("s", np.int64([2000, 2000]))],
            ),
            "TopK": (
                [node("Range", ["s", "l", "d"], ["a"]), node("TopK", ["a", "k"], ["z", ""])],
                [
                    constant("s", np.float32(0)),
                    constant("l", np.float32(1e6)),
                    constant("d", np.float32(1)),
                    constant("k", np.int64([1000000])),
                ],
            ),
            "Conv": (
                [node("Expand", ["k", "s"], ["a"]), node("Conv", ["a", "a"], ["z"], pads=[500, 500, 500, 500])],
                [constant("k", np.ones((1, 1, 1, 1), np.float32)), constant("s", np.int64([1, 1, 1000, 1000]))],
            ),
            "LRN": (
                [node("Expand", ["k", "s"], ["a"]), node("LRN", ["a"], ["z"], size=100000)],
                [constant("k", np.ones((1, 1, 1), np.float32)), constant("s", np.int64([1, 100000, 8]))],
            ),
        }
        for name, (nodes, constants) in made.items():
            with self.subTest(name):
                whole = self.folded([*nodes, node("Cast", ["z"], ["f"], to=TensorProto.FLOAT)], constants)
                whole.graph.node[-2].input[0] = "f"
                self.check(whole)

    def test_transforms(self):
        signal = constant("k", np.ones((1, 1 << 19, 1), np.float32))
        self.refuse(
            self.folded([node("DFT", ["k"], ["z"], name="spectrum")], [signal]), "node 'spectrum' (DFT", "--budget"
        )

    def test_sparse_constants(self):
        whole = model([node("Add", ["x", "w9"], ["y"])], [tensor("x", [1, 4])], [tensor("y", None)])
        for k in range(10):
            values = helper.make_tensor(f"w{k}", TensorProto.FLOAT, [1], [1.0])
            whole.graph.sparse_initializer.append(
                helper.make_sparse_tensor(
                    values, helper.make_tensor(f"i{k}", TensorProto.INT64, [1], [3]), [1 << 14, 1 << 14]
                )
            )
        self.refuse(whole, "sparse tensor 'w", "too large to be dense")


class Sizes(LimitsTest):
    """Numbers of a file are multiplied into sizes only where that cannot overflow."""

    WRAPS = [(1 << 32, 1 << 32), (1 << 31, 1 << 31, 4), ((1 << 63) - 1, 2), (3, (1 << 64) // 3 // 4 + 1)]

    def npy(self, header, data=b"", version=1):
        text = header.encode()
        length = len(text).to_bytes(2 if version == 1 else 4, "little")
        return self.save(b"\x93NUMPY" + bytes([version, 0]) + length + text + data, "x.npy")

    def bind(self, array, *messages):
        whole = model(
            [node("Gather", ["x", "i"], ["y"])],
            [tensor("x", ["n"])],
            [tensor("y", None)],
            [constant("i", np.int64([5]))],
        )
        self.refuse(whole, *messages, options=["--constant", f"x={array}"])

    def test_npy_shapes_that_wrap(self):
        for shape in self.WRAPS:
            self.bind(self.npy(f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n"), "x.npy: ")
        self.bind(
            self.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }\n"),
            "the header is none that numpy writes",
        )

    def test_npy_headers(self):
        for header in (
            "",
            "{",
            "{'descr'",
            "{'descr': '<f4', 'shape': (",
            "{'shape': (1,)}",
            "{'descr': '<f4', 'shape': (1 2)}",
            "{'descr': '<f4', 'shape': (-1,)}",
            "{'descr': [('a', '<f4')], 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,)}",
            "{'more': '<f4'}",
            "{" * 60000,
        ):
            with self.subTest(header[:60]):
                self.bind(self.npy(header), "x.npy: ")

    def test_npy_headers_of_a_megabyte(self):
        for filling in (
            "{'descr': '" + "<" * (1 << 20),
            "{'descr': '<f4', 'shape': (" + "1," * (1 << 19),
            " " * (1 << 20),
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }" + " " * (1 << 20),
        ):
            self.bind(self.npy(filling, version=2), "x.npy: ")

    def test_what_numpy_writes(self):
        whole = model([node("Abs", ["x"], ["y"])], [tensor("x", ["a", "b"])], [tensor("y", None)])
        for array in (np.ones((2, 3), np.float32), np.ones((0, 3), np.float32)):
            np.save(self.directory / "x.npy", array)
            self.accept(whole, "--constant", f"x={self.directory / 'x.npy'}")

    def test_initializers(self):
        for shape in self.WRAPS:
            for more in (
                {"raw_data": b"\0" * 16},
                {"float_data": [1.0]},
                {
                    "external_data": [onnx.StringStringEntryProto(key="location", value="model.onnx")],
                    "data_location": 1,
                },
                {},
            ):
                whole = model([node("Add", ["x", "w"], ["y"])], [tensor("x", [1])], [tensor("y", None)])
                whole.graph.initializer.add(name="w", data_type=1, dims=shape, **more)
                self.refuse(whole, "tensor 'w'")

    def test_sparse(self):
        for shape in self.WRAPS:
            whole = model([node("Add", ["x", "w"], ["y"])], [tensor("x", [1])], [tensor("y", None)])
            values = helper.make_tensor("w", TensorProto.FLOAT, [1], [1.0])
            whole.graph.sparse_initializer.append(
                helper.make_sparse_tensor(values, helper.make_tensor("i", TensorProto.INT64, [1], [0]), list(shape))
            )
            self.refuse(whole, "tensor 'w'")

    def test_inputs(self):
        for shape in self.WRAPS:
            self.refuse(model([node("Relu", ["x"], ["y"])], [tensor("x", shape)], [tensor("y", None)]), "input 'x'")
            names = [f"d{i}" for i in range(len(shape))]
            whole = model([node("Relu", ["x"], ["y"])], [tensor("x", names)], [tensor("y", None)])
            self.refuse(whole, "input 'x'", options=["--input-shape", "x:" + ",".join(map(str, shape))])
            self.refuse(whole, "input 'x'", options=[f"--dim={name}={extent}" for name, extent in zip(names, shape)])

    def test_shapes_of_nodes(self):
        x = [tensor("x", [4, 5])]
        for shape in [*self.WRAPS, (-2, -10), (20, (1 << 63) // 5 + 1), (1 << 32, 1 << 32, 0)]:
            shape = [min(extent, (1 << 63) - 1) for extent in shape]
            for operator in ("Reshape", "Expand"):
                self.refuse(
                    model(
                        [node(operator, ["x", "s"], ["y"], name="sized")],
                        x,
                        [tensor("y", None)],
                        [constant("s", np.int64(shape))],
                    ),
                    "node 'sized'",
                )
            self.refuse(
                model(
                    [node("ConstantOfShape", ["s"], ["c"], name="sized"), node("Add", ["x", "c"], ["y"])],
                    x,
                    [tensor("y", None)],
                    [constant("s", np.int64(shape))],
                ),
                "node 'sized'",
            )

    def test_no_filters_and_no_groups(self):
        x = [tensor("x", [1, 2, 4, 4])]
        for filters, group in ((0, 1), (0, 2), (4, 0), (4, -2), (4, -(1 << 63)), (0, 1 << 62)):
            w = constant("w", np.ones((filters, 1 if group == 2 else 2, 3, 3), np.float32))
            for operator in ("Conv", "ConvTranspose"):
                with self.subTest(operator=operator, filters=filters, group=group):
                    self.check(model([node(operator, ["x", "w"], ["y"], group=group)], x, [tensor("y", None)], [w]))


class Chains(LimitsTest):
    """Time grows with the number of nodes, not with its square."""

    COUNT = 20000
    SECONDS = 10  # of the processor; alone it is two

    def seconds(self, nodes, constants=(), inputs=(("x", [1, 4]),), command=("check",)):
        path = self.save(model(nodes, [tensor(*i) for i in inputs], [tensor("y", None)], constants))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = cameo(*command, path)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertEqual(done.returncode, 0, done.stdout[:2000] + done.stderr[:2000])
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def chain(self, make):
        names = ["x", *(f"t{i}" for i in range(self.COUNT - 1)), "y"]
        return [make(a, b, i) for i, (a, b) in enumerate(zip(names, names[1:]))]

    def test_kinds(self):
        w = constant("w", np.ones((1, 1, 1), np.float32))
        kinds = {
            "Relu": (self.chain(lambda a, b, i: node("Relu", [a], [b])), []),
            "Softmax": (self.chain(lambda a, b, i: node("Softmax", [a], [b])), []),
            "Identity": (self.chain(lambda a, b, i: node("Identity", [a], [b])), []),
            "Add of the input": (self.chain(lambda a, b, i: node("Add", [a, "x"], [b])), []),
            "Add of a constant": (
                self.chain(lambda a, b, i: node("Add", [a, f"c{i}"], [b])),
                [constant(f"c{i}", np.float32([1, 2, 3, 4])) for i in range(self.COUNT)],
            ),
            "Relu and Softmax": (self.chain(lambda a, b, i: node(("Relu", "Softmax")[i % 2], [a], [b])), []),
            "Transpose": (self.chain(lambda a, b, i: node("Transpose", [a], [b], perm=[1, 0])), []),
            "Conv and Relu": (
                self.chain(lambda a, b, i: node("Conv", [a, "w"], [b]) if i % 2 else node("Relu", [a], [b])),
                [w],
                (("x", [1, 1, 4]),),
            ),
            "Conv and Mul": (
                self.chain(lambda a, b, i: node("Conv", [a, "w"], [b]) if i % 2 else node("Mul", [a, "w"], [b])),
                [w],
                (("x", [1, 1, 4]),),
            ),
            "Reshape by a computed shape": (
                self.chain(
                    lambda a, b, i: node("Shape", ["x"], [b])
                    if i == 0
                    else node("Reshape", ["x", a], [b])
                    if i == self.COUNT - 1
                    else node("Abs", [a], [b])
                ),
                [],
            ),
        }
        for name, parts in kinds.items():
            with self.subTest(name):
                self.assertLess(self.seconds(*parts), self.SECONDS)

    def test_quantized_kinds(self):
        """QuantizeLinear, DequantizeLinear and a layer, over and over; quantized in uint8 and in int8."""
        w = constant("w", np.ones((4, 4, 1), np.int8))
        layers = {
            "Relu": {},
            "Sigmoid": {},
            "Add": {},
            "Conv": {},
            "Transpose": {"perm": [0, 2, 1]},
            "MaxPool": {"kernel_shape": [1]},
            "AveragePool": {"kernel_shape": [1]},
            "Concat": {"axis": 0},
        }
        for (operator, attributes), zero in zip(layers.items(), itertools.cycle([np.uint8(128), np.int8(3)])):
            constants = [w, constant("scale", np.float32(0.1)), constant("zero", zero), constant("middle", np.int8(0))]
            nodes, names = (
                [node("DequantizeLinear", ["w", "scale", "middle"], ["filters"])],
                ["x", *(f"t{i}" for i in range(self.COUNT // 3 - 1)), "y"],
            )
            more = {"Conv": ["filters"], "Add": ["x"]}.get(operator, [])
            for a, b in zip(names, names[1:]):
                nodes += [
                    node("QuantizeLinear", [a, "scale", "zero"], [f"{a}_stored"]),
                    node("DequantizeLinear", [f"{a}_stored", "scale", "zero"], [f"{a}_number"]),
                    node(operator, [f"{a}_number", *more], [b], **attributes),
                ]
            with self.subTest(operator):
                self.assertLess(self.seconds(nodes, constants, (("x", [1, 4, 4]),)), self.SECONDS)

    def test_other_commands(self):
        """Names that many nodes would have, bodies, and a value that all read."""
        names = ["x", *(f"t{i}" for i in range(self.COUNT // 4 - 1)), "y"]
        steps = list(zip(names, names[1:]))
        v, w, nought = (
            constant("v", np.ones(1, np.float32)),
            constant("w", np.ones((1, 1, 1), np.float32)),
            constant("nought", np.float32(0)),
        )
        positive = [
            n
            for a, _ in steps
            for n in (
                node("ReduceMax", [a], [f"{a}_max"], keepdims=0),
                node("Greater", [f"{a}_max", "nought"], [f"{a}_positive"]),
            )
        ]

        def branch(operator, a):
            return helper.make_graph(
                [node(operator, [a], [f"{a}_{operator}"])],
                "branch",
                [],
                [helper.make_empty_tensor_value_info(f"{a}_{operator}")],
            )

        kinds = {
            "batch normalization": (
                [
                    n
                    for a, b in steps
                    for n in (
                        node("Conv", [a, "w"], [f"{a}_c"]),
                        node("BatchNormalization", [f"{a}_c", "v", "v", "v", "v"], [b]),
                    )
                ],
                [v, w],
            ),
            "branches": (
                positive
                + [
                    node("If", [f"{a}_positive"], [b], then_branch=branch("Relu", a), else_branch=branch("Abs", a))
                    for a, b in steps
                ],
                [nought],
            ),
            "choices": (positive + [node("Where", [f"{a}_positive", a, "x"], [b]) for a, b in steps], [nought]),
        }
        for (name, parts), command in itertools.product(
            kinds.items(),
            (("simplify", "-o", self.directory / "simple.onnx"), ("generate", "-o", self.directory / "net.hpp")),
        ):
            with self.subTest(name, command=command[0]):
                self.assertLess(self.seconds(*parts, (("x", [1, 1, 4]),), command), self.SECONDS)

    def test_many_moves_before_they_are_quantized(self):
        many = range(self.COUNT // 3)
        nodes = [node("Transpose", ["x"], [f"t{i}"], perm=[1, 0]) for i in many]
        nodes += [node("QuantizeLinear", [f"t{i}", "scale", "zero"], [f"q{i}"]) for i in many] + [
            node("DequantizeLinear", [f"q{i}", "scale", "zero"], [f"d{i}"]) for i in many
        ]
        nodes.append(node("Sum", [f"d{i}" for i in many], ["y"]))
        self.assertLess(
            self.seconds(nodes, [constant("scale", np.float32(0.1)), constant("zero", np.uint8(128))]), self.SECONDS
        )

    def test_width(self):
        many = range(self.COUNT // 2)
        branches = [node("Softmax", ["x"], [f"s{i}"]) for i in many]
        for join in (
            node("Sum", [f"s{i}" for i in many], ["y"]),
            node("Concat", [f"s{i}" for i in many], ["y"], axis=0),
        ):
            with self.subTest(join.op_type):
                self.assertLess(self.seconds([*branches, join]), self.SECONDS)


if __name__ == "__main__":
    main()
