"""MNN, as a session: a call copies the inputs in, runs and copies the results out. Its own mnnconvert converts."""

import sys

import MNN
import numpy
from tools import Failure, run_tool

from contenders import Contender

# Without its log module, which installs a package and reports to MNN's makers, the converter only converts.
CONVERT = """import sys
sys.modules["MNN.tools.utils.log"] = None
from MNN.tools.mnnconvert import main
sys.exit(main())"""
ONE_THREAD = {"backend": "CPU", "numThread": 1, "precision": "high"}  # high: float32
ROW_MAJOR = MNN.Tensor_DimensionType_Caffe
ELEMENTS = {
    "float32": MNN.Halide_Type_Float,
    "int32": MNN.Halide_Type_Int,
    "int64": MNN.Halide_Type_Int64,
    "uint8": MNN.Halide_Type_Uint8,
}


def convert(task):
    file = task.directory / "net.mnn"
    arguments = ["-f", "ONNX", "--modelFile", task.model, "--MNNModel", file, "--bizCode", "none"]
    run_tool([sys.executable, "-c", CONVERT, *map(str, arguments)], task.directory)
    if not file.exists():
        raise Failure("mnnconvert wrote no network")
    return file


def host_tensor(array):
    if array.dtype.name not in ELEMENTS:
        raise Failure(f"MNN's session takes no inputs of {array.dtype}")
    return MNN.Tensor(array.shape, ELEMENTS[array.dtype.name], array, ROW_MAJOR)


def load(task):
    interpreter = MNN.Interpreter(str(convert(task)))
    session = interpreter.createSession(ONE_THREAD)
    inside = interpreter.getSessionInputAll(session)
    missing = [name for name in task.inputs if name not in inside]
    if missing:
        raise Failure(f"mnnconvert left out input '{missing[0]}'")
    for name, array in task.inputs.items():
        interpreter.resizeTensor(inside[name], array.shape)
    interpreter.resizeSession(session)
    pairs = [(inside[name], host_tensor(array)) for name, array in task.inputs.items()]

    results = []
    for name in task.outputs:
        result = interpreter.getSessionOutput(session, name)
        space = numpy.zeros(result.getShape(), numpy.float32)
        results.append((result, MNN.Tensor(result.getShape(), result.getDataType(), space, ROW_MAJOR)))

    def run():
        for to, source in pairs:
            to.copyFrom(source)
        if interpreter.runSession(session):
            raise Failure("MNN cannot run the session")
        for result, host in results:
            result.copyToHostTensor(host)

    return Contender(run, outputs=lambda: [numpy.array(host.getNumpyData()) for _, host in results])
