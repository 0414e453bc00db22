"""onnxruntime, with I/O binding: inputs and results stay where they are. Also the reference: without optimizations."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when the library is loaded

import onnxruntime

from contenders import Contender

LOG_ERRORS = 3


def open_session(model, optimize=True):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = LOG_ERRORS
    level = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_ENABLE_ALL if optimize else level.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def load(task):
    session = open_session(task.model)
    results = [onnxruntime.OrtValue.ortvalue_from_numpy(result) for result in session.run(task.outputs, task.inputs)]
    binding = session.io_binding()
    for name, array in task.inputs.items():
        binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(array))
    for name, result in zip(task.outputs, results):
        binding.bind_ortvalue_output(name, result)
    return Contender(
        run=lambda: session.run_with_iobinding(binding),
        outputs=lambda: [result.numpy() for result in results],
    )
