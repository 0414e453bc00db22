"""Names and texts of a file are data: none of them can put code into the header, or make one that does not compile."""

import re

from onnx import helper
from support import GeneratorTest, cameo, main, model, relu_model, tensor

# Attempts at ending the comment, string or declaration in which a text stands.
CODE = [
    "\n#error from a name\n",
    "\r\n#error from a name\r\n",
    '"; static_assert(false); "',
    "*/ static_assert(false); /*",
    "//",
    "/*",
    "\\",
    "??/\n#error trigraph",
    "x\\\nstatic_assert(false);",
    "}; static_assert(false); struct y {",
    'R"(',
    ')"',
    "\u2028static_assert(false);",
    "\x00static_assert(false);",
    "\x1b[2J",
    "%s%n",
    "{0}",
    "{}",
]
# Words of C++, of its library and of the header itself, and names that are no identifiers.
IDENTIFIERS = [
    "int",
    "class",
    "template",
    "operator",
    "and",
    "true",
    "signed char",
    "main",
    "assert",
    "errno",
    "NULL",
    "EOF",
    "INT_MAX",
    "unix",
    "float32_t",
    "std",
    "cameo",
    "net",
    "model",
    "blob",
    "values",
    "step",
    "type",
    "name",
    "digest",
    "input",
    "inputs",
    "output",
    "run",
    "fill",
    "plan",
    "network",
    "visit",
    "I",
    "is_input",
    "status",
    "spec_type",
    "declaration",
    "secondary_outputs",
    "metadata",
    "",
    "0",
    "1x",
    "_",
    "__",
    "_Upper",
    "a__b",
    "a-b",
    "a.b",
    "a/b",
    "a b",
    "größe",
    "名前",
    "x" * 5000,
]


class Names(GeneratorTest):
    def test_names_of_a_graph(self):
        """Every name at once, as input, node and output: they must also stay apart from one another."""
        nodes, inputs, outputs = [], [], []
        for k, name in enumerate(CODE + IDENTIFIERS):
            inputs.append(tensor(name or "unnamed", [1, 2]))  # an empty name would be an absent operand
            nodes.append(helper.make_node("Relu", [inputs[-1].name], [f"{name}_{k}"], name=name, doc_string=name))
            outputs.append(tensor(f"{name}_{k}", [1, 2]))
        content = model(nodes, inputs, outputs)
        helper.set_model_props(content, {"": "makes a member of the model"})
        header = self.generate(self.save(content))
        self.assert_header_compiles(header)
        self.assertNotRegex(header.read_bytes(), rb"[\x00-\x09\x0b-\x1f]")

    def test_texts_of_a_model(self):
        for text in CODE:
            hostile = relu_model()
            hostile.producer_name = hostile.producer_version = hostile.domain = hostile.doc_string = text
            hostile.graph.name = hostile.graph.doc_string = hostile.graph.input[0].doc_string = text
            self.assertEqual(
                self.body(self.generate(self.save(hostile))), self.body(self.generate(self.save(relu_model())))
            )

    def test_metadata(self):
        """All that it adds is one constant."""
        hostile = relu_model()
        for text in CODE + IDENTIFIERS:
            hostile.metadata_props.add(key=text, value=text)
        header = self.generate(self.save(hostile))
        self.assert_header_compiles(header)
        self.assertNotRegex(header.read_bytes(), rb"[\x00-\x09\x0b-\x1f]")
        body = self.body(header)
        start = next(k for k, line in enumerate(body) if " metadata[] = {" in line)
        end = body.index("    };", start)
        pairs = re.sub(r'"\s+"', "", "".join(body[start + 1 : end]))  # long texts are several literals
        self.assertEqual(len(re.findall(r"        \{.+?\},(?=        \{|$)", pairs)), len(CODE + IDENTIFIERS))
        del body[start : end + 1]
        self.assertEqual(body, self.body(self.generate(self.save(relu_model()))))

    @staticmethod
    def body(header):
        """All but the digest of the file."""
        return [line for line in header.read_text().splitlines() if not re.search("SHA-256| digest = ", line)]

    def test_names_of_the_files(self):
        for name in (
            '"; static_assert(false); ".hpp',
            "new\n#error line.hpp",
            "back\\slash\\.hpp",
            "int.hpp",
            "1.hpp",
            ".hpp",
            "größe.hpp",
        ):
            source = self.save(relu_model(), name.replace(".hpp", ".onnx"))
            self.assertEqual(cameo("generate", source, "-o", self.written / name).returncode, 0)
            header = self.written / "header.hpp"
            (self.written / name).rename(header)
            self.assert_header_compiles(header)

    def test_namespace_from_the_command_line(self):
        for name in ("int", "std", "cameo", "net", "x; static_assert(false)", "a::b"):
            self.assert_header_compiles(self.generate(self.save(relu_model()), "--name", name, name=""))

    def test_messages_are_safe_for_a_terminal(self):
        bad = model(
            [helper.make_node("\x1b[2JFrobnicate", ["x"], ["y"], name="\x1b]0;title\x07")],
            [tensor("x", [1])],
            [tensor("y", [1])],
        )
        done = cameo("generate", self.save(bad), "-o", self.written / "net.hpp")
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("\x1b", done.stderr)
        self.assertIn("\\x1b[2JFrobnicate", done.stderr)


if __name__ == "__main__":
    main()
