"""Names and texts of a file are data: none of them can put code into the header, or make one that does not compile."""
from onnx import helper

from support import WARNINGS, GeneratorTest, cameo, main, model, relu_model, tensor

CODE = [
    "\n#error from a name\n", "\r\n#error from a name\r\n", '"; static_assert(false); "', "*/ static_assert(false); /*", "//", "/*", "\\", "??/\n#error trigraph",
    "x\\\nstatic_assert(false);", "}; static_assert(false); struct y {", 'R"(', ")\"", "\u2028static_assert(false);", "\x00static_assert(false);", "\x1b[2J", "%s%n", "{0}", "{}",
]
IDENTIFIERS = ["int", "class", "cameo", "std", "net", "model", "0", "1x", "", "_", "__", "_Upper", "a__b", "größe", "名前", "x" * 5000, "template", "and", "errno", "NULL", "main",
               "step", "type", "input", "signed char", "assert", "EOF", "true", "blob", "values", "I", "float32_t", "INT_MAX", "unix", "operator", "visit", "a-b", "a.b", "a/b", "a b"]


class Names(GeneratorTest):
    def assert_harmless(self, source, **options):
        header = self.generate(self.save(source), **options)
        self.assert_compiles(*WARNINGS, "-fsyntax-only", "-x", "c++", header)
        text = header.read_bytes()
        self.assertNotIn(b"\x1b", text)
        self.assertNotIn(b"\r", text)

    def test_names_of_a_graph(self):
        """Every name at once, as input, node and output: they must also stay apart from one another."""
        nodes, inputs, outputs = [], [], []
        for k, name in enumerate(CODE + IDENTIFIERS):
            inputs.append(tensor(f"{name} in{k}" if not name else name, [1, 2]))
            nodes.append(helper.make_node("Relu", [inputs[-1].name], [f"{name}_{k}"], name=name, doc_string=name))
            outputs.append(tensor(f"{name}_{k}", [1, 2]))
        self.assert_harmless(model(nodes, inputs, outputs))

    def test_texts_of_a_model(self):
        for text in CODE:
            hostile = relu_model()
            hostile.producer_name = hostile.producer_version = hostile.domain = hostile.doc_string = text
            hostile.graph.name = hostile.graph.doc_string = hostile.graph.input[0].doc_string = text
            hostile.metadata_props.add(key=text, value=text)
            self.assertEqual(self.body(self.generate(self.save(hostile))), self.body(self.generate(self.save(relu_model()))))

    @staticmethod
    def body(header):
        """All but the digest of the file."""
        return [line for line in header.read_text().splitlines() if "SHA-256" not in line]

    def test_name_of_the_file(self):
        for name in ('"; static_assert(false); ".onnx', "new\n#error line.onnx", "back\\slash\\.onnx", "int.onnx", "1.onnx", ".onnx", "größe.onnx"):
            source = self.save(relu_model(), name)
            header = self.written / "header.hpp"
            done = cameo("generate", source, "-o", header)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assert_compiles(*WARNINGS, "-fsyntax-only", "-x", "c++", header)

    def test_namespace_from_the_command_line(self):
        for name in ("int", "std", "cameo", "x; static_assert(false)", "a::b"):
            header = self.written / "header.hpp"
            done = cameo("generate", self.save(relu_model()), "-o", header, "--name", name)
            if done.returncode == 0:
                self.assert_compiles("-fsyntax-only", "-x", "c++", header)

    def test_messages_are_safe_for_a_terminal(self):
        bad = model([helper.make_node("\x1b[2JFrobnicate", ["x"], ["y"], name="\x1b]0;title\x07")], [tensor("x", [1])], [tensor("y", [1])])
        done = cameo("generate", self.save(bad), "-o", self.written / "net.hpp")
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("\x1b", done.stderr)
        self.assertIn("\\x1b[2JFrobnicate", done.stderr)


if __name__ == "__main__":
    main()
