"""Code in docs/guide.md compiles, with the networks that it names."""

import re
import subprocess
import sys

import numpy as np
import onnx
from network import Network
from onnx import helper
from support import MODELS, ROOT, GeneratorTest, cameo, constant, main, model, tensor

GUIDE = (ROOT / "docs" / "guide.md").read_text()
SECTION = re.compile(r"^###? (.+?)\n(.*?)(?=^###? |\Z)", re.M | re.S)
BLOCK = re.compile(r"^```cpp\n(.*?)^```", re.M | re.S)
CONTEXT = """
#include <array>
#include <cstdio>
#include <vector>
void use(auto) {}
std::array<float, 1> sample{};
std::array<float, 16> h{}, c{};
constexpr std::array<float, 16> h0{}, c0{};
std::vector<float> signal;
std::vector<std::array<float, 64>> blocks;
"""
OBJECTS = {"Observers": "digits::net net;", "Overridable inputs": "model::net net;"}
DIGITS = ROOT / "examples" / "digits" / "digits.onnx"
LSTM = MODELS / "lstm16.onnx"


def causal_network():
    n = Network()
    return n.model(n.causal(n.causal("x", 4, 1, 2), 1, 4, 4), (1, 1, "time"))


def open_network():
    nodes = [
        helper.make_node("Conv", ["image", "w"], ["a"], pads=[1] * 4),
        helper.make_node("Resize", ["a", "", "scales"], ["y"]),
    ]
    constants = [
        constant("w", np.ones((3, 3, 3, 3), np.float32)),
        constant("scales", np.float32([1, 1, 2, 2])),
    ]
    image = tensor("image", ["batch_size", 3, "height", "width"])
    return model(nodes, [image], [tensor("y", ["batch_size", 3, "high", "wide"])], constants)


def network_with_default():
    inputs = [tensor("x", [1, 4]), tensor("bias", [4])]
    bias = constant("bias", np.zeros(4, np.float32))
    return model([helper.make_node("Add", ["x", "bias"], ["y"])], inputs, [tensor("y", [1, 4])], [bias])


def blocks():
    """Code by the section that it stands in, where it is C++."""
    for title, text in SECTION.findall(GUIDE):
        if code := "".join(BLOCK.findall(text)):
            yield title, re.sub(r"= …;", "{};", code).replace("{ … }", "{}")


def function(number, title, text):
    """The includes of a section, and its code as a function."""
    included = "".join(re.findall(r"^#include.*\n", text, re.M))
    body = re.sub(r"^#include.*\n", "", text, flags=re.M)
    return f"{included}void section_{number}()\n{{\n{OBJECTS.get(title, '')}{body}}}\n"


class Guide(GeneratorTest):
    def units(self):
        """Sections of the guide, each group with the networks that they include."""
        yield (
            ["Calls", "Observers", "Constants", "Constant expressions"],
            {"digits": (DIGITS, []), "lstm16": (LSTM, ["--weights", "inline"])},
        )
        yield ["State"], {"lstm16": (LSTM, ["--state", "h0=h1", "--state", "c0=c1"])}
        yield (
            ["Overridable inputs", "Streaming", "Open axes"],
            {
                "model": (self.save(network_with_default()), ["--overridable", "bias"]),
                "denoise": (self.save(causal_network(), "denoise.onnx"), ["--stream", "time=64"]),
                "upscale": (self.save(open_network(), "upscale.onnx"), []),
            },
        )

    def test_code_compiles(self):
        code, compiled = dict(blocks()), set()
        for titles, networks in self.units():
            compiled.update(titles)
            for name, (source, options) in networks.items():
                self.generate(source, *options, name=name)
            source = CONTEXT + "".join(f'#include "{name}.hpp"\n' for name in networks)
            source += "".join(function(number, title, code[title]) for number, title in enumerate(titles))
            with self.subTest(sections=titles):
                self.assert_compiles("-fsyntax-only", "-I", self.written, self.save(source.encode(), "sections.cpp"))
        self.assertEqual(set(code), compiled, "a section with code that is not compiled")

    def test_operators_of_other_operators(self):
        """The script puts an operator's function into the file, with the same result."""
        (script,) = re.findall(r"^```python\n(.*?)^```", GUIDE, re.M | re.S)
        normalized = helper.make_node("MeanVarianceNormalization", ["x"], ["y"])
        self.save(model([normalized], [tensor("x", [2, 3, 4, 4])], [tensor("y", [2, 3, 4, 4])]))
        subprocess.run([sys.executable, "-c", script], check=True, cwd=self.directory)
        inlined = onnx.load(self.directory / "inlined.onnx")
        self.assertNotIn("MeanVarianceNormalization", {node.op_type for node in inlined.graph.node})
        np.save(self.directory / "x.npy", np.random.default_rng(1).normal(size=[2, 3, 4, 4]).astype(np.float32))
        results = []
        for name in ("model", "inlined"):
            to = self.directory / name
            done = cameo("run", f"{to}.onnx", "--input", f"x={self.directory / 'x.npy'}", "--output-dir", to)
            self.assertEqual(done.returncode, 0, done.stderr)
            results.append(np.load(to / "output_0.npy"))
        np.testing.assert_allclose(*results, rtol=1e-5, atol=1e-6)


if __name__ == "__main__":
    main()
