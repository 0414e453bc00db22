"""The page of `report`: it holds every layer, and no text of a model can leave its place. What a browser makes of it:
test_report_page.py."""

import json
import re
from html.parser import HTMLParser

from onnx import helper
from support import MODELS, ROOT, GeneratorTest, cameo, main, model, tensor

# Attempts at ending the string, the element or the page in which a text stands.
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--",
    "<!--<script>",
    "]]>",
    "\u2028alert(1)\u2029",
    '";alert(1);"',
    "\\",
    "\\u003c",
    "<img src=x onerror=alert(1)>",
    "{{script}}",
    "{{style}}",
    "${alert(1)}",
    "\x00",
    "\x1b",
    "&lt;",
    "'><svg onload=alert(1)>",
    "@PAGE_PARTS@",
    "größe 名前 \u202e",
]


def hostile_model(texts=tuple(HOSTILE)):
    """A chain of layers, whose names, values, inputs and outputs are called so."""
    nodes = [
        helper.make_node("Relu", [f"{text} in" if k == 0 else f"{texts[k - 1]} out"], [f"{text} out"], name=text)
        for k, text in enumerate(texts)
    ]
    return model(nodes, [tensor(f"{texts[0]} in", [1, 4])], [tensor(f"{texts[-1]} out", [1, 4])])


class Parts(HTMLParser):
    """Elements, and the texts of scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] == "script" and data.strip():
            self.scripts.append(data)


class Report(GeneratorTest):
    def report(self, source, *options):
        path = self.written / "report.html"
        done = cameo("report", source, "-o", path, *options)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        return path.read_text()

    def data(self, source, *options):
        return json.loads(Parts(self.report(source, *options)).scripts[0])

    def test_every_layer_is_there(self):
        for name, options in (
            ("mnist_cnn", ()),
            ("lstm16", ("--state", "h0=h1", "--state", "c0=c1")),
            ("wavenet_std_b64", ("--no-fuse",)),
        ):
            with self.subTest(model=name):
                found = self.data(MODELS / f"{name}.onnx", *options)
                inspected = json.loads(cameo("inspect", "--json", MODELS / f"{name}.onnx", *options).stdout)
                for key in set(inspected) - {"layers"}:
                    self.assertEqual(found[key], inspected[key], key)
                for layer, expected in zip(found["layers"], inspected["layers"], strict=True):
                    self.assertEqual(" ".join(map("=".join, layer["attributes"])), expected["attributes"])
                    for key in set(expected) - {"attributes"}:
                        self.assertEqual(layer[key], expected[key], key)
                self.check_drawing(found)

    def check_drawing(self, found):
        drawing, layers = found["drawing"], found["layers"]
        further = {step for layer in layers for step in layer["further"]}
        self.assertEqual(
            [node["step"] for node in drawing["nodes"] if "step" in node],
            [layer["step"] for layer in layers if layer["step"] not in further],
        )
        nodes, (width, height) = drawing["nodes"], drawing["card"]
        for k, node in enumerate(nodes):
            self.assertTrue(
                width / 2 <= node["at"][0] <= drawing["width"] - width / 2 + 1
                and height / 2 <= node["at"][1] <= drawing["height"] - height / 2
            )
            for other in nodes[:k]:
                self.assertTrue(
                    abs(node["at"][0] - other["at"][0]) >= width or abs(node["at"][1] - other["at"][1]) >= height,
                    "cards overlap",
                )
        layer_of = {layer["step"]: layer["step"] for layer in layers} | {
            step: layer["step"] for layer in layers for step in layer["further"]
        }
        read = {
            (layer_of[operand["step"]], layer["step"])
            for layer in layers
            for operand in layer["operands"]
            if operand and "step" in operand
        }
        drawn = {(nodes[line["from"]]["step"], nodes[line["to"]].get("step")) for line in drawing["lines"]}
        self.assertEqual({line for line in drawn if line[1] is not None}, read)
        for line in drawing["lines"]:
            self.assertEqual(
                [line["points"][0], line["points"][-1]], [nodes[line["from"]]["at"], nodes[line["to"]]["at"]]
            )
            heights = [y for _, y in line["points"]]
            self.assertEqual(heights, sorted(set(heights)), "lines lead downwards")

    def test_texts_of_a_model_are_data(self):
        plain = self.report(self.save(hostile_model([f"plain{k}" for k in range(len(HOSTILE))])))
        text = self.report(self.save(hostile_model()))
        self.assertEqual(Parts(text).tags, Parts(plain).tags)
        self.assertEqual(Parts(text).scripts[1:], Parts(plain).scripts[1:])
        self.assertRegex(Parts(text).scripts[0], r"\A[ -;=?-~]*\Z", "ASCII without < and >")
        found = json.loads(Parts(text).scripts[0])
        self.assertLessEqual(set(HOSTILE), {name for layer in found["layers"] for name in layer["nodes"]})

    def test_bytes_that_are_no_text(self):
        path = self.save(hostile_model(["aXXb", "c"]).SerializeToString().replace(b"aXXb", b"a\xff\xc0b"))
        self.assertIn("a\ufffd\ufffdb", {name for layer in self.data(path)["layers"] for name in layer["nodes"]})

    def test_the_page_needs_nothing_else(self):
        text = self.report(MODELS / "mlp_ctrl.onnx")
        addresses = set(re.findall(r"\w+://[^\s\"'`)]+", text))
        self.assertEqual(addresses, {"http://www.w3.org/2000/svg"})  # the name of a language
        for tag, attributes in Parts(text).tags:
            self.assertFalse({"src", "href", "onload"} & set(attributes), tag)

    def test_the_script_makes_no_html_of_text(self):
        for path in (ROOT / "generator" / "report" / "page").glob("*.js"):
            self.assertNotRegex(
                path.read_text(),
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser",
                path.name,
            )

    def test_times(self):
        source, profile = MODELS / "mnist_cnn.onnx", self.directory / "profile.json"
        self.assertEqual(cameo("profile", source, "--seconds", "0.01", "--json", profile).returncode, 0)
        found, times = self.data(source, "--profile", profile), json.loads(profile.read_text())
        self.assertEqual(found["network_ns"], times["network_ns"])
        for layer in times["layers"]:
            for key in ("time_ns", "share", "gflops"):
                self.assertEqual(found["layers"][layer["step"]][key], layer[key])
        self.assert_profile_refused(
            source, profile.read_bytes(), "this is the profile of 9 layers, and there are", "--no-fuse"
        )
        times["layers"][1]["result"] = "float32[1]"
        self.assert_profile_refused(source, json.dumps(times).encode(), "step 2 is another layer")
        self.assert_profile_refused(
            MODELS / "mlp_ctrl.onnx", profile.read_bytes(), "this is the profile of another model"
        )

    def assert_profile_refused(self, source, content, message, *options):
        profile, page = self.save(content, "refused.json"), self.written / "refused.html"
        done = cameo("report", source, "-o", page, "--profile", profile, *options)
        self.assertEqual((done.returncode, page.exists()), (1, False))
        self.assertIn("refused.json: " + message, done.stderr)

    def test_files_that_are_no_profile(self):
        source = MODELS / "mlp_ctrl.onnx"
        inspected = cameo("inspect", "--json", source).stdout.encode()
        for content, message in (
            (b"nonsense", "this is no JSON"),
            (b"[]", "this is no profile"),
            (b'{"digest": 1}', "this is the profile of another model"),
            (inspected, "this is the profile of"),
        ):
            with self.subTest(content[:20]):
                self.assert_profile_refused(source, content, message)


if __name__ == "__main__":
    main()
