"""Models with data as files: the tests of the onnx package, and what the plain definitions (`cameo run`) make of each
case."""

import dataclasses
import itertools
import re
import subprocess
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.backend.test.loader import load_model_tests

OPERATOR_IS_NOT_SUPPORTED = "this operator is not supported"
# Tests that cameo does not follow, and why.
DISPUTED = {
    "test_maxunpool_export_with_output_shape": "is disputed, counts indices in a smaller tensor than MaxPool and "
    "onnxruntime: https://github.com/onnx/onnx/issues/2398"
}
# The package computes these in 16 bits throughout, and allows less than a step of them; cameo computes each operator in
# float32. tests/generator/test_float16.py shows that cameo is nearer to the definition in double.
ATTENTION_IN_16_BITS = [
    f"test_attention_{case}{form}"
    for case in (
        "3d_causal_bf16",
        "4d_attn_mask_causal_bf16",
        "4d_causal_bf16",
        "4d_causal_fp16",
        "4d_causal_padded_kv_bf16",
        "4d_padded_kv_bf16",
    )
    for form in ("", "_expanded")
]
DISPUTED |= dict.fromkeys(ATTENTION_IN_16_BITS, "is disputed, allows less than a step of its 16 bits")
# tests/generator/test_random.py compares ours with the generator that docs/operators.md names.
DRAWN = [f"test_bernoulli{case}{form}" for case in ("", "_double", "_seed") for form in ("", "_expanded")]
DISPUTED |= dict.fromkeys(DRAWN, "expects what numpy drew, which ONNX leaves open")


@dataclass
class Case:
    """A model, its data, what is expected and what was found. `status` is one of passed, wrong, refused (an operator of
    cameo's, but not this use of it) and left out (of which cameo has no operator, or no kind of value, or which is
    disputed)."""

    identifier: str
    name: str
    directory: Path
    inputs: dict[str, np.ndarray]
    outputs: list[np.ndarray]
    operators: frozenset[str]
    rtol: float
    atol: float
    bound: set[str] = field(default_factory=set)  # inputs that decide shapes
    open_inputs: frozenset[str] = frozenset()  # with extents that the model leaves open
    limited: set[str] = field(default_factory=set)  # results whose extent the data decide
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
        counts = found[len(self.outputs) :]
        for k, expected in enumerate(self.outputs):
            actual = cut(found[k], expected.shape, counts)
            if actual.dtype.kind == "V":  # numpy has no name for the type
                actual = actual.view(expected.dtype)
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


def kind_of(value):
    """What a value is that cameo has nothing for; an empty text for a tensor of numbers."""
    kind = value.type.WhichOneof("value")
    if kind == "tensor_type":
        return "strings" if value.type.tensor_type.elem_type == onnx.TensorProto.STRING else ""
    return kind.removesuffix("_type") + "s"


def as_array(data):
    return numpy_helper.to_array(data) if isinstance(data, onnx.TensorProto) else np.asarray(data)


def in_double(case, inputs, outputs):
    """What a test expects, where the package computes it less exactly than the suite's tolerance asks: of DFT, whose
    exact zeros are what rounding to float32 left, the definition in double."""
    if [node.op_type for node in case.model.graph.node] != ["DFT"]:
        return outputs
    node = case.model.graph.node[0]
    attributes = {a.name: a.i for a in node.attribute}
    given = [inputs.get(name) for name in node.input] + [None] * 3
    axis = (
        int(given[2])
        if given[2] is not None
        else attributes.get("axis", 1 if case.model.opset_import[0].version < 20 else -2)
    )
    x = np.moveaxis(given[0].astype(np.float64), axis, 0)
    x = x[..., 0] + 1j * x[..., 1] if x.shape[-1] == 2 else x[..., 0]
    inverse, onesided = attributes.get("inverse", 0), attributes.get("onesided", 0)
    length = int(given[1]) if given[1] is not None else 2 * (x.shape[0] - 1) if inverse and onesided else x.shape[0]
    if inverse and onesided:  # the other half is the conjugate of this one
        x = np.concatenate([x, np.conj(x[1 : length - x.shape[0] + 1][::-1])])
    x = np.concatenate([x[:length], np.zeros((max(length - x.shape[0], 0), *x.shape[1:]))])
    turns = np.outer(np.arange(length), np.arange(length)) % length / length
    y = np.tensordot(np.exp((2j if inverse else -2j) * np.pi * turns), x, 1) / (length if inverse else 1)
    parts = [y.real] if inverse and onesided else [y.real, y.imag]
    if onesided and not inverse:
        parts = [part[: length // 2 + 1] for part in parts]
    return [np.moveaxis(np.stack(parts, -1), 0, axis).astype(outputs[0].dtype)]


def of_file(path, value):
    """The value in a file; null if it is no tensor."""
    return onnx.load_tensor(path) if value.type.HasField("tensor_type") else None


def kept_in_files():
    """The tests that the package has as files: small networks, and those that PyTorch exported in 2017 and 2018."""
    for kind in ("simple", "pytorch-converted", "pytorch-operator"):
        for case in load_model_tests(kind=kind):
            directory = Path(case.model_dir)
            model = onnx.load(directory / "model.onnx")
            inputs, outputs = (
                [of_file(directory / f"test_data_set_0/{name}_{k}.pb", value) for k, value in enumerate(values)]
                for name, values in (("input", inputs_of(model.graph)), ("output", model.graph.output))
            )
            yield dataclasses.replace(case, model=model, data_sets=[(inputs, outputs)])


def inputs_of(graph):
    """Those that are not initializers, which files before IR version 4 list too."""
    given = {initializer.name for initializer in graph.initializer}
    return [value for value in graph.input if value.name not in given]


def has_open_extents(value):
    return not all(extent.HasField("dim_value") for extent in value.type.tensor_type.shape.dim)


def suite_tests(directory, only=frozenset()):
    """All tests, those of tensors of numbers each written to a directory of its own; with `only`, those that have one
    of these operators."""
    warnings.simplefilter("ignore")  # numpy's, while the package computes the expected results
    tests = []
    for number, case in enumerate(itertools.chain(collect_testcases(None), kept_in_files())):
        graph = case.model.graph
        operators = frozenset(node.op_type for node in graph.node)
        if only and not operators & only:
            continue
        test = Case(f"t_{number:04}", case.name, directory / case.name, {}, [], operators, case.rtol, case.atol)
        tests.append(test)
        if kinds := sorted(set(map(kind_of, [*inputs_of(graph), *graph.output])) - {""}):
            test.conclude("left out", f"has {' and '.join(kinds)}")
            continue
        if case.name in DISPUTED:
            test.conclude("left out", DISPUTED[case.name])
            continue
        inputs, outputs = case.data_sets[0]
        test.inputs = {v.name: as_array(a) for v, a in zip(inputs_of(graph), inputs)}
        test.open_inputs = frozenset(v.name for v in inputs_of(graph) if has_open_extents(v))
        test.outputs = in_double(case, test.inputs, [as_array(a) for a in outputs])
        test.write(case.model)
    return tests


def finish(command, **options):
    """Runs a program; one that hangs ends as one that crashes does."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60, **options)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, "time-out", b"", "")


def bindings(test, command):
    """The options that bind the inputs which decide shapes, those that fix open extents and make room for what the data
    decide, and for `run` those that give the other inputs."""
    options = []
    for k, name in enumerate(test.inputs):
        option = "--constant" if name in test.bound else "--input" if command == "run" else None
        options += [option, f"{name}={test.directory / f'input_{k}.npy'}"] if option else []
        if name in test.open_inputs:
            options.append(f"--input-shape={name}:{','.join(map(str, test.inputs[name].shape))}")
    room = max((extent for array in test.outputs for extent in array.shape), default=1)
    return options + [f"--bound={name}={room}" for name in sorted(test.limited)]


def cameo(generator, command, test, *options):
    """Runs a command on a test's model; binds the inputs that it asks for, and makes room where it asks for that, until
    it asks for no more."""
    while True:
        done = finish([generator, command, test.model, "--training", *bindings(test, command), *options], text=True)
        asked = {
            name for names in re.findall(r"the graph's input ('.*')", done.stderr) for name in names[1:-1].split("', '")
        } & test.inputs.keys() - test.bound
        limited = set(re.findall(r"with --bound (.*)=N", done.stderr)) - test.limited
        if done.returncode != 1 or not (asked or limited):
            return done
        test.bound |= asked
        test.limited |= limited


def refusal(done):
    """The first reason in a message, without what differs from test to test: names and types."""
    lines = done.stderr.strip().splitlines()
    return re.sub(
        r"^ *(cameo: [^:]*: |node '[^']*' |input '[^']*': )| \(found .*",
        "",
        lines[1] if len(lines) > 1 else done.stderr.strip(),
    )


def check_plain_definitions(generator, test):
    """Concludes a test that its plain definitions do not pass."""
    done = cameo(generator, "run", test, "--output-dir", test.directory)
    if foreign := re.search(rf"\(([\w.:/]+)[^()]*\): {OPERATOR_IS_NOT_SUPPORTED}", done.stderr):
        test.conclude("left out", f"has the operator {foreign[1]}")
    elif done.returncode == 1:
        test.conclude("refused", refusal(done))
    elif done.returncode != 0:
        test.conclude("wrong", f"cameo run ended with status {done.returncode}")
    elif difference := test.difference(
        [np.load(test.directory / f"output_{k}.npy") for k in range(len(list(test.directory.glob("output_*.npy"))))]
    ):
        test.conclude("wrong", f"evaluate: {difference}")
