"""If, Loop, Scan and functions of the model: generated code and plain definitions against onnxruntime."""

import numpy as np
import onnx
from nested import ControlFlowTest, body, node
from onnx import TensorProto, helper
from support import cameo, constant, main, model, tensor

RANDOM = np.random.default_rng(3)
BOOL, INT64 = TensorProto.BOOL, TensorProto.INT64


def weights(*shape):
    return (RANDOM.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)


class IfTest(ControlFlowTest):
    def branching(self, then_nodes, else_nodes, outputs=("y",), before=(), constants=(), shapes=([2, 8],)):
        """If with the condition sum(x) > 0; branches name their outputs as the node does, with a letter behind."""
        nodes = [
            node("ReduceSum", ["x"], ["sum"], keepdims=0),
            node("Greater", ["sum", "nought"], ["positive"]),
            *before,
            node(
                "If",
                ["positive"],
                list(outputs),
                then_branch=body(then_nodes, [f"{name}t" for name in outputs]),
                else_branch=body(else_nodes, [f"{name}e" for name in outputs]),
            ),
        ]
        return model(
            nodes,
            [tensor("x", [2, 8])],
            [tensor(name, shape) for name, shape in zip(outputs, shapes)],
            [constant("nought", np.float32(0)), *constants],
        )

    def runs(self):
        x = RANDOM.standard_normal([2, 8]).astype(np.float32)
        return [{"x": np.abs(x)}, {"x": -np.abs(x)}, {"x": np.abs(x) + 1}]

    def test_both_branches_are_networks_of_their_own(self):
        content = self.branching(
            [node("Gemm", ["x", "w"], ["yt"])],
            [node("Gemm", ["x", "v"], ["a"]), node("Tanh", ["a"], ["ye"])],
            constants=[constant("w", weights(8, 4)), constant("v", weights(8, 4))],
            shapes=([2, 4],),
        )
        text = self.assert_agrees(content, self.runs())
        self.assertIn("struct y_then_branch {", text)
        self.assertIn("cameo::if_else<cameo::f32<2, 4>", text)

    def test_branches_read_what_was_computed_outside_and_give_several_results(self):
        before = [node("Exp", ["x"], ["e"]), node("Transpose", ["x"], ["t"], perm=[1, 0])]
        content = self.branching(
            [node("Add", ["e", "x"], ["yt"]), node("MatMul", ["e", "t"], ["zt"])],
            [node("Identity", ["e"], ["ye"]), node("MatMul", ["x", "t"], ["ze"])],
            ("y", "z"),
            before,
            shapes=([2, 8], [2, 2]),
        )
        self.assert_agrees(content, self.runs())

    def test_a_branch_within_a_branch(self):
        inner = node(
            "If",
            ["large"],
            ["yt"],
            then_branch=body([node("Exp", ["x"], ["deep"])], ["deep"]),
            else_branch=body([node("Add", ["x", "sum"], ["other"])], ["other"]),
        )
        content = self.branching(
            [node("Greater", ["sum", "ten"], ["large"]), inner],
            [node("Neg", ["x"], ["ye"])],
            constants=[constant("ten", np.float32(10))],
        )
        self.assert_agrees(content, self.runs() + [{"x": np.full([2, 8], 0.125, np.float32)}])

    def test_constants_and_operands_may_be_results(self):
        content = self.branching(
            [node("Constant", [], ["yt"], value=constant("", weights(2, 8)))], [node("Identity", ["x"], ["ye"])]
        )
        self.assert_agrees(content, self.runs())

    def test_a_convolution_in_a_branch_reads_what_one_outside_wrote(self):
        nodes = [
            node("Conv", ["x", "w"], ["a"], pads=[1] * 4),
            node("ReduceMean", ["a"], ["mean"], keepdims=0),
            node("Greater", ["mean", "nought"], ["c"]),
            node(
                "If",
                ["c"],
                ["y"],
                then_branch=body([node("Conv", ["a", "v"], ["yt"], pads=[1] * 4)], ["yt"]),
                else_branch=body([node("Relu", ["a"], ["r"]), node("Conv", ["r", "v"], ["ye"], pads=[1] * 4)], ["ye"]),
            ),
        ]
        content = model(
            nodes,
            [tensor("x", [1, 16, 9, 9])],
            [tensor("y", [1, 16, 9, 9])],
            [
                constant("w", weights(16, 16, 3, 3)),
                constant("v", weights(16, 16, 3, 3)),
                constant("nought", np.float32(0)),
            ],
        )
        x = RANDOM.standard_normal([1, 16, 9, 9]).astype(np.float32)
        self.assert_agrees(content, [{"x": x}, {"x": -x}])

    def test_a_known_condition_leaves_one_branch(self):
        choice = node(
            "If",
            ["c"],
            ["y"],
            then_branch=body([node("Squeeze", ["x"], ["yt"])], ["yt"]),
            else_branch=body([node("Identity", ["x"], ["ye"])], ["ye"]),
        )
        nodes = [
            node("Shape", ["x"], ["s"]),
            node("Gather", ["s", "one"], ["extent"]),
            node("Equal", ["extent", "eight"], ["c"]),
            choice,
        ]
        content = model(
            nodes,
            [tensor("x", [1, 8])],
            [tensor("y", None)],
            [constant("one", np.int64(1)), constant("eight", np.int64(8))],
        )
        text = self.assert_agrees(content, [{"x": weights(1, 8)}])
        self.assertNotIn("if_else", text)
        self.assertIn("cameo::f32<8>", text)

    def test_results_of_different_shapes_are_refused_by_name(self):
        content = self.branching([node("Identity", ["x"], ["yt"])], [node("ReduceSum", ["x"], ["ye"])], shapes=(None,))
        self.assert_refused(
            self.save(content),
            "node 'the If of y' (If, opset 17): output 0 is float32[2,8] of one branch and float32[1,1] of the other",
            "--constant: the graph's input 'x'",
        )

    def test_what_is_wrong_within_a_branch_is_named(self):
        content = self.branching(
            [node("Reshape", ["x", "three"], ["yt"])],
            [node("Identity", ["x"], ["ye"])],
            constants=[constant("three", np.array([3, -1]))],
        )
        self.assert_refused(
            self.save(content),
            "node 'the Reshape of yt' (Reshape, opset 17)",
            "node 'the If of y' (If, opset 17): its condition is known at run time only",
        )


class LoopTest(ControlFlowTest):
    def loop(self, nodes, carried, trip_count, condition="", collected=(), constants=(), limit=None):
        """A loop over states a, b … whose initial values are inputs; they are `a_next` … after an iteration."""
        inner = body(
            [*nodes],
            ["condition_next", *[f"{name}_next" for name in carried], *collected],
            [
                helper.make_tensor_value_info("i", INT64, []),
                helper.make_tensor_value_info("condition", BOOL, []),
                *carried,
            ],
        )
        names = [f"{name}_last" for name in carried] + [f"{name}s" for name in collected]
        loop = node("Loop", [trip_count, condition, *carried.keys()], names, body=inner)
        inputs = [tensor(name, shape) for name, shape in carried.items()] + (
            [tensor("count", [], INT64)] if trip_count == "count" else []
        )
        return model(
            [loop],
            inputs,
            [tensor(name, None) for name in names],
            [*constants, *([constant("limit", np.int64(limit))] if limit is not None else [])],
        )

    endless = node("Identity", ["condition"], ["condition_next"])

    def test_a_run_time_trip_count(self):
        nodes = [node("Gemm", ["a", "w"], ["g"]), node("Tanh", ["g"], ["a_next"]), self.endless]
        content = self.loop(nodes, {"a": [2, 8]}, "count", constants=[constant("w", weights(8, 8))])
        text = self.assert_agrees(content, [{"a": weights(2, 8), "count": np.array(n)} for n in (0, 1, 7, 2)])
        self.assertIn(
            "cameo::loop<cameo::f32<2, 8>, cameo::from<count, cameo::none, a>, cameo::list<a_last_body>", text
        )

    def test_states_that_change_places(self):
        nodes = [node("Identity", ["b"], ["a_next"]), node("Add", ["a", "b"], ["b_next"]), self.endless]
        self.assert_agrees(
            self.loop(nodes, {"a": [3], "b": [3]}, "count"),
            [{"a": weights(3), "b": weights(3), "count": np.array(n)} for n in (0, 1, 2, 9)],
        )

    def test_a_condition_and_the_number_of_the_iteration(self):
        nodes = [
            node("Cast", ["i"], ["number"], to=TensorProto.FLOAT),
            node("Add", ["a", "number"], ["a_next"]),
            node("ReduceMax", ["a_next"], ["most"], keepdims=0),
            node("Less", ["most", "bound"], ["condition_next"]),
        ]
        content = self.loop(
            nodes, {"a": [4]}, "", "yes", constants=[constant("bound", np.float32(20)), constant("yes", np.bool_(True))]
        )
        self.assert_agrees(content, [{"a": weights(4)}, {"a": weights(4) + 15}, {"a": weights(4) + 30}])

    def test_few_iterations_are_unrolled(self):
        nodes = [
            node("Concat", ["a", "a"], ["twice"], axis=0),
            node("Slice", ["twice", "one", "five"], ["a_next"]),
            node("ReduceSum", ["a"], ["part"], keepdims=0),
            self.endless,
        ]
        content = self.loop(
            nodes,
            {"a": [4]},
            "limit",
            collected=["part"],
            limit=5,
            constants=[constant("one", np.array([1])), constant("five", np.array([5]))],
        )
        text = self.assert_agrees(content, [{"a": weights(4)}])
        self.assertNotIn("cameo::loop", text)

    def test_shapes_may_change_where_the_loop_is_unrolled(self):
        content = self.loop(
            [node("Concat", ["a", "a"], ["a_next"], axis=0), self.endless], {"a": [2]}, "limit", limit=3
        )
        self.assertIn("cameo::f32<16>", self.assert_agrees(content, [{"a": weights(2)}]))

    def test_many_iterations_run_one_body_and_collect(self):
        nodes = [
            node("Mul", ["a", "factor"], ["a_next"]),
            node("ReduceSum", ["a_next"], ["part"]),
            node("Identity", ["a_next"], ["whole"]),
            self.endless,
        ]
        content = self.loop(
            nodes,
            {"a": [4]},
            "limit",
            collected=["part", "whole"],
            limit=300,
            constants=[constant("factor", np.float32(0.99))],
        )
        self.assertIn(".count = 300", self.assert_agrees(content, [{"a": weights(4)}, {"a": weights(4)}]))

    def test_a_loop_within_a_loop(self):
        inner = body(
            [node("Add", ["c", "a"], ["c_next"]), node("Identity", ["inner_condition"], ["inner_next"])],
            ["inner_next", "c_next"],
            [
                helper.make_tensor_value_info("j", INT64, []),
                helper.make_tensor_value_info("inner_condition", BOOL, []),
                "c",
            ],
        )
        nodes = [
            node("Loop", ["i", "", "a"], ["sum"], body=inner),
            node("Mul", ["sum", "half"], ["a_next"]),
            self.endless,
        ]
        self.assert_agrees(
            self.loop(nodes, {"a": [5]}, "count", constants=[constant("half", np.float32(0.5))]),
            [{"a": weights(5), "count": np.array(n)} for n in (1, 4, 6)],
        )

    def summing(self, *nodes):
        """A loop that adds to what it carries the sum of `rest`, which `nodes` make of it and of the iteration."""
        added = [node("ReduceSum", ["rest"], ["sum"], keepdims=0), node("Add", ["a", "sum"], ["a_next"])]
        constants = [constant("nought", np.array([0])), constant("end", np.array([9]))]
        first = node("Unsqueeze", ["i", "nought"], ["start"])
        return self.loop([first, *nodes, *added, self.endless], {"a": [4]}, "count", constants=constants)

    def test_a_slice_that_begins_at_the_iteration(self):
        content = self.summing(node("Slice", ["a", "start", "end"], ["rest"]))
        self.assert_agrees(content, [{"a": weights(4), "count": np.array(n)} for n in (1, 3, 5)])

    def test_what_a_body_cannot_collect_is_traced_to_the_trip_count(self):
        nodes = [
            node("Unsqueeze", ["i", "nought"], ["start"]),
            node("Slice", ["a", "start", "end"], ["a_next"]),
            self.endless,
        ]
        constants = [constant("nought", np.array([0])), constant("end", np.array([9]))]
        content = self.loop(nodes, {"a": [4]}, "count", constants=constants)
        self.assert_refused(
            self.save(content),
            "the data decide how much of its output 'a_next' is there, which a branch or body cannot hand on",
            "bind what it comes from with --constant: the graph's input 'count'",
        )

    def test_what_decides_shapes_within_a_body_is_traced_to_the_trip_count(self):
        content = self.summing(node("Tile", ["a", "start"], ["rest"]))
        self.assert_refused(
            self.save(content),
            "it must be constant. It comes from what the branch or body is given, 'i'",
            "bind what it comes from with --constant: the graph's input 'count'",
        )
        np.save(self.directory / "count.npy", np.array(3))
        unrolled = self.generate(self.save(content), f"--constant=count={self.directory / 'count.npy'}")
        self.assertNotIn("loop", unrolled.read_text())

    def test_what_depends_on_the_trip_count_is_refused_by_name(self):
        content = self.loop([node("Concat", ["a", "a"], ["a_next"], axis=0), self.endless], {"a": [2]}, "count")
        self.assert_refused(
            self.save(content),
            "node 'the Loop of a_last' (Loop, opset 17)",
            "carried value 'a' is float32[2] at first and float32[4] after an iteration",
        )
        content = self.loop(
            [node("Identity", ["a"], ["a_next"]), node("Identity", ["a"], ["part"]), self.endless],
            {"a": [2]},
            "count",
            collected=["part"],
        )
        self.assert_refused(
            self.save(content),
            (
                "node 'the Loop of a_last' (Loop, opset 17): the data decide how much of output 'parts' there "
                "is: make room for N of it with --bound parts=N"
            ),
        )


class ScanTest(ControlFlowTest):
    def scan(self, **attributes):
        inner = body(
            [
                node("Add", ["state", "part"], ["sum"]),
                node("Mul", ["sum", "factor"], ["state_next"]),
                node("Sub", ["sum", "other"], ["given"]),
            ],
            ["state_next", "given"],
            ["state", "part", "other"],
            [constant("factor", np.float32(0.5))],
        )
        return node("Scan", ["start", "x", "y"], ["last", "all"], body=inner, num_scan_inputs=2, **attributes)

    def test_along_the_first_axis(self):
        content = model(
            [self.scan()],
            [tensor("start", [4]), tensor("x", [6, 4]), tensor("y", [6, 4])],
            [tensor("last", None), tensor("all", None)],
        )
        self.assertIn(
            ".count = 6, .sequences = 2",
            self.assert_agrees(
                content, [{"start": weights(4), "x": weights(6, 4), "y": weights(6, 4)} for _ in range(2)]
            ),
        )

    def test_along_other_axes_and_backwards(self):
        attributes = {
            "scan_input_axes": [1, -1],
            "scan_input_directions": [0, 1],
            "scan_output_axes": [1],
            "scan_output_directions": [1],
        }
        content = model(
            [self.scan(**attributes)],
            [tensor("start", [2, 3]), tensor("x", [2, 5, 3]), tensor("y", [2, 3, 5])],
            [tensor("last", None), tensor("all", None)],
        )
        self.assert_agrees(content, [{"start": weights(2, 3), "x": weights(2, 5, 3), "y": weights(2, 3, 5)}])


class FunctionTest(ControlFlowTest):
    def calling(self, calls, functions, outputs):
        content = model(calls, [tensor("x", [3, 4])], [tensor(name, None) for name in outputs], functions=functions)
        content.opset_import.append(helper.make_opsetid("mine", 1))
        return content

    def refer(self, operator, inputs, outputs, **attributes):
        """A node whose attributes are those of the call: name=(the call's name, type)."""
        made = node(operator, inputs, outputs)
        for name, (outer, kind) in attributes.items():
            made.attribute.append(onnx.AttributeProto(name=name, ref_attr_name=outer, type=kind))
        return made

    def function(self, name, inputs, outputs, nodes, opset=17, **options):
        return helper.make_function(
            "mine",
            name,
            inputs,
            outputs,
            nodes,
            [helper.make_opsetid("", opset), helper.make_opsetid("mine", 1)],
            **options,
        )

    def test_attributes_are_those_of_the_call_or_defaults(self):
        nodes = [
            self.refer("LeakyRelu", ["v"], ["w"], alpha=("slope", onnx.AttributeProto.FLOAT)),
            self.refer("Softmax", ["w"], ["out"], axis=("along", onnx.AttributeProto.INT)),
        ]
        function = self.function(
            "Activation",
            ["v"],
            ["out"],
            nodes,
            attributes=["along"],
            attribute_protos=[helper.make_attribute("slope", 0.25)],
        )
        calls = [
            helper.make_node("Activation", ["x"], ["a"], domain="mine", along=0),
            helper.make_node("Activation", ["x"], ["b"], domain="mine", along=1, slope=0.75),
        ]
        self.assert_agrees(self.calling(calls, [function], ["a", "b"]), [{"x": weights(3, 4)}])

    def test_functions_call_functions_and_names_do_not_meet(self):
        inner = self.function("Double", ["x"], ["y"], [node("Add", ["x", "x"], ["y"])])
        outer = self.function(
            "Twice",
            ["y"],
            ["x"],
            [
                helper.make_node("Double", ["y"], ["t"], domain="mine"),
                helper.make_node("Double", ["t"], ["x"], domain="mine"),
            ],
        )
        calls = [helper.make_node("Twice", ["x"], ["t"], domain="mine"), helper.make_node("Exp", ["t"], ["y"])]
        self.assert_agrees(self.calling(calls, [outer, inner], ["y"]), [{"x": weights(3, 4)}])

    def test_an_operand_that_a_call_leaves_out(self):
        function = self.function(
            "Bounded", ["v", "low", "high"], ["out"], [node("Clip", ["v", "low", "high"], ["out"])]
        )
        nodes = [
            node("Constant", [], ["high"], value=constant("", np.float32(0.1))),
            helper.make_node("Bounded", ["x", "", "high"], ["y"], domain="mine"),
        ]
        self.assert_agrees(self.calling(nodes, [function], ["y"]), [{"x": weights(3, 4)}])

    def test_a_function_has_operator_sets_of_its_own(self):
        function = self.function(
            "Old", ["v"], ["out"], [helper.make_node("Squeeze", ["v"], ["out"], axes=[0])], opset=11
        )
        calls = [node("Unsqueeze", ["x", "axis"], ["u"]), helper.make_node("Old", ["u"], ["y"], domain="mine")]
        content = self.calling(calls, [function], ["y"])
        content.graph.initializer.append(constant("axis", np.array([0])))
        done = cameo(
            "generate", self.save(content), "-o", self.written / "net.hpp"
        )  # onnxruntime wants one version in all
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_a_function_cannot_do_is_named(self):
        function = self.function("Odd", ["v"], ["out"], [node("NoSuch", ["v"], ["out"])])
        self.assert_refused(
            self.save(self.calling([helper.make_node("Odd", ["x"], ["y"], domain="mine")], [function], ["y"])),
            "node 'the NoSuch of out' (NoSuch, opset 17): this operator is not supported",
            "if ONNX defines it by other operators, onnx.inliner.inline_selected_functions() puts these into the file",
        )


main()
