"""Axes of no elements beside huge ones, for every operator of the onnx package's node tests: there is nothing to walk
over, so no loop may try."""

import concurrent.futures
import resource
import subprocess
import warnings

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases
from support import CAMEO, SANITIZED, GeneratorTest, limit_memory, main

HUGE = 1 << 35
SECONDS = 60


def limited():
    limit_memory(4 << 30)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = 50 if SANITIZED else 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def cases():
    """One test of each operator, with tensors alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = {}
        for case in sorted(collect_testcases(None), key=lambda c: c.name):
            inputs = case.data_sets[0][0]
            if inputs and all(isinstance(array, np.ndarray) for array in inputs) and case.model.ByteSize() < 1 << 16:
                found.setdefault(case.model.graph.node[0].op_type, case)
    return found


def emptied(shape, axis):
    """No elements along one axis; the axis after it is huge, or the one before."""
    extents = list(shape)
    extents[axis] = 0
    if len(extents) > 1:
        extents[(axis + 1) % len(extents)] = HUGE
    return extents


def constant_model(case, axis):
    """The model with all inputs constant: those of floats, and integers of the same rank, are empty."""
    whole = onnx.ModelProto()
    whole.CopyFrom(case.model)
    arrays = case.data_sets[0][0]
    del whole.graph.input[:]
    for value, array in zip(case.model.graph.input, arrays):
        if array.ndim > 0 and (array.dtype.kind == "f" or array.shape == arrays[0].shape):
            whole.graph.initializer.add(
                name=value.name,
                data_type=value.type.tensor_type.elem_type,
                dims=emptied(array.shape, axis % array.ndim),
            )
        else:
            whole.graph.initializer.append(numpy_helper.from_array(array, value.name))
    return whole


class ZeroExtents(GeneratorTest):
    def outcome(self, path, *options):
        done = subprocess.run(
            [CAMEO, "check", path, *options],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            preexec_fn=limited,
        )
        return (
            ""
            if done.returncode in (0, 1) and "std::" not in done.stderr + done.stdout
            else f"status {done.returncode}: {done.stderr[-300:]}"
        )

    def questions(self, case):
        """Ways to ask for an operator of nothing: of constants, and of inputs."""
        for axis in range(3):
            yield f"constant{axis}", constant_model(case, axis), []
            floats = [
                (v.name, a)
                for v, a in zip(case.model.graph.input, case.data_sets[0][0])
                if a.ndim > 0 and a.dtype.kind == "f"
            ]
            shapes = [f"{name}:{','.join(map(str, emptied(a.shape, axis % a.ndim)))}" for name, a in floats]
            yield f"input{axis}", case.model, [option for shape in shapes for option in ("--input-shape", shape)]

    def test_every_operator(self):
        asked = [
            (f"{operator}_{kind}", whole, options)
            for operator, case in cases().items()
            for kind, whole, options in self.questions(case)
        ]
        self.assertGreater(len(asked), 600)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            outcomes = pool.map(lambda q: (q[0], self.outcome(self.save(q[1], q[0] + ".onnx"), *q[2])), asked)
            failures = [f"{name}: {problem}" for name, problem in outcomes if problem]
        self.assertEqual(failures, [], "\n".join(failures))


if __name__ == "__main__":
    main()
