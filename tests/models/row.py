"""One row: from the file to generated code, compiled, run and held against its reference."""

import re
import sys
import tempfile
import time
import zlib
from pathlib import Path

import download
import numpy as np
import onnx
import skeleton
import speech
from reference import REFERENCES, max_ulp, observing, relative_mse, tells_much
from shared import ROOT, Failure, run_tool

sys.path.append(str(ROOT / "tests"))
from precompiled import precompiled  # noqa: E402

HERE = ROOT / "tests" / "models"
OPERATORS = ROOT / "examples" / "custom_operators"  # where the header of --include is
LARGEST_ERROR = 1e-9


def shape_of(row, value, size):
    extents = value.type.tensor_type.shape.dim
    return row.shapes.get(value.name) or [
        extent.dim_value if extent.HasField("dim_value") else size[extent.dim_param] for extent in extents
    ]


def draw(row, value, shape, random):
    """Normally distributed; integers from 0 to below what the row says."""
    element = onnx.helper.tensor_dtype_to_np_dtype(value.type.tensor_type.elem_type)
    if np.issubdtype(element, np.floating):
        return random.normal(size=shape).astype(element)
    return random.integers(0, row.below[value.name], shape, dtype=element)


class RowTest:
    """A row in a directory of its own."""

    def __init__(self, row, options, directory):
        self.row, self.options, self.directory = row, options, directory
        self.random = np.random.default_rng(zlib.crc32(row.name.encode()))
        self.result = {"row": row.name, "file": row.network, "chosen": row.chosen}

    def prepare(self):
        """Writes the model and what inputs are bound to; keeps which inputs are left."""
        row = self.row
        model = (
            onnx.load(download.trained(row, self.options.downloads))
            if row.wheel
            else skeleton.filled(skeleton.SKELETONS / f"{row.file or row.name}.onnx")
        )
        self.result["nodes"] = len(model.graph.node)
        given = {weight.name for weight in model.graph.initializer}
        inputs = {value.name: value for value in model.graph.input if value.name not in given}
        onnx.save(model, self.directory / "model.onnx")
        (self.directory / "weights").mkdir()
        self.fixed = {
            name: draw(row, inputs[name], shape_of(row, inputs[name], {}), self.random) / 8 for name in row.weights
        }
        self.fixed |= {
            name: np.array(number, onnx.helper.tensor_dtype_to_np_dtype(inputs[name].type.tensor_type.elem_type))
            for name, number in row.bound.items()
        }
        for name, array in self.fixed.items():
            np.save(self.directory / "weights" / f"{name}.npy", array)
        self.inputs = [value for name, value in inputs.items() if name not in self.fixed]

    def model_options(self):
        row = self.row
        return [
            *row.options,
            *(["--include", OPERATORS / "special_functions.hpp"] if row.reference == "scipy" else []),
            *(["--weights-from", "weights"] if row.weights else []),
            *(f"--constant={name}=weights/{name}.npy" for name in row.bound),
            *(f"--input-shape={name}:{','.join(map(str, shape))}" for name, shape in row.shapes.items()),
            *(f"--state={output}={name}" for name, output in row.state.items()),
        ]

    def check_refusal(self):
        """Without the choice that the row makes, `cameo check` asks for it."""
        if not self.row.refused:
            return
        try:
            said = run_tool(["sh", "-c", '"$0" check model.onnx; [ $? = 1 ]', self.options.cameo], self.directory)
        except Failure:
            raise Failure("cameo check does not refuse it without options")
        for message in self.row.refused:
            if message not in said:
                raise Failure(f"cameo check does not say '{message}'")

    def timed(self, what, command):
        start = time.monotonic()
        run_tool([str(part) for part in command], self.directory)
        self.result[what] = time.monotonic() - start

    def generate(self):
        self.timed(
            "generate",
            [
                self.options.cameo,
                "generate",
                "model.onnx",
                "-o",
                "tested.hpp",
                "--name",
                "tested",
                *self.model_options(),
            ],
        )
        layers = re.search(r"^// ([\d,]+) layers?, ", (self.directory / "tested.hpp").read_text(), re.M)[1]
        self.result["layers"] = int(layers.replace(",", ""))

    def compile(self):
        runs = "".join(
            f'    run_net<tested::net{self.arguments(size)}>("{k}", {self.row.runs}, "{self.row.observed}");\n'
            for k, size in enumerate(self.row.sizes)
        )
        (self.directory / "main.cpp").write_text(
            f'#include "tested.hpp"\n#include "run_net.hpp"\nint main()\n{{\n{runs}}}\n'
        )
        includes = [f"-I{path}" for path in (".", HERE, OPERATORS, ROOT / "include")]
        compiler = [*self.options.cxx, "-std=c++20", *self.options.flags]
        sources = ["main.cpp", *self.directory.glob("*.S")]
        self.timed("compile", [*compiler, *precompiled(compiler), *includes, *sources, "-o", "main"])

    @staticmethod
    def arguments(size):
        return f"<{', '.join(map(str, size.values()))}>" if size else ""

    def feeds(self, size):
        calls = [
            {value.name: draw(self.row, value, shape_of(self.row, value, size), self.random) for value in self.inputs}
            for _ in range(self.row.runs)
        ]
        if self.row.spoken:
            length = calls[0][self.row.spoken].size
            for call, frame in zip(calls, speech.frames(len(calls), length, length - 512), strict=True):
                call[self.row.spoken] = frame.reshape(1, length)
        return calls

    def run(self):
        """Generated code on the inputs of all runs; what it gives and what it should, an array for each output."""
        calls = {k: self.feeds(size) for k, size in enumerate(self.row.sizes)}
        for k, feeds in calls.items():
            for i, name in enumerate(value.name for value in self.inputs if value.name not in self.row.state):
                np.concatenate([feed[name].ravel() for feed in feeds]).tofile(self.directory / f"{k}.in{i}")
        run_tool([str(self.directory / "main")], self.directory)
        reference, path = REFERENCES[self.row.reference], observing(self.directory / "model.onnx", self.row.observed)
        for k, feeds in calls.items():
            for feed in feeds:
                feed.update(self.fixed, **{name: np.zeros_like(feed[name]) for name in self.row.state})
            for i, parts in enumerate(zip(*reference(path, feeds, self.row.state))):
                wanted = np.concatenate([part.ravel() for part in parts])
                element = np.float32 if self.row.reference == "scipy" else wanted.dtype
                yield np.fromfile(self.directory / f"{k}.out{i}", element), wanted

    def compare(self):
        errors, ulps, telling = [], [], False
        for found, wanted in self.run():
            if found.size != wanted.size:
                raise Failure(f"an output has {found.size} numbers, not {wanted.size}")
            errors.append(relative_mse(found, wanted))
            ulps.append(max_ulp(found, wanted))
            telling = telling or tells_much(wanted)
        self.result |= {"relative_mse": max(errors), "max_ulp": max(ulps)}
        if not max(errors) < LARGEST_ERROR:
            raise Failure(f"relative mse is not below {LARGEST_ERROR}")
        if not telling:
            raise Failure("hardly a result is above 1e-6 of the largest: that they agree says little")


def run_row(row, options):
    """What the table says of a row; its verdict is ok, or the reason."""
    with tempfile.TemporaryDirectory(prefix="cameo_table_") as directory:
        test = RowTest(row, options, Path(directory))
        try:
            for step in (test.prepare, test.check_refusal, test.generate, test.compile, test.compare):
                step()
            verdict = "ok"
        except Failure as failure:
            verdict = str(failure)
        return test.result | {"verdict": verdict}
