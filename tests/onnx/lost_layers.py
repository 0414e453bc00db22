"""Layers of every operator, each in a function of its own, optimized for this processor, at ranks 1 to 5 and from 1
to 4,096 elements: they run.

A compiler may take a function for one without effects and drop the calls of it (see cameo/core/keep_stores.hpp).
Results of layers in poisoned memory are held against onnxruntime's, and g++ is asked which functions it takes for such.
--all takes every shape, otherwise some.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from compiled import check_generated_code, generate
from onnx import TensorProto, helper, numpy_helper
from references import session_of
from suite import Case, check_plain_definitions

SHAPES = [
    (1,),
    (20,),
    (4096,),
    (1, 1),
    (5, 7),
    (64, 64),
    (2, 3, 5),
    (4, 16, 64),
    (1, 3, 8, 8),
    (2, 4, 16, 32),
    (1, 2, 3, 4, 5),
    (2, 4, 8, 8, 8),
]
SOME_SHAPES = [(64,), (5, 20), (4, 16, 64), (1, 3, 8, 8), (1, 2, 3, 4, 5)]
OPSETS = {"BitCast": 26}  # of operators that are newer than 17
SPATIAL = range(3, 6)  # ranks with a batch and channels
FLAGS = ["-O3", "-march=native"]
FUNCTION_WITHOUT_EFFECTS = re.compile(r"^Function found to be (?:pure|const): (void cameo::.*)$", re.MULTILINE)


class Operands:
    """Makes the operands of a layer: inputs of the network, with random data, or constants."""

    def __init__(self, shape, prefix):
        self.shape, self.prefix = shape, prefix
        self.random = np.random.default_rng(len(shape) * 1000 + int(np.prod(shape)))
        self.inputs, self.constants = {}, {}

    def given(self, array):
        name = f"{self.prefix}_{len(self.inputs) + len(self.constants)}"
        self.inputs[name] = np.ascontiguousarray(array)
        return name

    def constant(self, array):
        name = f"{self.prefix}_{len(self.inputs) + len(self.constants)}"
        self.constants[name] = np.asarray(array)
        return name

    def floats(self, *shape, dtype=np.float32):
        return self.given(self.random.standard_normal(shape or self.shape).astype(dtype))

    def doubles(self):
        return self.floats(dtype=np.float64)

    def positive(self):
        return self.given(self.random.random(self.shape).astype(np.float32) + 0.5)

    def integers(self, below=100, shape=None, dtype=np.int64):
        return self.given(self.random.integers(0, below, self.shape if shape is None else shape).astype(dtype))

    def divisors(self):
        return self.given(self.random.integers(1, 50, self.shape))

    def booleans(self):
        return self.given(self.random.random(self.shape) < 0.5)

    def bytes_of(self, shape=None):
        return self.integers(256, shape, np.uint8)


def same(operator, *kinds, **attributes):
    """A layer whose operands all have the shape, at any rank."""
    return operator, range(1, 6), lambda o: [getattr(o, kind)() for kind in kinds], lambda shape: attributes


def layer(operator, operands, ranks=range(1, 6), **attributes):
    return operator, ranks, operands, lambda shape: attributes


def window(operator, operands, **attributes):
    """A layer with a window over the axes behind two."""
    return operator, SPATIAL, operands, lambda shape: {"kernel_shape": [2] * (len(shape) - 2), **attributes}


def last(o):
    return o.shape[-1]


LAYERS = [
    same("Where", "booleans", "floats", "floats"),
    same("Where", "booleans", "integers", "integers"),
    same("Where", "booleans", "doubles", "doubles"),
    same("Add", "floats", "floats"),
    same("Add", "integers", "integers"),
    same("Div", "doubles", "doubles"),
    same("Mod", "integers", "divisors"),
    same("Relu", "floats"),
    same("Exp", "floats"),
    same("Tanh", "floats"),
    same("Sigmoid", "doubles"),
    same("Erf", "floats"),
    same("Neg", "integers"),
    same("Abs", "integers"),
    same("Sign", "doubles"),
    same("Not", "booleans"),
    same("And", "booleans", "booleans"),
    same("Less", "integers", "integers"),
    same("Equal", "floats", "floats"),
    same("IsNaN", "floats"),
    same("Pow", "positive", "floats"),
    same("PRelu", "floats", "floats"),
    same("Max", "doubles", "doubles"),
    same("BitCast", "doubles", to=TensorProto.INT64),
    same("Cast", "floats", to=TensorProto.INT64),
    same("Cast", "integers", to=TensorProto.FLOAT),
    same("Cast", "doubles", to=TensorProto.INT32),
    same("Cast", "booleans", to=TensorProto.DOUBLE),
    same("Cast", "positive", to=TensorProto.UINT8),
    same("Softmax", "floats", axis=-1),
    same("Softmax", "doubles", axis=0),
    same("LogSoftmax", "floats", axis=0),
    same("Hardmax", "floats", axis=-1),
    same("LpNormalization", "floats", axis=-1, p=1),
    same("LpNormalization", "doubles", axis=0, p=2),
    same("ArgMax", "floats", axis=-1),
    same("ArgMin", "floats", axis=0, keepdims=0),
    *[
        same(reduction, kind, axes=[axis])
        for axis, kind in ((-1, "floats"), (0, "doubles"))
        for reduction in (
            "ReduceMax",
            "ReduceMean",
            "ReduceProd",
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSumExp",
            "ReduceSumSquare",
        )
    ],
    layer("CumSum", lambda o: [o.doubles(), o.constant(np.int64(0))]),
    layer("CumSum", lambda o: [o.integers(), o.constant(np.int64(-1))], reverse=1),
    same("Transpose", "floats"),
    same("Transpose", "integers"),
    same("Transpose", "bytes_of"),
    same("Identity", "floats"),
    same("Flatten", "integers"),
    layer("Concat", lambda o: [o.floats(), o.floats()], axis=0),
    layer("Concat", lambda o: [o.integers(), o.integers()], axis=-1),
    layer("Expand", lambda o: [o.floats(), o.constant(np.array([3, *o.shape]))]),
    layer("Expand", lambda o: [o.integers(), o.constant(np.array([2, *o.shape]))]),
    layer("Tile", lambda o: [o.floats(), o.constant(np.full(len(o.shape), 2))]),
    *[
        layer("Pad", lambda o: [o.floats(), o.constant(np.ones(2 * len(o.shape), np.int64))], mode=mode)
        for mode in ("constant", "edge")
    ],
    layer("Slice", lambda o: [o.floats(), *(o.constant(np.array([n])) for n in (-1, -4096, -1, -1))]),
    layer("Slice", lambda o: [o.integers(), *(o.constant(np.array([n])) for n in (0, 4096, 0, 2))]),
    *[
        layer(
            "Gather",
            lambda o, data=data, index=index: [getattr(o, data)(), o.integers(o.shape[0], (6,), index)],
            axis=0,
        )
        for data in ("floats", "doubles", "integers", "bytes_of")
        for index in (np.int32, np.int64)
    ],
    layer("GatherElements", lambda o: [o.floats(), o.integers(last(o), dtype=np.int32)], axis=-1),
    layer("GatherND", lambda o: [o.floats(), o.integers(o.shape[0], (3, 1))]),
    layer(
        "ScatterElements",
        lambda o: [o.floats(), o.given(np.argsort(o.random.random(o.shape), -1)), o.floats()],
        axis=-1,
    ),
    layer("ScatterND", lambda o: [o.floats(), o.constant(np.zeros((1, 1), np.int64)), o.floats(1, *o.shape[1:])]),
    layer("TopK", lambda o: [o.floats(), o.constant(np.array([1]))], axis=-1),
    layer("OneHot", lambda o: [o.integers(3), o.constant(np.int64(3)), o.constant(np.float32([0, 1]))]),
    layer("ReverseSequence", lambda o: [o.floats(), o.integers(o.shape[0] + 1, (o.shape[1],))], range(2, 6)),
    layer("Trilu", lambda o: [o.floats()], range(2, 6)),
    layer("LayerNormalization", lambda o: [o.floats(), o.floats(last(o))], axis=-1),
    layer("InstanceNormalization", lambda o: [o.floats(), o.floats(o.shape[1]), o.floats(o.shape[1])], SPATIAL),
    layer(
        "BatchNormalization",
        lambda o: [o.floats(), *(o.given(o.random.random(o.shape[1]).astype(np.float32) + 1) for _ in range(4))],
        range(2, 6),
    ),
    layer("LRN", lambda o: [o.floats()], [4], size=3),
    layer("MatMul", lambda o: [o.floats(), o.floats(last(o), 9)]),
    layer("MatMul", lambda o: [o.doubles(), o.floats(last(o), 9, dtype=np.float64)]),
    layer("Einsum", lambda o: [o.floats(), o.floats()], equation="...i,...i->...i"),
    window("MaxPool", lambda o: [o.floats()]),
    window("MaxPool", lambda o: [o.doubles()]),
    window("AveragePool", lambda o: [o.floats()]),
    window("LpPool", lambda o: [o.floats()]),
    window("MaxUnpool", lambda o: [o.floats(), o.integers(int(np.prod(o.shape)))]),
    layer("GlobalAveragePool", lambda o: [o.floats()], SPATIAL),
    layer("GlobalMaxPool", lambda o: [o.floats()], SPATIAL),
    layer("Conv", lambda o: [o.floats(), o.floats(6, o.shape[1], *[2] * (len(o.shape) - 2))], SPATIAL),
    layer("ConvTranspose", lambda o: [o.floats(), o.floats(o.shape[1], 6, *[2] * (len(o.shape) - 2))], SPATIAL),
    *[
        layer(
            "Resize",
            lambda o: [o.floats(), "", o.constant(np.float32([1, 1] + [2] * (len(o.shape) - 2)))],
            SPATIAL,
            mode=mode,
        )
        for mode in ("nearest", "linear")
    ],
    same("RandomUniformLike", "floats", low=1.0, high=1.0),
    layer("QuantizeLinear", lambda o: [o.floats(), o.constant(np.float32(0.1)), o.constant(np.uint8(128))]),
    layer("DequantizeLinear", lambda o: [o.bytes_of(), o.constant(np.float32(0.1)), o.constant(np.uint8(128))]),
]


def network_of(number, entry, shapes):
    """One layer for each shape, and the data of its inputs."""
    operator, ranks, operands, attributes = entry
    nodes, inputs, constants = [], {}, []
    for k, shape in enumerate(s for s in shapes if len(s) in ranks):
        o = Operands(shape, f"x{k}")
        results = [f"y{k}", f"indices{k}"] if operator == "TopK" else [f"y{k}"]
        nodes.append(helper.make_node(operator, operands(o), results, **attributes(shape)))
        inputs |= o.inputs
        constants += [numpy_helper.from_array(array, name) for name, array in o.constants.items()]
    graph = helper.make_graph(
        nodes,
        f"{operator}_{number}",
        [
            helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
            for name, a in inputs.items()
        ],
        [helper.make_empty_tensor_value_info(name) for n in nodes for name in n.output],
        constants,
    )
    opset = helper.make_opsetid("", OPSETS.get(operator, 17))
    made = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    return onnx.shape_inference.infer_shapes(made), inputs


def case_of(number, entry, shapes, directory):
    made, inputs = network_of(number, entry, shapes)
    name = f"{entry[0].lower()}_{number}"
    case = Case(name, name, directory / name, inputs, [], frozenset([entry[0]]), rtol=1e-4, atol=1e-5)
    case.write(made)
    case.outputs = session_of(case.model).run(None, inputs)
    return case


def functions_without_effects(directory):
    """What g++ takes for functions without effects, although they return nothing."""
    return {
        name
        for dump in directory.glob("*.local-pure-const*")
        for name in FUNCTION_WITHOUT_EFFECTS.findall(dump.read_text())
    }


def main():
    generator = Path(os.environ["CAMEO"]).resolve()
    shapes = SHAPES if "--all" in sys.argv else SOME_SHAPES
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        dumps = (
            []
            if "clang" in os.environ.get("CXX", "c++")
            else [f"-fdump-tree-local-pure-const2={directory}/functions.local-pure-const", "-dumpdir", f"{directory}/"]
        )
        cases = [case_of(number, entry, shapes, directory) for number, entry in enumerate(LAYERS)]
        for case in cases:
            check_plain_definitions(generator, case)
            if not case.status:
                generate(generator, case, directory, "--no-fuse")
        check_generated_code([case for case in cases if not case.status], directory, FLAGS + dumps)
        lost = functions_without_effects(directory)
    for case in cases:
        if case.status != "passed":
            print(f"{case.status:8} {case.name} {case.reason[:300]}")
    for name in sorted(lost):
        print(f"g++ takes it for a function without effects: {name[:300]}")
    failed = sum(case.status != "passed" for case in cases) + len(lost)
    print(
        f"lost layers: {len(cases)} operators, {sum(case.status == 'passed' for case in cases)} passed, {failed} failed"
    )
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
