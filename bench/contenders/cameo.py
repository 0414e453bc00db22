"""cameo: generates the network, compiles it into a library and loads that. A call runs on inputs filled in place."""

import ctypes
import json
import shlex
import time
from pathlib import Path

import numpy
from command_line import generator_options
from tools import Failure, run_tool

from contenders import WARM_UP, Contender

MOST_SAMPLES_A_SECOND = 1_000_000  # a sample lasts 2 microseconds


class Cameo(Contender):
    """Its clock is read in C++: a call from Python would take longer than a small network."""

    def __init__(self, library, outputs, facts):
        super().__init__(lambda: library.run(1), outputs, facts)
        self.library = library

    def samples(self, seconds):
        space = numpy.empty(int(seconds * MOST_SAMPLES_A_SECOND) + 1)
        duration = ctypes.c_double(seconds * 1e9)
        warm_up = ctypes.c_double(seconds * 1e9 * WARM_UP)
        return space[: self.library.measure(warm_up, duration, address(space), ctypes.c_long(len(space)))]


def address(array):
    return ctypes.c_void_p(array.ctypes.data)


def generate(task, shapes):
    generator = task.options.cameo
    model = [str(task.model), *shapes]
    structure = json.loads(run_tool([generator, "inspect", "--json", *model], task.directory))
    start = time.monotonic()
    run_tool([generator, "generate", *model, "-o", "net.hpp", "--name", "generated"], task.directory)
    facts = {"macs": structure["macs"], "generate_seconds": time.monotonic() - start}
    return structure, facts


def compile_library(task):
    options = task.options
    sources = [Path(__file__).with_name("entry.cpp"), *task.directory.glob("*.S")]
    includes = [argument for directory in [task.directory, *options.include] for argument in ("-I", directory)]
    command = [*shlex.split(options.cxx), "-std=c++20", *shlex.split(options.flags), "-fPIC", "-shared", *includes]
    start = time.monotonic()
    run_tool([*map(str, command), *map(str, sources), "-o", "net.so"], task.directory)
    seconds = time.monotonic() - start
    library = ctypes.CDLL(str(task.directory / "net.so"))
    library.run.restype = ctypes.c_double
    library.run.argtypes = [ctypes.c_long]
    library.measure.restype = ctypes.c_long
    library.input_bytes.restype = ctypes.c_size_t
    return library, seconds


def fill_inputs(library, names, inputs):
    for k, name in enumerate(names):
        if name not in inputs or library.input_bytes(k) != inputs[name].nbytes:
            raise Failure(f"the generated network has another input '{name}' than onnxruntime")
        library.fill_input(k, address(inputs[name]))


def read_outputs(library, types):
    """`types`: as cameo prints them, float32[1,10]; float32[] is a scalar."""
    results = []
    for k, text in enumerate(types):
        element, extents = text.rstrip("]").split("[")
        results.append(numpy.empty([int(extent) for extent in extents.split(",") if extent], element))
        library.copy_output(k, address(results[k]))
    return results


def load(task):
    structure, facts = generate(task, generator_options(task.options))
    library, facts["compile_seconds"] = compile_library(task)
    fill_inputs(library, [value["name"] for value in structure["inputs"]], task.inputs)
    types = [value["type"] for value in structure["outputs"]]
    return Cameo(library, lambda: read_outputs(library, types), facts)
