"""One processor, one thread, the most arithmetic that it can do, and what is installed."""

import importlib.metadata
import os
from pathlib import Path

from tools import run_tool

# Read by libraries when they are loaded: before any of them is imported, here or in a worker.
ENVIRONMENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "KMP_BLOCKTIME": "0",  # an idle thread would take the processor from the contender that works
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def stay_on(processor):
    """Keeps this process and those that it starts on one processor; the last one allowed when none is given."""
    os.environ.update(ENVIRONMENT)
    allowed = sorted(os.sched_getaffinity(0))
    if processor is None:
        processor = allowed[-1]
    elif processor not in allowed:
        raise ValueError(f"processor {processor} is not one of {', '.join(map(str, allowed))}")
    os.sched_setaffinity(0, {processor})
    return processor


def processor_name():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown processor"


def versions(cameo, peers):
    """Of cameo and of the Python packages of peers."""
    found = {"cameo": run_tool([cameo, "--version"], ".").strip()}
    converters = ["pnnx"] if "ncnn" in peers else []
    for package in dict.fromkeys(["onnxruntime", *peers, *converters]):
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "absent"
    return found


def build_and_run(name, arguments, compiler, flags, directory):
    """Of a program here, with the compiler and flags that the networks get: the width of vectors follows from them."""
    source = Path(__file__).with_name(f"{name}.cpp")
    run_tool([*compiler, "-std=c++20", *flags, str(source), "-o", name], directory)
    return [float(line) for line in run_tool([str(directory / name), *arguments], directory).split()]


def peak_gflops(compiler, flags, directory):
    return build_and_run("peak", [], compiler, flags, directory)[0]


def read_bandwidths(compiler, flags, directory, sizes):
    """GB/s for each number of bytes that is read over and over."""
    return build_and_run("bandwidth", [str(size) for size in sizes], compiler, flags, directory)
