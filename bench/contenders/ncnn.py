"""ncnn; pnnx converts. A call makes an extractor, hands it the inputs without a copy and extracts the results."""

import importlib.util
import re
from pathlib import Path

import ncnn
import numpy
from tools import Failure, run_tool

from contenders import Absent, Contender


def converter():
    """The program in pnnx's package. Importing the package would need torch, the program does not."""
    package = importlib.util.find_spec("pnnx")
    if package is None:
        raise Absent("pnnx, which converts for ncnn, is not installed")
    return Path(package.origin).with_name("pnnx")


def element_suffix(array):
    """pnnx takes shapes as of float32 unless told."""
    names = {"float32": "", "float64": "f64", "int32": "i32", "int64": "i64", "uint8": "u8", "bool": "b8"}
    if array.dtype.name not in names:
        raise Failure(f"pnnx has no inputs of {array.dtype}")
    return names[array.dtype.name]


def convert(task):
    (task.directory / "net.onnx").symlink_to(task.model)
    shapes = [str(list(array.shape)).replace(" ", "") + element_suffix(array) for array in task.inputs.values()]
    run_tool([converter(), "net.onnx", "inputshape=" + ",".join(shapes), "fp16=0"], task.directory)
    script = task.directory / "net_ncnn.py"
    if not script.exists():
        raise Failure("pnnx wrote no network")
    return script.read_text()


def batch_axes(script, call):
    """ncnn keeps a batch apart from the shape: which axis it is, the script that pnnx writes beside a network tells."""
    return [int(axis) for axis in re.findall(call + r".*batch_index=(\d+)", script)]


def load_network(directory):
    network = ncnn.Net()
    network.opt.num_threads = 1
    network.opt.use_fp16_packed = network.opt.use_fp16_storage = network.opt.use_fp16_arithmetic = False
    network.opt.use_bf16_storage = False
    if network.load_param(str(directory / "net.ncnn.param")) or network.load_model(str(directory / "net.ncnn.bin")):
        raise Failure("ncnn cannot load what pnnx wrote")
    return network


def load(task):
    script = convert(task)
    input_axes = batch_axes(script, r"ex\.input\(")
    output_axes = batch_axes(script, r"out\d+\.numpy\(")
    if len(input_axes) != len(task.inputs) or len(output_axes) != len(task.outputs):
        raise Failure("pnnx changed the number of inputs or outputs")
    network = load_network(task.directory)
    inputs = [ncnn.Mat(array, batch_index=axis) for array, axis in zip(task.inputs.values(), input_axes)]
    results = [None] * len(output_axes)

    def run():
        with network.create_extractor() as extractor:
            for k, mat in enumerate(inputs):
                extractor.input(f"in{k}", mat)
            for k in range(len(results)):
                status, results[k] = extractor.extract(f"out{k}")
                if status:
                    raise Failure(f"ncnn cannot compute output '{task.outputs[k]}' (status {status})")

    return Contender(run, outputs=lambda: [numpy.array(r.numpy(batch_index=a)) for r, a in zip(results, output_axes)])
