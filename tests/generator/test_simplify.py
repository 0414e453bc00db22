"""`cameo simplify`: how many nodes are left, and that onnxruntime computes the same with them."""

from collections import Counter

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from support import GeneratorTest, cameo, constant, main, model, tensor

RANDOM = np.random.default_rng(1)
node = helper.make_node


def weights(*shape):
    return (RANDOM.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def integers(name, *values):
    return constant(name, np.asarray(values, np.int64))


def normalization(channels):
    """Of BatchNormalization: scale, bias, mean, variance."""
    return [
        constant(name, (1 + 0.3 * RANDOM.standard_normal(channels) ** 2).astype(np.float32))
        for name in ("scale", "bias", "mean", "variance")
    ]


def operators(content):
    return Counter(n.op_type for n in content.graph.node)


def data(content):
    return {t.name: numpy_helper.to_array(t).tolist() for t in content.graph.initializer}


def run(content, inputs):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content.SerializeToString(), options, providers=["CPUExecutionProvider"]).run(
        None, inputs
    )


def random_inputs(content, extent=3):
    types = {TensorProto.FLOAT: np.float32, TensorProto.INT64: np.int64, TensorProto.BOOL: np.bool_}
    inputs = {}
    for v in content.graph.input:
        shape = [d.dim_value or extent for d in v.type.tensor_type.shape.dim]
        inputs[v.name] = np.asarray(3 * RANDOM.standard_normal(shape)).astype(types[v.type.tensor_type.elem_type])
    return inputs


class SimplifyTest(GeneratorTest):
    def simplify(self, content, *options):
        self.output = self.written / "out.onnx"
        done = cameo("simplify", self.save(content), "-o", self.output, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said = done.stdout
        return onnx.load(self.output)

    def assert_same(self, content, simplified, extents=(3,)):
        onnx.checker.check_model(simplified, full_check=True)
        for extent in extents:
            inputs = random_inputs(content, extent)
            kept = {v.name for v in simplified.graph.input}
            for expected, found in zip(
                run(content, inputs),
                run(simplified, {name: x for name, x in inputs.items() if name in kept}),
                strict=True,
            ):
                self.assertEqual((expected.dtype, expected.shape), (found.dtype, found.shape))
                np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)

    def assert_becomes(self, content, expected, *options, extents=(3,)):
        simplified = self.simplify(content, *options)
        self.assertEqual(operators(simplified), expected)
        self.assert_same(content, simplified, extents)
        return simplified


class Constants(SimplifyTest):
    def test_what_follows_from_shapes_is_folded(self):
        nodes = [
            node("Shape", ["x"], ["shape"]),
            node("Gather", ["shape", "zero"], ["batch"]),
            node("Constant", [], ["rest"], value_ints=[-1]),
            node("Unsqueeze", ["batch", "axes"], ["first"]),
            node("Concat", ["first", "rest"], ["to"], axis=0),
            node("Reshape", ["x", "to"], ["flat"]),
            node("Relu", ["flat"], ["y"]),
        ]
        content = model(
            nodes,
            [tensor("x", [2, 3, 4])],
            [tensor("y", [2, 12])],
            [constant("zero", np.int64(0)), integers("axes", 0)],
        )
        simplified = self.assert_becomes(content, {"Reshape": 1, "Relu": 1})
        self.assertEqual(len(simplified.graph.initializer), 1)

    def test_element_types_that_cameo_does_not_have(self):
        half = helper.make_tensor("half", TensorProto.FLOAT16, [1], [2.0])
        nodes = [node("Constant", [], ["two"], value=half), node("Mul", ["x", "two"], ["y"])]
        content = model(nodes, [tensor("x", [2], TensorProto.FLOAT16)], [tensor("y", [2], TensorProto.FLOAT16)])
        simplified = self.simplify(content)
        self.assertEqual(operators(simplified), {"Mul": 1})
        np.testing.assert_array_equal(run(simplified, {"x": np.ones(2, np.float16)})[0], [2, 2])

    def test_large_results_of_small_constants_stay_computed(self):
        nodes = [node("ConstantOfShape", ["extents"], ["zeros"]), node("Add", ["x", "zeros"], ["y"])]
        content = model(nodes, [tensor("x", [1])], [tensor("y", [5000, 1000])], [integers("extents", 5000, 1000)])
        self.assertEqual(operators(self.simplify(content)), {"ConstantOfShape": 1, "Add": 1})
        self.assertLess(self.output.stat().st_size, 1000)

    def test_a_constant_output_keeps_its_name(self):
        nodes = [node("Shape", ["x"], ["shape"]), node("Relu", ["x"], ["y"])]
        content = model(nodes, [tensor("x", [2, 3])], [tensor("shape", [2], TensorProto.INT64), tensor("y", [2, 3])])
        self.assert_becomes(content, {"Relu": 1})

    def test_initializers_that_are_inputs_too(self):
        content = model(
            [node("Reshape", ["x", "to"], ["y"])],
            [tensor("x", [6]), tensor("to", [1], TensorProto.INT64)],
            [tensor("y", [6])],
            [integers("to", -1)],
        )
        content.ir_version = 3
        simplified = self.simplify(content)
        self.assertEqual([v.name for v in simplified.graph.input], ["x"])
        self.assertGreaterEqual(simplified.ir_version, 4)

    def test_weights_of_quantized_layers_stay_bytes(self):
        nodes = [node("DequantizeLinear", ["q", "step", "zero"], ["w"]), node("MatMul", ["x", "w"], ["y"])]
        content = model(
            nodes,
            [tensor("x", [2, 3])],
            [tensor("y", [2, 4])],
            [constant("q", np.ones([3, 4], np.int8)), constant("step", np.float32(0.1)), constant("zero", np.int8(0))],
        )
        self.assert_becomes(content, {"DequantizeLinear": 1, "MatMul": 1})

    def test_ifs(self):
        then = helper.make_graph(
            [node("Mul", ["x", "c"], ["inner"]), node("Relu", ["inner"], ["r"])],
            "then",
            [],
            [tensor("r", [2])],
            [constant("c", np.float32(2))],
        )
        otherwise = helper.make_graph([node("Identity", ["x"], ["r"])], "otherwise", [], [tensor("r", [2])])
        nodes = [
            node("Size", ["x"], ["size"]),
            node("Equal", ["size", "two"], ["is_two"]),
            node("Neg", ["x"], ["own"]),
            node("If", ["is_two"], ["a"], then_branch=then, else_branch=otherwise),
            node("Not", ["is_two"], ["is_other"]),
            node("If", ["is_other"], ["b"], then_branch=then, else_branch=otherwise),
            node("Sum", ["a", "b", "own"], ["y"]),
        ]
        content = model(nodes, [tensor("x", [2])], [tensor("y", [2])], [constant("two", np.int64(2))])
        self.assert_becomes(content, {"Neg": 1, "Mul": 1, "Relu": 1, "Sum": 1})

    def test_bodies_read_what_is_renamed(self):
        body = helper.make_graph([node("Add", ["same", "one"], ["r"])], "body", [], [tensor("r", [2])])
        nodes = [
            node("Identity", ["x"], ["same"]),
            node("Add", ["two", "one"], ["three"]),
            node("If", ["condition"], ["a"], then_branch=body, else_branch=body),
            node("Mul", ["a", "three"], ["y"]),
        ]
        content = model(
            nodes,
            [tensor("x", [2]), tensor("condition", [], TensorProto.BOOL)],
            [tensor("y", [2])],
            [constant("one", np.float32(1)), constant("two", np.float32(2))],
        )
        self.assert_becomes(content, {"If": 1, "Mul": 1})

    def test_bodies(self):
        then = helper.make_graph(
            [
                node("Constant", [], ["k"], value_float=2.0),
                node("Mul", ["k", "c"], ["factor"]),
                node("Identity", ["x"], ["same"]),
                node("Mul", ["same", "factor"], ["r"]),
            ],
            "then",
            [],
            [tensor("r", None)],
        )
        otherwise = helper.make_graph(
            [node("Constant", [], ["r"], value_floats=[1.0, 2.0])], "otherwise", [], [tensor("r", None)]
        )
        nodes = [node("If", ["condition"], ["y"], then_branch=then, else_branch=otherwise)]
        content = model(
            nodes,
            [tensor("x", [2]), tensor("condition", [], TensorProto.BOOL)],
            [tensor("y", [2])],
            [constant("c", np.float32(3))],
        )
        simplified = self.assert_becomes(content, {"If": 1})
        bodies = {a.name: a.g for a in simplified.graph.node[0].attribute}
        self.assertEqual([n.op_type for n in bodies["then_branch"].node], ["Mul"])
        self.assertEqual([n.op_type for n in bodies["else_branch"].node], ["Constant"])
        self.assertEqual([t.name for t in simplified.graph.initializer], [])
        for condition in (True, False):
            inputs = {"x": np.float32([1, -1]), "condition": np.array(condition)}
            np.testing.assert_array_equal(run(simplified, inputs)[0], run(content, inputs)[0])

    def test_loops(self):
        body = helper.make_graph(
            [
                node("Constant", [], ["one"], value_float=1.0),
                node("Add", ["one", "one"], ["two"]),
                node("Identity", ["go"], ["on"]),
                node("Mul", ["v", "two"], ["next"]),
            ],
            "body",
            [tensor("i", [], TensorProto.INT64), tensor("go", [], TensorProto.BOOL), tensor("v", [3])],
            [tensor("on", [], TensorProto.BOOL), tensor("next", [3])],
        )
        content = model(
            [node("Loop", ["count", "", "x"], ["y"], body=body)],
            [tensor("x", [3])],
            [tensor("y", [3])],
            [constant("count", np.int64(3))],
        )
        simplified = self.assert_becomes(content, {"Loop": 1})
        self.assertEqual([n.op_type for n in simplified.graph.node[0].attribute[0].g.node], ["Identity", "Mul"])


class Nodes(SimplifyTest):
    def test_identities(self):
        nodes = [
            node("Identity", ["x"], ["a"]),
            node("Dropout", ["a"], ["b", "mask"]),
            node("Reshape", ["b", "to"], ["c"]),
            node("Transpose", ["c"], ["d"], perm=[0, 1]),
            node("Cast", ["d"], ["e"], to=TensorProto.FLOAT),
            node("Mul", ["e", "one"], ["f"]),
            node("Relu", ["f"], ["g"]),
            node("Identity", ["g"], ["y"]),
        ]
        content = model(
            nodes, [tensor("x", [2, 3])], [tensor("y", [2, 3])], [integers("to", 2, -1), constant("one", np.float32(1))]
        )
        self.assert_becomes(content, {"Relu": 1})

    def test_outputs_that_are_inputs_or_one_value(self):
        nodes = [node("Identity", ["x"], ["y"]), node("Relu", ["x"], ["z"]), node("Identity", ["z"], ["z2"])]
        content = model(nodes, [tensor("x", [2])], [tensor("y", [2]), tensor("z", [2]), tensor("z2", [2])])
        self.assert_becomes(content, {"Identity": 2, "Relu": 1})

    def test_a_summand_that_makes_the_result_larger_stays(self):
        content = model(
            [node("Add", ["x", "zeros"], ["y"])],
            [tensor("x", [1, 3])],
            [tensor("y", [2, 3])],
            [constant("zeros", np.zeros([2, 1], np.float32))],
        )
        self.assert_becomes(content, {"Add": 1})

    def test_equal_nodes(self):
        nodes = [
            node("Slice", ["x", "one", "two"], ["a"]),
            node("Slice", ["x", "uno", "two"], ["b"]),
            node("Exp", ["a"], ["c"]),
            node("Exp", ["b"], ["d"]),
            node("Add", ["c", "d"], ["y"]),
        ]
        content = model(
            nodes, [tensor("x", [4])], [tensor("y", [1])], [integers("one", 1), integers("uno", 1), integers("two", 2)]
        )
        self.assert_becomes(content, {"Slice": 1, "Exp": 1, "Add": 1})

    def test_random_nodes_are_not_equal(self):
        nodes = [
            node("RandomNormal", [], ["a"], shape=[2]),
            node("RandomNormal", [], ["b"], shape=[2]),
            node("Sum", ["x", "a", "b"], ["y"]),
        ]
        self.assertEqual(
            operators(self.simplify(model(nodes, [tensor("x", [2])], [tensor("y", [2])]))),
            {"RandomNormal": 2, "Sum": 1},
        )

    def test_chains(self):
        nodes = [
            node("Transpose", ["x"], ["a"], perm=[2, 0, 1]),
            node("Transpose", ["a"], ["b"], perm=[0, 2, 1]),
            node("Unsqueeze", ["b", "zero"], ["c"]),
            node("Reshape", ["c", "to"], ["d"]),
            node("Mul", ["d", "two"], ["e"]),
            node("Mul", ["three", "e"], ["f"]),
            node("Concat", ["f", "f2"], ["g"], axis=1),
            node("Concat", ["f2", "g"], ["y"], axis=-1),
        ]
        content = model(
            nodes,
            [tensor("x", [2, 3, 4]), tensor("f2", [8, 3])],
            [tensor("y", [8, 9])],
            [
                integers("zero", 0),
                integers("to", 8, 3),
                constant("two", np.float32(2)),
                constant("three", np.full([1, 3], 3, np.float32)),
            ],
        )
        self.assert_becomes(content, {"Transpose": 1, "Reshape": 1, "Mul": 1, "Concat": 1})

    def test_dead_nodes(self):
        nodes = [node("Relu", ["x"], ["y"]), node("Exp", ["x"], ["unread"]), node("Neg", ["unread"], ["unread_too"])]
        simplified = self.assert_becomes(
            model(nodes, [tensor("x", [2])], [tensor("y", [2])], [constant("unused", np.zeros(9))]), {"Relu": 1}
        )
        self.assertFalse(simplified.graph.initializer)


class Layers(SimplifyTest):
    def convolution(self, *after, operator="Conv", shape=(4, 3, 3, 3), constants=(), extent=5, **attributes):
        channels = shape[1] * attributes.get("group", 1) if operator == "ConvTranspose" else shape[0]
        inputs = shape[0] if operator == "ConvTranspose" else shape[1] * attributes.get("group", 1)
        out = extent + 2 if operator == "ConvTranspose" else extent - 2
        nodes = [node(operator, ["x", "w"], ["c"], **attributes), *after]
        return model(
            nodes,
            [tensor("x", [1, inputs, extent, extent])],
            [tensor("y", [1, channels, out, out])],
            [constant("w", weights(*shape)), *constants],
        )

    def test_batch_normalization(self):
        normal = node("BatchNormalization", ["c", "scale", "bias", "mean", "variance"], ["y"], epsilon=0.1)
        for operator, shape, group in [
            ("Conv", (4, 3, 3, 3), 1),
            ("Conv", (4, 2, 3, 3), 2),
            ("ConvTranspose", (3, 4, 3, 3), 1),
            ("ConvTranspose", (6, 2, 3, 3), 2),
        ]:
            with self.subTest(operator=operator, group=group):
                content = self.convolution(
                    normal, operator=operator, shape=shape, group=group, constants=normalization(4)
                )
                self.assert_becomes(content, {operator: 1})
                for skip in (["--skip-pass", "fuse-scale-shift"], ["--no-fuse"], ["--no-optimize"]):
                    self.assert_becomes(content, {operator: 1, "BatchNormalization": 1}, *skip)

    def test_factors_and_summands(self):
        each, one = constant("k", weights(4, 1, 1)), constant("k", np.float32(0.3))
        for operator in ("Add", "Sub", "Mul"):
            for k in (each, one):
                for operands in (["c", "k"], ["k", "c"]):
                    with self.subTest(operator=operator, operands=operands, k=k.dims):
                        self.assert_becomes(
                            self.convolution(node(operator, operands, ["y"]), constants=[k]), {"Conv": 1}
                        )
        self.assert_becomes(self.convolution(node("Div", ["c", "k"], ["y"]), constants=[each]), {"Conv": 1})
        self.assert_becomes(self.convolution(node("Div", ["k", "c"], ["y"]), constants=[each]), {"Conv": 1, "Div": 1})
        rows = constant("k", weights(3, 1))
        self.assert_becomes(self.convolution(node("Add", ["c", "k"], ["y"]), constants=[rows]), {"Conv": 1, "Add": 1})

    def test_weights_that_are_shared(self):
        normal = node("BatchNormalization", ["c", "scale", "bias", "mean", "variance"], ["n"])
        content = self.convolution(
            normal,
            node("Conv", ["x", "w"], ["d"]),
            node("Relu", ["d"], ["e"]),
            node("Add", ["n", "e"], ["y"]),
            constants=normalization(4),
        )
        self.assert_becomes(
            content, {"Conv": 1, "BatchNormalization": 1, "Relu": 1, "Add": 1}
        )  # equal convolutions first
        content.graph.node[2].input[0] = "x2"
        content.graph.input.append(tensor("x2", [1, 3, 5, 5]))
        self.assert_becomes(content, {"Conv": 2, "Relu": 1, "Add": 1})

    def test_a_result_that_others_read(self):
        content = self.convolution(node("Add", ["c", "k"], ["y"]), constants=[constant("k", weights(4, 1, 1))])
        content.graph.output.append(tensor("c", [1, 4, 3, 3]))
        self.assert_becomes(content, {"Conv": 1, "Add": 1})

    def test_pads(self):
        pads = {"p": [0, 0, 1, 0, 0, 0, 0, 1]}
        for operator, value, fused in [
            ("Conv", 0, True),
            ("Conv", 1, False),
            ("AveragePool", 0, True),
            ("MaxPool", 0, False),
            ("MaxPool", -np.inf, True),
        ]:
            with self.subTest(operator=operator, value=value):
                operands, attributes = (["a", "w"], {}) if operator == "Conv" else (["a"], {"kernel_shape": [2, 2]})
                nodes = [node("Pad", ["x", "p", "value"], ["a"]), node(operator, operands, ["y"], **attributes)]
                content = model(
                    nodes,
                    [tensor("x", [1, 3, 4, 4])],
                    [tensor("y", [1, 3, 4, 4])],
                    [
                        constant("w", weights(3, 3, 2, 2)),
                        constant("p", np.array(pads["p"], np.int64)),
                        constant("value", np.float32(value)),
                    ],
                )
                self.assert_becomes(content, {operator: 1} if fused else {operator: 1, "Pad": 1})

    def test_dense_layers(self):
        nodes = [node("MatMul", ["x", "w"], ["a"]), node("Add", ["b", "a"], ["c"]), node("Mul", ["c", "k"], ["y"])]
        constants = [constant("w", weights(3, 4)), constant("b", weights(4)), constant("k", weights(1, 4))]
        self.assert_becomes(model(nodes, [tensor("x", [2, 3])], [tensor("y", [2, 4])], constants), {"Gemm": 1})
        self.assert_becomes(
            model(nodes, [tensor("x", ["n", 3])], [tensor("y", ["n", 4])], constants), {"Gemm": 1}, extents=(1, 5)
        )
        self.assert_becomes(
            model(nodes, [tensor("x", [5, 2, 3])], [tensor("y", [5, 2, 4])], constants),
            {"MatMul": 1, "Add": 1, "Mul": 1},
        )

    def test_training(self):
        content = self.convolution(
            node("BatchNormalization", ["c", "scale", "bias", "mean", "variance"], ["y", "m", "v"], training_mode=1),
            constants=normalization(4),
        )
        self.assert_becomes(content, {"Conv": 1, "BatchNormalization": 1})
        self.assertEqual(operators(self.simplify(content, "--inference")), {"Conv": 1})


class Shapes(SimplifyTest):
    def flattened(self, batch="n"):
        """As torch exports x.view(x.size(0), -1), behind a layer."""
        nodes = [
            node("Relu", ["x"], ["r"]),
            node("Shape", ["r"], ["shape"]),
            node("Gather", ["shape", "zero"], ["first"]),
            node("Unsqueeze", ["first", "axes"], ["size"]),
            node("Concat", ["size", "rest"], ["to"], axis=0),
            node("Reshape", ["r", "to"], ["y"]),
        ]
        return model(
            nodes,
            [tensor("x", [batch, 3, 4])],
            [tensor("y", [batch, 12])],
            [constant("zero", np.int64(0)), integers("axes", 0), integers("rest", 12)],
        )

    def types(self, content):
        return {
            v.name: [d.dim_value or d.dim_param for d in v.type.tensor_type.shape.dim]
            for v in (*content.graph.value_info, *content.graph.output, *content.graph.input)
        }

    def test_open_axes_stay_open(self):
        kept = {"Relu": 1, "Reshape": 1}
        simplified = self.assert_becomes(self.flattened(), kept, extents=(1, 2, 7))
        self.assertEqual((self.types(simplified)["r"], self.types(simplified)["y"]), (["n", 3, 4], ["n", 12]))
        self.assertEqual(
            operators(self.simplify(self.flattened(), "--input-shape", "x:2,3,4", "--keep-dynamic", "--check", 1)), kept
        )

    def test_shapes_of_two_open_axes_are_computed(self):
        nodes = [
            node("Shape", ["x"], ["shape"]),
            node("Slice", ["shape", "zero", "two"], ["first"]),
            node("Concat", ["first", "rest"], ["to"], axis=0),
            node("Reshape", ["x", "to"], ["y"]),
        ]
        content = model(
            nodes,
            [tensor("x", ["n", "m", 3, 4])],
            [tensor("y", ["n", "m", 12])],
            [integers("zero", 0), integers("two", 2), integers("rest", 12)],
        )
        self.assert_becomes(content, {"Shape": 1, "Slice": 1, "Concat": 1, "Reshape": 1}, extents=(1, 4))

    def test_shapes_are_fixed(self):
        for options in (["--input-shape", "x:2,3,4"], ["--dim", "n=2"]):
            simplified = self.simplify(self.flattened(), *options)
            self.assertEqual(operators(simplified), {"Relu": 1, "Reshape": 1})
            self.assertEqual(self.types(simplified), {"x": [2, 3, 4], "r": [2, 3, 4], "y": [2, 12]})

    def test_no_shape_inference(self):
        self.assertFalse(self.simplify(self.flattened(2), "--no-shape-inference").graph.value_info)

    def test_no_effect_at_some_sizes_only(self):
        nodes = [
            node("Slice", ["x", "zero", "end", "axes"], ["a"]),
            node("Relu", ["a"], ["b"]),
            node("Expand", ["b", "one"], ["c"]),
            node("Squeeze", ["c"], ["d"]),
            node("Exp", ["d"], ["y"]),
        ]
        content = model(
            nodes,
            [tensor("x", ["n", "m"])],
            [tensor("y", None)],
            [integers("zero", 0), integers("one", 2, 1), integers("axes", 1), integers("end", 100)],
        )
        content.graph.output[0].type.tensor_type.ClearField("shape")
        self.assertEqual(sum(operators(self.simplify(content)).values()), 5)

    def test_a_bound_input(self):
        path = self.directory / "k.npy"
        np.save(path, np.float32(3))
        content = model(
            [node("Exp", ["k"], ["e"]), node("Mul", ["x", "e"], ["y"])],
            [tensor("x", [2]), tensor("k", [])],
            [tensor("y", [2])],
        )
        simplified = self.simplify(content, "--constant", f"k={path}")
        self.assertEqual((operators(simplified), [v.name for v in simplified.graph.input]), ({"Mul": 1}, ["x"]))
        np.testing.assert_allclose(
            run(simplified, {"x": np.ones(2, np.float32)})[0], np.exp(np.float32([3, 3])), rtol=1e-6
        )


class Command(SimplifyTest):
    def custom(self):
        nodes = [
            node("Identity", ["x"], ["a"]),
            node("Own", ["a"], ["b"], domain="mine"),
            node("Relu", ["b"], ["c"]),
            node("Shape", ["a"], ["s"]),
            node("Reshape", ["c", "s"], ["y"]),
        ]
        content = model(nodes, [tensor("x", [2, 3])], [tensor("y", [2, 3])])
        content.opset_import.append(helper.make_opsetid("mine", 1))
        return content

    def test_custom_operators_pass_through(self):
        simplified = self.simplify(self.custom())
        self.assertEqual(operators(simplified), {"Own": 1, "Relu": 1, "Reshape": 1})
        self.assertEqual((simplified.graph.node[0].domain, list(simplified.graph.node[0].input)), ("mine", ["x"]))

    def convolution(self):
        nodes = [node("Conv", ["x", "w"], ["c"]), node("Mul", ["c", "k"], ["y"])]
        return model(
            nodes,
            [tensor("x", [1, 3, 5])],
            [tensor("y", [1, 4, 3])],
            [constant("w", weights(4, 3, 3)), constant("k", np.float32(3))],
        )

    def test_check(self):
        content = self.convolution()
        simplified = self.simplify(content, "--check", 3)
        self.assert_same(content, simplified)
        self.assertRegex(self.said, r"(?m)^all nodes +2 +1$")
        self.assertRegex(self.said, r"(?m)^y +float32\[3,1,4,3\] +[0-9.]+e-\d+ +[0-9.]+e-\d+$")
        np.save(self.directory / "x.npy", np.zeros([1, 3, 5], np.float32))
        self.simplify(content, "--check", 1, "--input", f"x={self.directory / 'x.npy'}")
        self.assertRegex(self.said, r"(?m)^y +float32\[1,4,3\] +0 +0$")

    def refused(self, content, message, *options):
        for path in self.written.iterdir():
            path.unlink()
        done = cameo("simplify", self.save(content), self.written / "out.onnx", *options)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(message, done.stderr)
        self.assertEqual(list(self.written.iterdir()), [])

    def test_refusals_leave_no_file(self):
        content = self.convolution()
        self.refused(content, "beyond tolerance", "--check", 1, "--tolerance", 1e-12)
        self.refused(self.custom(), "the original model cannot be evaluated", "--check", 1)
        self.refused(content, "there is no such pass. There are 'inline-constant-ifs'", "--skip-pass", "fuse")
        self.refused(content, "no input 'z'", "--input-shape", "z:1")
        self.refused(content, "has 3 axes, found 1", "--input-shape", "x:1")
        self.refused(content, "no open axis 'n'", "--dim", "n=1")
        self.refused(b"\xff" * 99, "is not an ONNX model")
        for name in ("", "nowhere"):
            dangling = model(
                [helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Clip", ["x", "", "y"], [""])],
                [tensor("x", [4])],
                [tensor(name, [4])],
            )
            self.refused(dangling, f"output '{name}': no node makes it")
        self.assertGreater(cameo("simplify", self.save(content)).returncode, 100)
        self.assertEqual(
            cameo("simplify", self.save(content), "-o", self.directory / "absent" / "out.onnx").returncode, 1
        )

    def test_weights_beside_the_model(self):
        content = self.convolution()
        content.graph.initializer[0].CopyFrom(constant("w", weights(64, 3, 3)))
        content.graph.output[0].CopyFrom(tensor("y", [1, 64, 3]))
        within = self.simplify(content)
        outside = self.simplify(content, "--external-data")
        self.assertEqual(data(within), data(outside))
        self.assertEqual({path.name for path in self.written.iterdir()}, {"out.onnx", "out.onnx.data"})
        self.assertLess(self.output.stat().st_size, 1500)
        (self.written / "again").mkdir()
        done = cameo("simplify", self.output, self.written / "again" / "out.onnx")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(data(onnx.load(self.written / "again" / "out.onnx")), data(within))

    def test_names_stay_unique(self):
        normal = node("BatchNormalization", ["c", "scale", "bias", "mean", "variance"], ["y"])
        content = model(
            [node("Conv", ["x", "w"], ["c"]), normal],
            [tensor("x", [1, 3, 5]), tensor("w_bias", [1])],
            [tensor("y", [1, 4, 3])],
            [constant("w", weights(4, 3, 3)), *normalization(4)],
        )
        content.graph.node.append(node("Relu", ["w_bias"], ["w_1"]))
        content.graph.output.append(tensor("w_1", [1]))
        self.assert_becomes(content, {"Conv": 1, "Relu": 1})

    def test_the_second_time_changes_nothing(self):
        once = self.simplify(self.convolution())
        self.assertEqual(self.simplify(once).SerializeToString(), once.SerializeToString())


if __name__ == "__main__":
    main()
