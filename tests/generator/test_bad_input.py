"""Files that are no models, and models that cannot be: a message, exit status 1, and nothing written."""

import numpy as np
from onnx import TensorProto, helper
from support import FLOAT, MODELS, GeneratorTest, cameo, constant, main, model, relu_model, tensor

node = helper.make_node


class NoModel(GeneratorTest):
    def test_missing_file(self):
        self.assert_refused(self.directory / "missing.onnx", "missing.onnx: cannot be opened")

    def test_directory(self):
        self.assert_refused(self.directory, "is a directory")

    def test_empty_file(self):
        self.assert_refused(self.save(b""), "it has no graph")

    def test_garbage(self):
        for seed in range(20):
            self.assert_refused(self.save(np.random.default_rng(seed).bytes(1000)), "is not an ONNX model")

    def test_text(self):
        self.assert_refused(self.save(b'{"model": "of another kind"}\n'), "is not an ONNX model")

    def test_truncated(self):
        whole = (MODELS / "mlp_ctrl.onnx").read_bytes()
        for size in range(1, len(whole), 97):
            self.assert_refused(self.save(whole[:size]), "is not an ONNX model")

    def test_another_message_of_onnx(self):
        whole = relu_model()
        for part in (
            whole.graph,
            whole.graph.node[0],
            whole.graph.input[0],
            constant("w", np.ones((3, 3), np.float32)),
        ):
            self.assert_refused(self.save(part))

    def test_no_graph_and_no_opset(self):
        without = relu_model()
        without.ClearField("graph")
        self.assert_refused(self.save(without), "it has no graph")
        without = relu_model()
        without.ClearField("opset_import")
        self.assert_refused(self.save(without), "names no operator set")


class Graphs(GeneratorTest):
    def refuse(self, nodes, *messages, inputs=(("x", [1, 4]),), outputs=("y",), constants=(), opset=17):
        whole = model(nodes, [tensor(*i) for i in inputs], [tensor(o, None) for o in outputs], constants, opset)
        self.assert_refused(self.save(whole), *messages)

    def test_cycle(self):
        self.refuse(
            [node("Add", ["x", "b"], ["a"], name="first"), node("Relu", ["a"], ["b"]), node("Relu", ["b"], ["y"])],
            "the graph has a cycle",
        )

    def test_node_that_reads_its_own_result(self):
        self.refuse([node("Add", ["x", "y"], ["y"], name="itself")], "'itself'", "the graph has a cycle")

    def test_dangling_input(self):
        self.refuse(
            [node("Add", ["x", "nowhere"], ["y"], name="sum")],
            "node 'sum' (Add, opset 17)",
            "reads 'nowhere', which nothing makes",
        )

    def test_dangling_output(self):
        self.refuse([node("Relu", ["x"], ["z"])], "output 'y': no node makes it")

    def test_name_made_twice(self):
        self.refuse(
            [node("Relu", ["x"], ["y"]), node("Abs", ["x"], ["y"], name="again")],
            "node 'again' (Abs, opset 17)",
            "makes 'y', which is already there",
        )

    def test_node_that_makes_an_input(self):
        self.refuse([node("Relu", ["x"], ["x"]), node("Relu", ["x"], ["y"])], "makes 'x', which is already there")

    def test_every_diagnostic_is_reported(self):
        self.refuse(
            [
                node("Frobnicate", ["x"], ["a"], name="one"),
                node("Mystery", ["x"], ["b"], name="two", domain="my.domain"),
                node("Add", ["a", "b"], ["y"]),
            ],
            "node 'one' (Frobnicate, opset 17): this operator is not supported",
            "node 'two' (my.domain:Mystery, opset 0): this operator is not supported",
        )

    def test_infinity_is_quoted_in_words(self):
        upsample = node("Upsample", ["x", "scales"], ["y"])
        content = model([upsample], [tensor("x", [1, 1, 2, 2])], [tensor("y", None)], opset=9)
        content.graph.initializer.append(constant("scales", np.float32([1, np.inf, 8, 3])))
        self.assert_refused(self.save(content), "scales {{1.0, inf, 8.0, 3.0}}")

    def test_opset_from_the_future(self):
        self.refuse([node("Relu", ["x"], ["y"])], "opset 999", "are supported", opset=999)

    def test_operands_that_are_missing(self):
        self.refuse([node("Add", ["x"], ["y"])], "(Add, opset 17)")
        self.refuse([node("Relu", [], ["y"])], "(Relu, opset 17)")
        self.refuse([node("Gemm", ["x", ""], ["y"])], "(Gemm, opset 17)")

    def test_shapes_that_do_not_fit(self):
        self.refuse(
            [node("Gemm", ["x", "w"], ["y"], name="fc")],
            "node 'fc' (Gemm, opset 17)",
            "inner extents",
            "float32[1,4], float32[5,2]",
            constants=[constant("w", np.ones((5, 2), np.float32))],
        )

    def test_attributes_of_another_kind(self):
        self.refuse([node("Softmax", ["x"], ["y"], axis="last")], "attribute 'axis' must be an integer")

    def test_attributes_that_are_not_known(self):
        self.refuse([node("Add", ["x", "x"], ["y"], broadcast=1)], "attribute 'broadcast' is not known")
        self.refuse(
            [node("Conv", ["x", "w"], ["y"], kernel_shape=[3])],
            "attribute 'kernel_shape' is not that of the weights",
            inputs=[("x", [1, 4, 5])],
            constants=[constant("w", np.ones((2, 4, 1), np.float32))],
        )

    def test_operands_that_are_too_many(self):
        self.refuse([node("Relu", ["x", "x"], ["y"])], "(Relu, opset 17)")
        self.refuse([node("Flatten", ["x", "x"], ["y"])], "(Flatten, opset 17)")
        self.refuse([node("Softmax", ["x", "x"], ["y"])], "(Softmax, opset 17)")

    def test_extents_that_are_too_large(self):
        relu = [node("Relu", ["x"], ["y"])]
        self.refuse(relu, "rank 9", inputs=[("x", [1] * 9)])
        self.refuse(relu, "is too large", inputs=[("x", [1 << 40, 1 << 40])])
        self.refuse(relu, "is too large", inputs=[("x", [1 << 62, 4])])
        self.refuse(
            [node("Expand", ["x", "to"], ["y"])], "large", constants=[constant("to", np.array([1 << 40, 1 << 40, 4]))]
        )


class Weights(GeneratorTest):
    def refuse(self, weight, *messages):
        whole = model([node("Add", ["x", "w"], ["y"])], [tensor("x", [1, 4])], [tensor("y", [1, 4])], [weight])
        self.assert_refused(self.save(whole), "tensor 'w'", *messages)

    def external(self, **entries):
        weight = TensorProto(name="w", data_type=FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
        for key, value in entries.items():
            weight.external_data.add(key=key, value=value)
        return weight

    def test_external_data_that_is_not_there(self):
        self.refuse(self.external(location="weights.bin"), "'weights.bin' cannot be opened")

    def test_external_data_outside_the_directory(self):
        for location in ("/etc/passwd", "../weights.bin", "a/../../weights.bin", ""):
            self.refuse(self.external(location=location), "is not inside the model's directory")

    def test_external_data_through_a_link(self):
        (self.directory / "link").symlink_to("/etc/passwd")
        self.refuse(self.external(location="link"))

    def test_external_data_that_is_too_short_or_has_no_number(self):
        (self.directory / "weights.bin").write_bytes(bytes(12))
        self.refuse(self.external(location="weights.bin"), "needs 16 bytes")
        self.refuse(self.external(location="weights.bin", offset="13"), "starts at byte 13 of a file of 12")
        self.refuse(self.external(location="weights.bin", length="many"), "is no number")
        self.refuse(self.external(location="weights.bin", offset="-1"))

    def test_data_that_do_not_fill_the_shape(self):
        self.refuse(
            TensorProto(name="w", data_type=FLOAT, dims=[4], raw_data=bytes(15)), "needs 16 bytes, the file has 15"
        )
        self.refuse(
            TensorProto(name="w", data_type=FLOAT, dims=[4], float_data=[1, 2, 3]), "needs 4 elements, the file has 3"
        )
        self.refuse(TensorProto(name="w", data_type=FLOAT, dims=[4]), "needs 4 elements, the file has 0")
        self.refuse(TensorProto(name="w", data_type=FLOAT, dims=[4], int32_data=[1, 2, 3, 4]), "needs 4 elements")

    def test_dims_that_cannot_be(self):
        for dims in ([-1], [1 << 62, 8], [1 << 40, 1 << 40]):
            self.refuse(TensorProto(name="w", data_type=FLOAT, dims=dims, raw_data=bytes(16)), "negative or too large")

    def test_element_types(self):
        self.refuse(
            TensorProto(name="w", data_type=TensorProto.STRING, dims=[1], string_data=[b"text"]),
            "string is not supported",
        )
        self.refuse(
            TensorProto(name="w", data_type=99, dims=[4], raw_data=bytes(16)), "element type 99 is not supported"
        )


class CommandLine(GeneratorTest):
    def test_wrong_arguments_have_a_status_of_their_own(self):
        self.assertGreater(cameo("generate").returncode, 100)
        self.assertGreater(cameo("generate", "model.onnx", "--weights", "nowhere").returncode, 100)

    def test_bindings_that_do_not_fit(self):
        relu = self.save(relu_model())
        for options, message in (
            (["--input-shape", "z:1,4"], "no input 'z'"),
            (["--input-shape", "x:1,four"], "is no extent"),
            (["--input-shape", "x"], "expected name:"),
            (["--constant", "x=missing.npy"], "cannot be opened"),
            (["--skip-pass", "none-such"], "there is no such pass"),
        ):
            self.assert_refused(relu, message, options=options)

    def test_arrays_that_are_none(self):
        relu = self.save(relu_model())
        whole = self.directory / "x.npy"
        np.save(whole, np.ones((1, 4), np.float32))
        content = whole.read_bytes()
        for damaged in (
            b"",
            b"\x93NUMPY",
            content[:40],
            content[:-1],
            content + b"\0",
            b"PK\x03\x04" + bytes(50),
            content.replace(b"<f4", b">f4"),
            content.replace(b"(1, 4)", b"(9" + b"9" * 30 + b", 4)"),
        ):
            self.assert_refused(relu, options=["--constant", f"x={self.save(damaged, 'damaged.npy')}"])

    def test_directory_that_is_not_there(self):
        done = cameo("generate", self.save(relu_model()), "-o", self.directory / "nowhere" / "net.hpp")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("cannot be written", done.stderr)

    def test_header_that_was_there_stays(self):
        header = self.generate(self.save(relu_model()))
        before = header.read_bytes()
        self.assertEqual(cameo("generate", self.save(b"garbage"), "-o", header).returncode, 1)
        self.assertEqual(header.read_bytes(), before)


if __name__ == "__main__":
    main()
