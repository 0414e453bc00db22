#!/usr/bin/env python3
"""Puts seeded weights into a model that is stored without them: the same bytes on every machine.

    tests/models/skeleton.py skeleton/X.onnx X.onnx

A weight that was left out keeps name, type and dims; its doc_string says what it was like, "skeleton: normal S" of mean
0 and deviation S or "skeleton: uniform A B". Its numbers are drawn by numpy's RandomState, seeded by the CRC-32 of its
name.
"""

import sys
import zlib
from pathlib import Path

import numpy as np
import onnx

SKELETONS = Path(__file__).parent / "skeleton"
MARK = "skeleton: "


def draw(weight):
    kind, *parameters = weight.doc_string.removeprefix(MARK).split()
    random = np.random.RandomState(zlib.crc32(weight.name.encode()) & 0x7FFFFFFF)
    draw_from = {
        "normal": lambda deviation: random.normal(0, deviation, tuple(weight.dims)),
        "uniform": lambda low, high: random.uniform(low, high, tuple(weight.dims)),
    }
    return draw_from[kind](*map(float, parameters))


def filled(path):
    model = onnx.load(path)
    for weight in model.graph.initializer:
        if weight.doc_string.startswith(MARK):
            weight.raw_data = draw(weight).astype("<f4").tobytes()
            weight.ClearField("doc_string")
    return model


if __name__ == "__main__":
    onnx.save(filled(sys.argv[1]), sys.argv[2])
