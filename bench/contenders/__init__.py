"""One file a contender. Each has a function load(task), which converts and loads the model or says why it cannot."""

import gc
import time
from dataclasses import dataclass
from pathlib import Path

import numpy

PEERS = ["onnxruntime", "openvino", "ncnn", "mnn"]

WARM_UP = 0.1  # of the time to measure


class Absent(Exception):
    """Something to install is missing."""


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
