"""Networks whose axes are open: extents are template parameters of the header. Several instantiations in one program,
against onnxruntime."""

import numpy as np
from onnx import helper
from sized import SizedTest, weights
from support import cameo, compile_cpp, constant, main, model, tensor


def convolutions():
    """seed0_convbnrelu_dynamic: batch, width and height are open."""
    nodes = [
        helper.make_node("Conv", ["input", "w1", "b1"], ["a"], name="first"),
        helper.make_node("Relu", ["a"], ["b"], name="relu"),
        helper.make_node("MaxPool", ["b"], ["c"], name="pool", kernel_shape=[3, 3]),
        helper.make_node("Conv", ["c", "w2", "b2"], ["d"], name="second"),
        helper.make_node("Relu", ["d"], ["output"], name="last"),
    ]
    constants = {"w1": weights(64, 3, 3, 3), "b1": weights(64), "w2": weights(32, 64, 3, 3), "b2": weights(32)}
    return model(
        nodes,
        [tensor("input", ["batch_size", 3, "input_width", "input_height"])],
        [tensor("output", ["batch_size", 32, None, None])],
        [constant(*item) for item in constants.items()],
        opset=12,
    )


def enlarging():
    """seed1_srcnn_dynamic: a cubic Resize before convolutions; rows and columns have no names."""
    nodes = [
        helper.make_node(
            "Resize",
            ["in", "roi", "scales"],
            ["a"],
            name="up",
            mode="cubic",
            cubic_coeff_a=-0.75,
            coordinate_transformation_mode="half_pixel",
        ),
        helper.make_node("Conv", ["a", "w1"], ["b"], name="first", pads=[4] * 4),
        helper.make_node("Relu", ["b"], ["c"], name="relu"),
        helper.make_node("Conv", ["c", "w2"], ["out"], name="second", pads=[2] * 4),
    ]
    constants = {
        "roi": np.zeros(0, np.float32),
        "scales": np.array([1, 1, 3, 3], np.float32),
        "w1": weights(16, 3, 9, 9),
        "w2": weights(3, 16, 5, 5),
    }
    return model(
        nodes,
        [tensor("in", [1, 3, None, None])],
        [tensor("out", [1, 3, None, None])],
        [constant(*item) for item in constants.items()],
        opset=11,
    )


def flattened():
    """A strided convolution whose result is made a matrix by what its shape says, as torch writes x.view(x.size(0),
    -1, …)."""
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["a"], name="strided", strides=[2, 2], pads=[1, 1, 1, 1]),
        helper.make_node("Shape", ["a"], ["shape"], name="shape"),
        helper.make_node("Gather", ["shape", "zero"], ["n"], name="size", axis=0),
        helper.make_node("Unsqueeze", ["n", "front"], ["n1"], name="lift"),
        helper.make_node("Concat", ["n1", "eight"], ["target"], name="target", axis=0),
        helper.make_node("Reshape", ["a", "target"], ["b"], name="view"),
        helper.make_node("ReduceMean", ["b"], ["y"], name="mean", axes=[2], keepdims=0),
    ]
    constants = {"w": weights(8, 3, 3, 3), "zero": np.array(0), "front": np.array([0]), "eight": np.array([8, -1])}
    return model(
        nodes,
        [tensor("x", ["N", 3, "height", 20])],
        [tensor("y", ["N", 8])],
        [constant(*item) for item in constants.items()],
        opset=13,
    )


def two_values():
    nodes = [helper.make_node("Concat", ["x", "y"], ["joined"], axis=1), helper.make_node("Relu", ["x"], ["z"])]
    return model(
        nodes,
        [tensor("x", ["rows", "left"]), tensor("y", ["rows", "right"])],
        [tensor("joined", ["rows", None]), tensor("z", ["rows", "left"])],
    )


class Sizes(SizedTest):
    def test_batch_width_and_height(self):
        self.assert_computes(
            convolutions(),
            [((1, 16, 16), [(1, 3, 16, 16)]), ((2, 21, 40), [(2, 3, 21, 40)]), ((3, 7, 8), [(3, 3, 7, 8)])],
        )
        header = (self.written / "tested.hpp").read_text()
        self.assertIn(
            (
                "template <cameo::dim batch_size = 1, cameo::dim input_width = 64, cameo::dim input_height = "
                "64>\nstruct net"
            ),
            header,
        )
        self.assert_verified(convolutions())

    def test_axes_without_names(self):
        self.assert_computes(enlarging(), [((8, 9), [(1, 3, 8, 9)]), ((17, 5), [(1, 3, 17, 5)])])
        self.assertIn(
            "template <cameo::dim in_2 = 64, cameo::dim in_3 = 64>", (self.written / "tested.hpp").read_text()
        )

    def test_shapes_that_are_computed(self):
        self.assert_computes(flattened(), [((1, 20), [(1, 3, 20, 20)]), ((4, 9), [(4, 3, 9, 20)])])
        self.assert_verified(flattened())

    def test_several_inputs_and_outputs(self):
        self.assert_computes(two_values(), [((2, 3, 4), [(2, 3), (2, 4)]), ((1, 5, 1), [(1, 5), (1, 1)])])
        call = (
            "float x[6], y[8];\nint main() { static tested::net<2, 3, 4> net; return net({.x = x, .y = "
            "y}).joined(1, 6) > 0; }\n"
        )
        self.assert_compiles(
            "-fsyntax-only", "-I", self.written, self.save(('#include "tested.hpp"\n' + call).encode(), "call.cpp")
        )

    def test_an_axis_is_fixed(self):
        self.assert_computes(two_values(), [((3, 4), [(2, 3), (2, 4)])], "--dim", "rows=2")
        self.assert_computes(enlarging(), [((6,), [(1, 3, 6, 10)])], "--dim", "in_3=10")
        self.generate(
            self.save(convolutions()),
            "--dim",
            "batch_size=1",
            "--dim",
            "input_width=8",
            "--input-shape",
            "input:1,3,8,8",
        )
        self.assertNotIn("template", (self.written / "tested.hpp").read_text())

    def test_other_commands_ask(self):
        for command in ("inspect", "run", "bench", "profile"):
            done = cameo(command, self.save(two_values()))
            self.assertEqual(done.returncode, 1)
            self.assertIn(
                "input 'x': has a dynamic axis 'rows': fix it with --input-shape x:EXTENT,... or --dim rows=EXTENT",
                done.stdout + done.stderr,
            )

    def test_an_impossible_size_is_one_error(self):
        self.generate(self.save(convolutions()))
        source = '#include "tested.hpp"\nint main() { static tested::net<1, 5, 5> net; net.run(); }\n'
        self.assert_does_not_compile(source, "tested::model<1, 5, 5>::second", "window_is_larger_than_the_padded_input")
        errors = compile_cpp("-fsyntax-only", "-I", self.written, self.directory / "rejected.cpp").stderr
        self.assertEqual(errors.count("error:"), 1, errors)
        self.assert_does_not_compile(
            '#include "tested.hpp"\ntested::net<0, 16, 16> net;\n', "the extents of a network are positive"
        )

    def test_constants_as_large_as_an_input(self):
        ramp = [
            helper.make_node("Shape", ["x"], ["s"]),
            helper.make_node("ConstantOfShape", ["s"], ["ones"], name="fill"),
            helper.make_node("Add", ["x", "ones"], ["y"], name="sum"),
        ]
        self.assert_computes(
            model(ramp, [tensor("x", [4, "a"])], [tensor("y", [4, "a"])]), [((7,), [(4, 7)]), ((2000,), [(4, 2000)])]
        )

    def test_windows_whose_pads_depend_on_the_size(self):
        """As many windows as strides fit, or one more: the pads of every size are those of onnxruntime."""
        pools = []
        for operator in ("MaxPool", "AveragePool", "LpPool"):
            for options in ({"auto_pad": "SAME_UPPER"}, {"auto_pad": "SAME_LOWER"}, {"ceil_mode": 1, "pads": [1, 1]}):
                options |= {"count_include_pad": 1} if operator == "AveragePool" else {}
                pools.append(
                    helper.make_node(operator, ["x"], [f"y{len(pools)}"], kernel_shape=[3], strides=[2], **options)
                )
        outputs = [tensor(pool.output[0], [1, 4, None]) for pool in pools]
        self.assert_computes(
            model(pools, [tensor("x", [1, 4, "a"])], outputs, opset=22), [((a,), [(1, 4, a)]) for a in (4, 5, 16, 31)]
        )

    def test_convolutions_padded_alike(self):
        conv = helper.make_node("Conv", ["x", "w"], ["y"], name="conv", strides=[2, 3], auto_pad="SAME_UPPER")
        content = model(
            [conv],
            [tensor("x", [1, 16, "a", "b"])],
            [tensor("y", [1, 32, None, None])],
            [constant("w", weights(32, 16, 3, 5))],
        )
        self.assert_computes(content, [(ab, [(1, 16, *ab)]) for ab in ((8, 9), (9, 10), (17, 11), (30, 64))])

    def test_split_into_parts(self):
        """The last part may be smaller: a quotient, rounded up."""
        split = helper.make_node("Split", ["x"], ["u", "v", "w"], name="split", axis=1, num_outputs=3)
        self.assert_computes(
            model([split], [tensor("x", [2, "a"])], [tensor(name, [2, None]) for name in "uvw"], opset=18),
            [((a,), [(2, a)]) for a in (6, 7, 8)],
        )

    def test_what_cannot_be_a_parameter(self):
        """Sizes that must agree, and an attribute that is no sum, product or quotient."""
        added = model(
            [helper.make_node("Add", ["x", "y"], ["z"], name="sum")],
            [tensor("x", [4, "a"]), tensor("y", [4, "b"])],
            [tensor("z", [4, None])],
        )
        self.assert_refused(self.save(added), "node 'sum' (Add, opset 17)", "a=96, b=64", "--dim")
        root = [
            helper.make_node("Shape", ["x"], ["s"]),
            helper.make_node("Cast", ["s"], ["f"], to=1),
            helper.make_node("Sqrt", ["f"], ["root"]),
            helper.make_node("Cast", ["root"], ["i"], to=7),
            helper.make_node("ConstantOfShape", ["i"], ["zeros"], name="fill"),
            helper.make_node("Concat", ["x", "zeros"], ["y"], name="join", axis=0),
        ]
        self.assert_refused(
            self.save(model(root, [tensor("x", ["a"])], [tensor("y", [None])])), "(ConstantOfShape, opset 17)", "--dim"
        )
        self.assert_refused(self.save(convolutions()), "--split", "--dim", options=["--split"])
        self.assert_refused(self.save(b"no model"), options=["--dim", "a=1"])


if __name__ == "__main__":
    main()
