"""What the results of a row should be: functions of a file and of the inputs of its runs, one after another, by the
names that a row gives as `reference`."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before it is imported
import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from scipy import special


def session_of(content):
    """onnxruntime on one thread; of a path, or of a model in memory."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        content if isinstance(content, str) else content.SerializeToString(), options, ["CPUExecutionProvider"]
    )


def evaluated(content, calls, state):
    """The outputs of all runs; an input of `state` is what an output was in the run before, and zero in the first."""
    session = session_of(content)
    names = [value.name for value in session.get_outputs()]
    kept, results = {}, []
    for feed in calls:
        results.append(session.run(None, feed | kept))
        kept = {of: results[-1][names.index(output)] for of, output in state.items()}
    return [[result for name, result in zip(names, run) if name not in state.values()] for run in results]


def onnxruntime_(path, calls, state):
    return evaluated(str(path), calls, state)


def for_inference(path, calls, state):
    """Of a network in training mode what it is in inference: no dropout, and only one result of BatchNormalization."""
    model = onnx.load(path)
    for node in model.graph.node:
        if node.op_type == "BatchNormalization":
            del node.output[1:]
        if node.op_type == "Dropout":
            node.op_type = "Identity"
            del node.input[1:], node.output[1:]
    return evaluated(model, calls, state)


def for_training(path, calls, state):
    """As it is in the file; Dropout, which has no seed there, by the numbers that ONNX's reference implementation
    draws for cameo's seed, 0."""
    model = onnx.shape_inference.infer_shapes(onnx.load(path))
    shapes = {
        value.name: [extent.dim_value for extent in value.type.tensor_type.shape.dim]
        for value in model.graph.value_info
    }
    constants = {
        node.output[0]: numpy_helper.to_array(node.attribute[0].t)
        for node in model.graph.node
        if node.op_type == "Constant"
    }
    for node in [node for node in model.graph.node if node.op_type == "Dropout"]:
        ratio = float(constants[node.input[1]])
        kept = np.random.RandomState(0).uniform(0, 1, shapes[node.input[0]]) >= ratio
        model.graph.initializer.append(
            numpy_helper.from_array((kept / (1 - ratio)).astype(np.float32), f"kept by {node.name}")
        )
        node.CopyFrom(helper.make_node("Mul", [node.input[0], f"kept by {node.name}"], node.output[:1]))
    return evaluated(model, calls, state)


def scipy_(path, calls, state):
    """Of the networks with operators that ONNX does not have: 2 J0(x) + erfinv(0.1 x)."""
    wide = [feed["x"].astype(np.float64) for feed in calls]
    return [[2 * special.j0(x) + special.erfinv(0.1 * x)] for x in wide]


REFERENCES = {"onnxruntime": onnxruntime_, "inference": for_inference, "training": for_training, "scipy": scipy_}


def observing(path, value):
    """The file, or one that has a value as a further output."""
    if not value:
        return path
    model = onnx.load(path)
    model.graph.output.append(onnx.ValueInfoProto(name=value))
    onnx.save(model, path.with_name("observed.onnx"))
    return path.with_name("observed.onnx")


def relative_mse(found, wanted):
    """Sum of squared errors through sum of squares; infinite where numbers that are not finite differ, or all squares
    are zero."""
    found, wanted = found.astype(np.float64), wanted.astype(np.float64)
    finite = np.isfinite(wanted)
    if not np.array_equal(found[~finite], wanted[~finite], equal_nan=True) or not np.all(np.isfinite(found[finite])):
        return np.inf
    errors, squares = np.sum((found[finite] - wanted[finite]) ** 2), np.sum(wanted[finite] ** 2)
    return float(errors / squares) if squares else np.inf * errors if errors else 0.0


def tells_much(wanted):
    """Are there numbers to be wrong in? A saturated softmax is the same whatever it reads."""
    return np.count_nonzero(np.abs(wanted) > 1e-6 * np.max(np.abs(wanted), initial=0)) >= min(
        wanted.size, 5 + wanted.size // 100
    )


def max_ulp(found, wanted):
    """The largest number of steps from one representable number to the next between two results."""

    def places(numbers):
        integers = {4: np.int32, 8: np.int64}[numbers.itemsize]
        bits = numbers.view(integers).astype(np.int64)
        return np.where(bits < 0, np.iinfo(integers).min - bits, bits)

    if not np.issubdtype(found.dtype, np.floating):
        return int(np.max(np.abs(found.astype(np.int64) - wanted.astype(np.int64)), initial=0))
    return int(np.max(np.abs(places(found) - places(wanted.astype(found.dtype))), initial=0))
