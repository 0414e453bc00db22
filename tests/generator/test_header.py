"""A generated header as a person reads it: what it is and how to call it come first, the numbers of weights last; no
line is too long, and every value has a label of its own."""

import re

import numpy as np
import onnx
from onnx import TensorProto, helper
from support import COMPILERS, FULL, MODELS, ROOT, WARNINGS, GeneratorTest, constant, main, model, tensor

COLUMNS = 120
LARGEST = 30_000_000 if FULL else 2_000_000  # weights of a model
UNUSED = ["-Wno-unused-variable", "-Wno-unused-but-set-variable"]
DIGITS = ROOT / "examples" / "digits" / "digits.onnx"
RANDOM = np.random.default_rng(11)
node = helper.make_node


def weights(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def without_names():
    """Nodes as some exporters write them; a convolution for Winograd's tiles, scaled by what follows it."""
    nodes = [
        node("Conv", ["x", "w"], ["1"], pads=[1] * 4),
        node("Mul", ["1", "factor"], ["2"]),
        node("Relu", ["2"], ["3"]),
        node("MatMul", ["3", "m"], ["4"]),
        node("Relu", ["4"], ["y"]),
    ]
    constants = {"w": weights(32, 16, 3, 3), "factor": weights(32, 1, 1), "m": weights(24, 10)}
    return model(
        nodes,
        [tensor("x", [1, 16, 24, 24])],
        [tensor("y", [1, 32, 24, 10])],
        [constant(*item) for item in constants.items()],
    )


def branching():
    """If within a Loop; branches and body use the same names."""
    then, other = (
        helper.make_graph([node(operator, ["v"], ["r"], name="same")], name, [], [helper.ValueInfoProto(name="r")])
        for operator, name in (("Relu", "then"), ("Neg", "else"))
    )
    body = helper.make_graph(
        [
            node("Identity", ["go"], ["go_on"]),
            node("ReduceSum", ["v"], ["sum"], keepdims=0),
            node("Greater", ["sum", "limit"], ["positive"]),
            node("If", ["positive"], ["w"], name="same", then_branch=then, else_branch=other),
        ],
        "body",
        [tensor("i", [], TensorProto.INT64), tensor("go", [], TensorProto.BOOL), tensor("v", [1, 4])],
        [tensor("go_on", [], TensorProto.BOOL), tensor("w", [1, 4])],
    )
    return model(
        [node("Loop", ["count", "", "x"], ["y"], name="same", body=body)],
        [tensor("x", [1, 4]), tensor("count", [], TensorProto.INT64)],
        [tensor("y", [1, 4])],
        [constant("limit", np.float32(0.5))],
    )


def open_sizes():
    return model(
        [
            node("Conv", ["image", "w"], ["a"], name="conv", pads=[1] * 4),
            node("Add", ["a", "offset"], ["y"], name="moved"),
        ],
        [tensor("image", ["batch", 3, "height", "width"]), tensor("offset", [1])],
        [tensor("y", ["batch", 8, None, None])],
        [constant("w", weights(8, 3, 3, 3))],
    )


def many_inputs(name="{}"):
    """Each of many inputs added to the first; `name` is what their names are like."""
    names = [name.format(f"input_{k}") for k in range(40)]
    inputs = [tensor(n, [2, 3]) for n in names]
    nodes = [node("Add", [names[0], n], [f"{n} + {names[0]}"], name=n) for n in names[1:]]
    nodes.append(node("Concat", [n.output[0] for n in nodes], [name.format("all")], name=name.format("all"), axis=0))
    return model(nodes, inputs, [tensor(name.format("all"), [78, 3])])


def chain():
    """Elementwise functions that become one layer."""
    values = ["x", *(f"value {k} of a long chain of functions" for k in range(30)), "y"]
    nodes = [
        node("Mul" if k % 2 else "Sigmoid", [values[k]] * (1 + k % 2), [values[k + 1]], name=f"function {k}")
        for k in range(len(values) - 1)
    ]
    return model(nodes, [tensor("x", [1, 8])], [tensor("y", [1, 8])])


def empty():
    return model([node("Relu", ["x"], ["y"])], [tensor("x", [0, 4])], [tensor("y", [0, 4])])


def without_outputs():
    return model([node("Sqrt", ["x"], ["y"])], [tensor("x", [3, 4])], [])


# A model by its file or by what makes it, and options.
HEADERS = {
    "without_outputs": (without_outputs, []),
    "digits": (DIGITS, ["--weights", "object"]),
    "literals": (MODELS / "mlp_ctrl.onnx", ["--weights", "inline"]),
    "string": (MODELS / "mlp_jet.onnx", ["--weights", "string"]),
    "file": (MODELS / "mlp_jet.onnx", ["--weights", "file"]),
    "several": (MODELS / "lstm16.onnx", []),
    "state": (MODELS / "lstm16.onnx", ["--state", "h0=h1", "--state", "c0=c1"]),
    "split": (MODELS / "lstm16.onnx", ["--split", "--weights", "file"]),
    "ring": (MODELS / "wavenet_std_b64.onnx", ["--split", "--state", "h*=n*"]),
    "without_names": (without_names, []),
    "control_flow": (branching, []),
    "sizes": (open_sizes, []),
    "many": (many_inputs, []),
    "long": (lambda: many_inputs("a name of {} that goes on" + " and on" * 99), []),
    "long_split": (lambda: many_inputs("x" * 999 + "{}"), ["--split"]),
    "chain": (chain, []),
    "empty": (empty, []),
    "x" * 200: (MODELS / "mlp_ctrl.onnx", ["--split"]),
}


def usage(text):
    """The lines of code in the comment that a header begins with."""
    title = text[: text.index("\n#")]
    return [line.removeprefix("//     ") for line in title.splitlines() if line.startswith("//     ")]


def labels(text):
    found = re.findall(r'label =\s+((?:"[^"]*"\s*)+);', text)
    return [re.sub(r'"\s*"|^"|"$', "", label) for label in found]


class Header(GeneratorTest):
    def written_by(self, name):
        source, options = HEADERS[name]
        if callable(source):
            source = self.save(source())
        return self.generate(source, *options, name=name)

    def assert_readable(self, path):
        lines = path.read_text().splitlines()
        long = [line for line in lines if len(line) > COLUMNS and not line.startswith("#include")]
        self.assertEqual(long, [])
        self.assertEqual([line for line in lines if line != line.rstrip()], [])
        text = path.read_text()
        found = labels(text)
        self.assertNotIn("", found)
        self.assertEqual(len(found), len(set(found)), found)
        self.assertEqual(text.count(" label ="), len(found))
        if "::values[" in text:
            self.assertLess(text.index("\nstruct net"), text.index("::values["))

    def test_every_kind(self):
        for name in HEADERS:
            with self.subTest(name[:20]):
                header = self.written_by(name)
                self.assert_readable(header)
                if "--split" in HEADERS[name][1]:
                    self.assert_readable(header.with_suffix(".cpp"))

    def test_models(self):
        """Those of tests/models, without the large ones."""
        for path in sorted([*MODELS.glob("*.onnx"), *(MODELS / "skeleton").glob("*.onnx")]):
            content = onnx.load(path)
            empty = [w for w in content.graph.initializer if w.doc_string.startswith("skeleton: ")]
            size = sum(np.prod(w.dims, dtype=int) for w in content.graph.initializer)
            custom = any(n.domain or n.op_type == "ATen" for n in content.graph.node)
            if size > LARGEST or custom:
                continue
            for weight in empty:
                weight.raw_data = weights(*weight.dims).tobytes()
            with self.subTest(path.stem):
                self.assert_readable(self.generate(self.save(content), "--inference"))

    def test_usage_compiles(self):
        """As the header says it, without a warning; what it makes need not be read."""
        functions = []
        for k, name in enumerate(HEADERS):
            text = self.written_by(name).read_text()
            lines = "\n".join(usage(text))
            self.assertIn("net", lines)
            functions.append(
                f'#include "{name}.hpp"\nvoid use_{k}([[maybe_unused]] const std::byte* weights)\n{{\n{lines}\n}}\n'
            )
        unit = self.save("".join(functions).encode(), "usage.cpp")
        for compiler in COMPILERS:
            self.assert_compiles(*WARNINGS, *UNUSED, "-fsyntax-only", "-I", self.written, unit, compiler=compiler)

    def test_comments_say_what_became_of_nodes(self):
        text = self.written_by("without_names").read_text()
        for said in (
            "// w, float32[32,16,3,3]: scaled by fused nodes, transformed for Winograd F(",
            "// m, float32[24,10]: transposed\n",
            "// Conv '1' + Mul '2' + Relu '3', by Winograd F(",
        ):
            self.assertIn(said, text)
        digits = self.written_by("digits").read_text()
        self.assertIn("// Conv '/conv2/Conv' + Relu '/relu2/Relu', by Winograd F(4x4, 3x3)\n", digits)
        self.assertRegex(digits, r"\nstruct conv2 : cameo::winograd<")


if __name__ == "__main__":
    main()
