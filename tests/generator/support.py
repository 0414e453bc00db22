"""What the tests of the generator share: running it, making models, compiling what it wrote."""

import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from precompiled import precompiled, tested_flags  # noqa: E402

MODELS = ROOT / "tests" / "models"
CAMEO = os.environ["CAMEO"]
CXX = shlex.split(os.environ.get("CXX", "c++"))
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Werror"]
# The full matrix is run, which takes hours.
FULL = os.environ.get("CAMEO_TEST_FULL") == "ON"
# $CXX, and, in the full matrix, the others that $CAMEO_TEST_COMPILERS lists between commas.
FURTHER_COMPILERS = [shlex.split(name) for name in os.environ.get("CAMEO_TEST_COMPILERS", "").split(",") if name]
COMPILERS = [CXX, *FURTHER_COMPILERS]
# The sanitizers watch the generator, which takes ten times as long.
SANITIZED = "ASAN_OPTIONS" in os.environ
FLOAT = TensorProto.FLOAT


def limit_memory(most):
    """Of this process, in bytes. The address sanitizer reserves more addresses than any machine has memory."""
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def cameo(*arguments, env=os.environ, **options):
    """Runs a command; those that compile do it with tested_flags(), unless the test gives flags of its own."""
    own = any(str(argument).startswith("--cxxflags") for argument in arguments)
    return subprocess.run(
        [CAMEO, *map(str, arguments)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        env={"CXXFLAGS": "" if own else tested_flags(), **env},
        **options,
    )


def cxxflags(*flags):
    """The option of commands that compile, with tested_flags() and these flags."""
    return f"--cxxflags={tested_flags()} {shlex.join(flags)}"


def compile_cpp(*arguments, compiler=CXX, **options):
    """Runs the compiler with the library's headers."""
    return subprocess.run(
        [*compiler, "-std=c++20", "-I", ROOT / "include", *precompiled(arguments), *arguments],
        capture_output=True,
        text=True,
        **options,
    )


def without_target(said):
    """What a compiler says, without the namespace of the target."""
    return re.sub(r"(?<=::)(avx512|avx2?|sse\d(_\d)?|ssse3|sve|neon|plain)_\w*::", "", said)


def tensor(name, shape, element=FLOAT):
    return helper.make_tensor_value_info(name, element, shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def model(nodes, inputs, outputs, constants=(), opset=17, **options):
    graph = helper.make_graph(nodes, "graph", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8, **options)


def relu_model():
    """The smallest: y = Relu(x)."""
    return model([helper.make_node("Relu", ["x"], ["y"], name="relu")], [tensor("x", [1, 4])], [tensor("y", [1, 4])])


class GeneratorTest(unittest.TestCase):
    """A test with a directory for models and one, `written`, where nothing but results may appear."""

    def setUp(self):
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.written = self.directory / "written"
        self.written.mkdir()

    def save(self, content, name="model.onnx"):
        path = self.directory / name
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        return path

    def generate(self, source, *options, name="tested"):
        """The header of a model that must be accepted; its namespace is `name`, or what the generator makes of an
        empty one."""
        header = self.written / f"{name or 'header'}.hpp"
        done = cameo("generate", source, "-o", header, *(["--name", name] if name else []), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return header

    def assert_refused(self, source, *messages, options=()):
        """Status 1, a message that says all of `messages`, and no file."""
        done = cameo("generate", source, "-o", self.written / "net.hpp", *options)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertTrue(done.stderr.startswith("cameo: "), done.stderr)
        for message in messages:
            self.assertIn(message, done.stderr)
        self.assertEqual(list(self.written.iterdir()), [])

    def assert_header_compiles(self, header, compilers=COMPILERS):
        """In every compiler of this run, without warnings; the network runs where its sizes are known."""
        text = header.read_text()
        space = re.search(r"^namespace ([\w:]+?)(::inline CAMEO_TARGET)? {$", text, re.M)[1]
        use = "" if "template <cameo::dim" in text else f"void use() {{ static {space}::net net; net.run(); }}\n"
        source = self.save(f'#include "{header.name}"\n{use}'.encode(), "includes.cpp")
        for compiler in compilers:
            self.assert_compiles(*WARNINGS, "-fsyntax-only", "-I", header.parent, source, compiler=compiler)

    def assert_compiles(self, *arguments, **options):
        done = compile_cpp(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)

    def assert_does_not_compile(self, source, *messages):
        """The compiler's errors say all of `messages`."""
        path = self.save(source.encode(), "rejected.cpp")
        done = compile_cpp("-fsyntax-only", "-I", self.written, path)
        self.assertNotEqual(done.returncode, 0, "compiled, but must not")
        said = without_target(done.stderr)
        for message in messages:
            self.assertIn(message, said)


main = unittest.main
