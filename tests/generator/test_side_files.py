"""Namespaces and the files beside a header: they follow -o, no two headers share one, and no program runs with the
weights of another model."""

import itertools
import re
import shutil
import subprocess

import numpy as np
from onnx import helper
from support import WARNINGS, GeneratorTest, cameo, compile_cpp, constant, main, model, relu_model, tensor

node = helper.make_node
# What a header declares or mentions.
INNER = [
    "model",
    "net",
    "data",
    "blob",
    "blob_bytes",
    "values",
    "arguments",
    "results",
    "kernels",
    "name",
    "digest",
    "type",
    "label",
    "inputs",
    "outputs",
    "schedule",
    "steps",
    "step",
    "size",
    "sizes",
    "kept",
    "recurrent_states",
    "overridable_inputs",
    "input",
    "output",
    "run",
    "fill",
    "network",
    "list",
    "weight",
    "constant",
    "from",
    "layer",
    "I",
    "x",
    "y",
    "w",
    "n",
    "metadata",
    "operands",
    "element_type",
    "dim",
    "tensor_type",
]
OFTEN = ["model", "net", "data", "blob", "kernels", "results", "x"]
# A network of one weight, with the sum of input and weight as its result.
PROGRAM = """#include "{header}"
#include <cstdio>
static {space}::net net;
int main() {{ {before} std::printf("%g\\n", static_cast<double>(net(std::array<float, 4>{{1, 2, 3, 4}})[0])); }}
"""


def sum_model(weight, size=4):
    return model(
        [node("Add", ["x", "w"], ["y"])],
        [tensor("x", [1, size])],
        [tensor("y", [1, size])],
        [constant("w", np.full([1, size], weight, np.float32))],
    )


def two_of_each(extent):
    nodes = [node("Add", ["x", "w"], ["y"]), node("Mul", ["n", "w"], ["model"])]
    return model(
        nodes,
        [tensor("x", [extent, 4]), tensor("n", [extent, 4])],
        [tensor("y", [extent, 4]), tensor("model", [extent, 4])],
        [constant("w", np.ones(4, np.float32))],
    )


class SideFiles(GeneratorTest):
    def write(self, source, output, *options):
        """What is new in the directory."""
        before = set(self.written.iterdir())
        done = cameo("generate", source, "-o", self.written / output, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {path.name for path in set(self.written.iterdir()) - before}

    def compile_program(self, program, header, space, before="", units=()):
        unit = self.save(PROGRAM.format(header=header, space=space, before=before).encode(), f"{program}.cpp")
        return compile_cpp(
            "-O1", "-I", self.written, unit, *units, f"-Wa,-I{self.written}", "-o", self.directory / program
        )

    def run_program(self, program):
        return subprocess.run([self.directory / program], capture_output=True, text=True)


class Namespaces(SideFiles):
    def test_of_the_output_and_of_the_option(self):
        source = self.save(relu_model(), "other.onnx")
        for output, options, space in (
            ("jet.hpp", [], "jet"),
            ("Jet-2.h", [], "Jet_2"),
            ("jet.hpp", ["--name", "fast"], "fast"),
            ("model.hpp", [], "model"),
            ("int.hpp", [], "int_2"),
            ("1.hpp", [], "network_1"),
            ("größe.hpp", [], "gr_e"),
            ("new\n#error line.hpp", [], "new_error_line"),
            ("std.hpp", [], "std_2"),
            ("main.hpp", [], "main_2"),
        ):
            with self.subTest(output):
                self.write(source, output, *options)
                self.assertIn(f"\nnamespace {space}::inline CAMEO_TARGET {{", (self.written / output).read_text())

    def test_functions_of_the_system(self):
        """In a program that includes its headers."""
        includes = "".join(
            f"#include <{name}>\n"
            for name in (
                "cmath",
                "ctime",
                "csignal",
                "cstdio",
                "cstdlib",
                "cstring",
                "unistd.h",
                "fcntl.h",
                "poll.h",
                "sys/mman.h",
                "sys/socket.h",
                "sys/stat.h",
                "sys/time.h",
                "sys/wait.h",
            )
        )
        names = ["index", "signal", "time", "exp", "gamma", "select", "y1", "stat"]
        for name in names:
            self.write(self.save(relu_model()), f"{name}.hpp")
        self.assert_compiles(
            "-fsyntax-only",
            "-I",
            self.written,
            self.save(
                (includes + "".join(f'#include "{self.written}/{name}.hpp"\n' for name in names)).encode(), "unit.cpp"
            ),
        )

    def test_words_that_the_header_uses_itself(self):
        """In one unit, so that none hides what another means."""
        whole = [
            (self.save(sum_model(1), "plain.onnx"), []),
            (self.save(two_of_each(2), "two.onnx"), []),
            (self.save(two_of_each("n"), "sized.onnx"), []),
        ]
        for source, options in [
            *whole,
            (whole[0][0], ["--weights", "object"]),
            (whole[0][0], ["--weights", "file"]),
            (whole[0][0], ["--weights", "string"]),
            (whole[1][0], ["--split"]),
        ]:
            with self.subTest(source.stem, options=options):
                units = []
                for word in INNER if source.stem == "two" and not options else OFTEN:
                    space = word.lower() if len(word) > 1 else word
                    self.write(source, f"{word}.hpp", "--name", word, *options)
                    sizes, model = ("<3>", "model<3>::") if source.stem == "sized" else ("", "")
                    units.append(
                        f'#include "{word}.hpp"\n'
                        f"namespace use_{word} {{ std::size_t bytes(::{space}::net{sizes}& n) {{ n.run(); "
                        f"return sizeof(n) + n.template input<typename ::{space}::{model}x>().size(); }} }}\n"
                    )
                self.assert_compiles(
                    *WARNINGS, "-fsyntax-only", "-I", self.written, self.save("".join(units).encode(), "units.cpp")
                )
                if "--split" in options:
                    kernels = "".join(f'#include "{word}.cpp"\n' for word in OFTEN)
                    self.assert_compiles(
                        *WARNINGS, "-fsyntax-only", "-I", self.written, self.save(kernels.encode(), "all_kernels.cpp")
                    )


class Names(SideFiles):
    def test_no_two_headers_share_a_file(self):
        source = self.save(sum_model(1))
        for options in (
            ["--weights", "object"],
            ["--weights", "file"],
            ["--split"],
            ["--split", "--weights", "object"],
        ):
            seen = {}
            for output in (
                "jet.hpp",
                "jet.h",
                "jet.hh",
                "jet",
                "jet.v1",
                "jet.v1.hpp",
                "jet.weights.hpp",
                "jet.h.hpp",
                ".hpp",
            ):
                for path in self.written.iterdir():
                    path.unlink()
                files = self.write(source, output, *options)
                self.assertIn(output, files)
                self.assertGreater(len(files), 1)
                for name in files:
                    self.assertNotIn(name, seen, f"{options}: {seen.get(name)} and {output} both write {name}")
                    seen[name] = output

    def test_usual_names(self):
        self.assertEqual(
            self.write(self.save(sum_model(1)), "jet.hpp", "--weights", "object", "--split", "--name", "fast"),
            {"jet.hpp", "jet.cpp", "jet.weights.S", "jet.weights.bin"},
        )

    def test_the_same_output_replaces_its_own(self):
        files = self.write(self.save(sum_model(1), "a.onnx"), "jet.hpp", "--weights", "object")
        content = {name: (self.written / name).read_bytes() for name in files}
        self.assertEqual(self.write(self.save(sum_model(2), "b.onnx"), "jet.hpp", "--weights", "object"), set())
        for name in files:
            self.assertNotEqual((self.written / name).read_bytes(), content[name], name)


class Objects(SideFiles):
    def test_two_models_of_one_name(self):
        for folder, output, weight in (("a", "ctrl.hpp", 10), ("b", "jet.hpp", 20)):
            (self.directory / folder).mkdir()
            self.write(self.save(sum_model(weight), f"{folder}/model.onnx"), output, "--weights", "object")
        units = [self.written / "ctrl.weights.S", self.written / "jet.weights.S"]
        for space, result in (("ctrl", "11"), ("jet", "21")):
            done = self.compile_program(space, f"{space}.hpp", space, units=units)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.run_program(space).stdout.strip(), result)

    def test_weights_before_they_were_trained_again(self):
        """The same network, name and -o."""
        self.write(self.save(sum_model(10)), "jet.hpp", "--weights", "object")
        (self.directory / "old").mkdir()
        old = [
            shutil.copy(self.written / name, self.directory / "old") for name in ("jet.weights.S", "jet.weights.bin")
        ]
        self.write(self.save(sum_model(20)), "jet.hpp", "--weights", "object")
        done = compile_cpp("-c", old[0], f"-Wa,-I{self.directory / 'old'}", "-o", self.directory / "old.o")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.compile_program("stale", "jet.hpp", "jet", units=[self.directory / "old.o"])
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, "undefined.*jet_weights_")


class Files(SideFiles):
    # Reads a file to an aligned place.
    GIVE = """alignas(64) static std::byte bytes[4096];
    std::FILE* f = std::fopen("{file}", "rb");
    [[maybe_unused]] auto n = std::fread(bytes, 1, sizeof bytes, f);
    jet::blob::place = bytes + {offset};"""

    def give(self, file, offset=0):
        done = self.compile_program("give", "jet.hpp", "jet", self.GIVE.format(file=file, offset=offset))
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.run_program("give")

    def test_weights_of_this_header_and_of_others(self):
        for options in ([], ["--split"]):
            for name, weight in (("other", 20), ("jet", 10)):
                self.write(self.save(sum_model(weight), f"{name}.onnx"), f"{name}.hpp", "--weights", "file")
            self.assertEqual(self.give(self.written / "jet.weights.bin").stdout.strip(), "11")
            zeros = self.save(bytes(4096), "zeros.bin")
            for file, offset in (
                (self.written / "other.weights.bin", 0),
                (self.written / "jet.weights.bin", 4),
                (zeros, 0),
            ):
                done = self.give(file, offset)
                self.assertLess(done.returncode, 0)
                self.assertEqual(done.stdout, "")
                self.assertIn("the weights file jet.weights.bin is not at this address", done.stderr)

    def test_weights_that_nobody_gave(self):
        self.write(self.save(sum_model(10)), "jet.hpp", "--weights", "file")
        self.assertEqual(self.compile_program("none", "jet.hpp", "jet").returncode, 0)
        done = self.run_program("none")
        self.assertLess(done.returncode, 0)
        self.assertIn("the weights file jet.weights.bin was not given to the network", done.stderr)


class Assembler(SideFiles):
    TARGETS = {
        "x86_64-linux-gnu": "ELF",
        "i686-linux-gnu": "ELF",
        "arm-linux-gnueabihf": "ELF",
        "aarch64-linux-gnu": "ELF",
        "riscv64-linux-gnu": "ELF",
        "x86_64-apple-darwin": "MachO",
        "arm64-apple-darwin": "MachO",
        "x86_64-windows-gnu": "COFF",
        "i686-windows-gnu": "COFF",
        "x86_64-windows-msvc": "COFF",
    }

    def setUp(self):
        super().setUp()
        self.write(self.save(sum_model(10)), "jet.hpp", "--weights", "object")
        self.symbol = re.search(r"jet_weights_\w+", (self.written / "jet.hpp").read_text())[0]

    def test_every_target_has_the_symbol_that_a_program_asks_for(self):
        clang, nm = self.tool("clang++", "clang"), self.tool("llvm-nm")
        unit = self.save(
            f'extern "C" const unsigned char {self.symbol}[]; int first() {{ return {self.symbol}[0]; }}\n'.encode(),
            "unit.cpp",
        )
        for target, kind in self.TARGETS.items():
            with self.subTest(target):
                names = {}
                for source, letter in ((unit, "U"), (self.written / "jet.weights.S", "[RSrs]")):
                    made = self.directory / f"{source.stem}.o"
                    done = subprocess.run(
                        [clang, f"--target={target}", "-c", source, f"-I{self.written}", "-o", made],
                        capture_output=True,
                        text=True,
                    )
                    self.assertEqual(done.returncode, 0, done.stderr)
                    listed = subprocess.run([nm, made], capture_output=True, text=True, check=True).stdout
                    names[source] = re.findall(rf"(?m) {letter} (\S*{self.symbol})$", listed)
                    self.assertEqual(len(names[source]), 1, listed)
                self.assertEqual(*names.values())
                self.assertIn((self.written / "jet.weights.bin").read_bytes(), made.read_bytes())

    def test_no_character_that_begins_a_comment_of_some_assembler(self):
        text = (self.written / "jet.weights.S").read_text()
        for line in text.splitlines()[1:]:
            if not line.startswith("#"):
                self.assertNotRegex(line, r"[@;!|#]|//")

    def tool(self, *names):
        for name, version in itertools.product(names, ("", "-19", "-18", "-17", "-16", "-15", "-14")):
            if found := shutil.which(name + version):
                return found
        self.skipTest(f"needs {names[0]}")


if __name__ == "__main__":
    main()
