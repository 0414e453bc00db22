"""Models with data as files: the node tests of the onnx package, and what the plain definitions (`cameo run`) make of each case."""
import re
import subprocess
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases

OPERATOR_IS_NOT_SUPPORTED = "this operator is not supported"
# Where exact results are 0, those that the package expects of an inverse DFT are what rounding to float32 left: more than the suite's tolerance.
NOISE_OF_EXPECTED = {"DFT": 1e-6}


@dataclass
class Case:
    """A model, its data, what is expected and what was found. `status` is one of
    passed, wrong, refused (an operator of cameo's, but not this use of it) and foreign (an operator that cameo has not)."""

    identifier: str
    name: str
    directory: Path
    inputs: dict[str, np.ndarray]
    outputs: list[np.ndarray]
    operators: frozenset[str]
    rtol: float
    atol: float
    bound: set[str] = field(default_factory=set)
    status: str = ""
    reason: str = ""

    def write(self, model):
        self.directory.mkdir()
        onnx.save(model, self.model)
        for k, array in enumerate(self.inputs.values()):
            np.save(self.directory / f"input_{k}.npy", np.ascontiguousarray(array).reshape(array.shape))

    def conclude(self, status, reason=""):
        self.status, self.reason = status, reason

    @property
    def model(self):
        return self.directory / "model.onnx"

    def difference(self, found):
        """What is wrong with these results; an empty text where nothing is."""
        counts = found[len(self.outputs):]
        for k, expected in enumerate(self.outputs):
            actual = cut(found[k], expected.shape, counts)
            if (expected.dtype, expected.shape) != (actual.dtype, actual.shape):
                return f"output {k}: expected {expected.dtype}{expected.shape}, found {actual.dtype}{actual.shape}"
            try:
                np.testing.assert_allclose(actual, expected, rtol=self.rtol, atol=self.atol)
            except AssertionError as difference:
                return f"output {k}: " + " ".join(str(difference).split())
        return ""


def cut(result, shape, counts):
    """What there is of a result with room for more, where one of the counts says so."""
    for axis, extent in enumerate(shape if result.ndim == len(shape) else ()):
        if result.shape[axis] > extent and extent in counts:
            result = np.take(result, range(extent), axis)
    return result


def is_tensor(value):
    return value.type.HasField("tensor_type") and value.type.tensor_type.elem_type != onnx.TensorProto.STRING


def node_tests(directory, only=frozenset()):
    """The tests of tensors of numbers, each written to a directory of its own; with `only`, those that have one of these operators."""
    warnings.simplefilter("ignore")  # numpy's, while the package computes the expected results
    tests = []
    for number, case in enumerate(collect_testcases(None)):
        graph = case.model.graph
        operators = frozenset(node.op_type for node in graph.node)
        if not all(map(is_tensor, [*graph.input, *graph.output])) or (only and not operators & only):
            continue
        inputs, outputs = case.data_sets[0]
        atol = max([case.atol, *(NOISE_OF_EXPECTED.get(operator, 0) for operator in operators)])
        test = Case(f"t_{number:04}", case.name, directory / case.name, {v.name: np.asarray(a) for v, a in zip(graph.input, inputs)},
                    [np.asarray(a) for a in outputs], operators, case.rtol, atol)
        test.write(case.model)
        tests.append(test)
    return tests


def finish(command, **options):
    """Runs a program; one that hangs ends as one that crashes does."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60, **options)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, "time-out", b"", "")


def bindings(test, command):
    """The options that bind the inputs which decide shapes, and for `run` those that give the others."""
    options = []
    for k, name in enumerate(test.inputs):
        option = "--constant" if name in test.bound else "--input" if command == "run" else None
        options += [option, f"{name}={test.directory / f'input_{k}.npy'}"] if option else []
    return options


def cameo(generator, command, test, *options):
    """Runs a command on a test's model and binds the inputs that it asks for until it asks for no more."""
    while True:
        done = finish([generator, command, test.model, "--training", *bindings(test, command), *options], text=True)
        asked = {name for names in re.findall(r"the graph's input ('.*')", done.stderr) for name in names[1:-1].split("', '")} & test.inputs.keys() - test.bound
        if done.returncode != 1 or not asked:
            return done
        test.bound |= asked


def refusal(done):
    """The first reason in a message, without what differs from test to test: names and types."""
    lines = done.stderr.strip().splitlines()
    return re.sub(r"^ *(cameo: [^:]*: |node '[^']*' |input '[^']*': )| \(found .*", "", lines[1] if len(lines) > 1 else done.stderr.strip())


def check_plain_definitions(generator, test):
    """Concludes a test that its plain definitions do not pass."""
    done = cameo(generator, "run", test, "--output-dir", test.directory)
    if OPERATOR_IS_NOT_SUPPORTED in done.stderr:
        test.conclude("foreign")
    elif done.returncode == 1:
        test.conclude("refused", refusal(done))
    elif done.returncode != 0:
        test.conclude("wrong", f"cameo run ended with status {done.returncode}")
    elif difference := test.difference([np.load(test.directory / f"output_{k}.npy") for k in range(len(list(test.directory.glob("output_*.npy"))))]):
        test.conclude("wrong", f"evaluate: {difference}")
