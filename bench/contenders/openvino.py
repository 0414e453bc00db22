"""openvino, with one infer request whose input tensors share the arrays."""

import sys

sys.modules["openvino_telemetry"] = None  # importing openvino would report to its makers

import openvino

from contenders import Contender

ONE_THREAD = {
    "PERFORMANCE_HINT": "LATENCY",
    "NUM_STREAMS": "1",
    "INFERENCE_NUM_THREADS": "1",
    "ENABLE_CPU_PINNING": "NO",  # the process has one processor already
    "INFERENCE_PRECISION_HINT": "f32",  # bfloat16 otherwise, where the processor has it
}


def load(task):
    core = openvino.Core()
    network = core.read_model(task.model)
    network.reshape({name: list(array.shape) for name, array in task.inputs.items()})
    request = core.compile_model(network, "CPU", ONE_THREAD).create_infer_request()
    for name, array in task.inputs.items():
        request.set_tensor(name, openvino.Tensor(array, shared_memory=True))
    return Contender(
        run=request.infer,
        outputs=lambda: [request.get_tensor(name).data.copy() for name in task.outputs],
    )
