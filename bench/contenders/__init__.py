"""One file a contender. Each has a function load(task), which converts and loads the model or says why it cannot."""
import gc
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import numpy

PEERS = ["onnxruntime", "openvino", "ncnn", "mnn"]

WARM_UP = 0.1  # of the time to measure


class Absent(Exception):
    """Something to install is missing."""


class Failure(Exception):
    """The model cannot be run; the text says why, and needs no name of an exception before it."""


@dataclass
class Task:
    model: Path
    inputs: dict  # of arrays, by name, in the model's order
    outputs: list  # of names
    directory: Path  # for what the contender writes
    options: object  # the command line


def repeat(run, seconds):
    """Calls run() until the time is over, at least once. Returns the nanoseconds of each call."""
    clock = time.perf_counter_ns
    samples = []
    stop = 0
    end = clock() + seconds * 1e9
    while stop < end:
        start = clock()
        run()
        stop = clock()
        samples.append(stop - start)
    return samples


class Contender:
    """A loaded model. `facts` are shown in the report: compile_seconds, macs."""

    def __init__(self, run, outputs, facts=None):
        self.run = run
        self.outputs = outputs
        self.facts = facts or {}

    def samples(self, seconds):
        """The nanoseconds of each call, from Python."""
        gc.disable()
        # Another contender has just run: its data is in the caches.
        repeat(self.run, seconds * WARM_UP)
        return numpy.array(repeat(self.run, seconds), dtype=float)


def run_tool(command, directory):
    """Runs a converter or compiler; a failure ends in its last words."""
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise Failure(f"{command[0]}: cannot be started: {error.strerror}") from error
    if done.returncode == 0:
        return done.stdout
    said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
    # Compilers begin with the cause, converters end with it.
    errors = [line for line in said if "error" in line.lower()]
    status = f"signal {-done.returncode}" if done.returncode < 0 else f"exit status {done.returncode}"
    raise Failure(f"{Path(command[0]).name} ended with {status}: {(errors or said[-1:])[0].strip()}")
