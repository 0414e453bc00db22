"""Parameters are those of the file, whatever becomes of them; the bytes that are stored stand beside."""

import json

import numpy as np
from onnx import helper, numpy_helper
from support import GeneratorTest, cameo, constant, main, model, tensor

RANDOM = np.random.default_rng(2)


def random(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def parameters(content):
    return sum(int(np.prod(t.dims)) for t in content.graph.initializer)


def convolutions():
    """A convolution that becomes Winograd's, one with a BatchNormalization, a Reshape by a shape; an initializer that
    nobody reads."""
    nodes = [
        helper.make_node("Conv", ["x", "w0", "b0"], ["a"], name="first", pads=[1] * 4),
        helper.make_node("Conv", ["a", "w1"], ["b"], name="second", pads=[1] * 4),
        helper.make_node("BatchNormalization", ["b", "scale", "shift", "mean", "variance"], ["c"], name="norm"),
        helper.make_node("Relu", ["c"], ["d"], name="relu"),
        helper.make_node("Reshape", ["d", "shape"], ["y"], name="flat"),
    ]
    constants = {
        "w0": random(64, 64, 3, 3),
        "b0": random(64),
        "w1": random(64, 64, 3, 3),
        "scale": random(64),
        "shift": random(64),
        "mean": random(64),
        "variance": np.ones(64, np.float32),
        "shape": np.array([1, -1]),
        "unread": random(7),
    }
    return model(
        nodes,
        [tensor("x", [1, 64, 32, 32])],
        [tensor("y", [1, 65536])],
        [constant(*item) for item in constants.items()],
    )


def constant_nodes():
    """Weights of 12 + 4 elements in Constant nodes; what is an axis, a scalar or a scale of Resize is none."""

    def node(name, array):
        return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.asarray(array), name))

    nodes = [
        node("w", random(3, 4)),
        node("b", random(4)),
        node("one", np.float32(1)),
        node("axes", np.array([0, 1])),
        node("scales", np.array([1, 1, 1, 2], np.float32)),
        helper.make_node("Gemm", ["x", "w", "b"], ["g"], name="gemm"),
        helper.make_node("Add", ["g", "one"], ["h"], name="add"),
        helper.make_node("Unsqueeze", ["h", "axes"], ["u"], name="lift"),
        helper.make_node("Resize", ["u", "", "scales"], ["y"], name="up", mode="nearest"),
    ]
    return model(nodes, [tensor("x", [2, 3])], [tensor("y", [1, 1, 2, 8])])


class Parameters(GeneratorTest):
    def inspect(self, content, *options):
        return json.loads(cameo("inspect", "--json", self.save(content), *options).stdout)

    def test_they_are_those_of_the_file(self):
        content = convolutions()
        for options in ((), ("--no-fuse",), ("--no-winograd",)):
            found = self.inspect(content, *options)
            self.assertEqual(found["parameters"], parameters(content), options)
            self.assertEqual(sum(layer["parameters"] for layer in found["layers"]), parameters(content) - 7, options)
        self.assertGreater(self.inspect(content)["weight_bytes"], 0)
        self.assertIn(
            f"{parameters(content)} parameters in the file, stored in ",
            cameo("inspect", self.directory / "model.onnx").stdout,
        )

    def test_everywhere_the_same(self):
        content = convolutions()
        source = self.save(content)
        header = self.generate(source, "--weights", "string").read_text()
        self.assertIn(f" layers, {parameters(content):,} parameters ", header)
        page = self.written / "page.html"
        self.assertEqual(cameo("report", source, "-o", page).returncode, 0)
        self.assertIn(f'"parameters":{parameters(content)}', page.read_text().replace(" ", ""))

    def test_constants_that_act_as_weights(self):
        self.assertEqual(self.inspect(constant_nodes())["parameters"], 16)

    def test_inputs_that_are_bound(self):
        np.save(self.directory / "w.npy", random(3, 4))
        content = model(
            [helper.make_node("MatMul", ["x", "w"], ["y"])],
            [tensor("x", [2, 3]), tensor("w", [3, 4])],
            [tensor("y", [2, 4])],
        )
        self.assertEqual(self.inspect(content, "--constant", f"w={self.directory / 'w.npy'}")["parameters"], 12)


if __name__ == "__main__":
    main()
