"""Speech, as espeak-ng speaks it."""

import tempfile
import wave
from pathlib import Path

import numpy as np
from scipy import signal
from shared import run_tool

RATE = 16000
TEXT = (
    "The north wind and the sun were disputing which was the stronger, "
    "when a traveller came along wrapped in a warm cloak. "
    "They agreed that the one who first made the traveller take his cloak off "
    "should be considered stronger than the other."
)


def spoken():
    """At 16 kHz, between -1 and 1."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "speech.wav"
        run_tool(["espeak-ng", "-w", str(path), TEXT], directory)
        with wave.open(str(path)) as file:
            rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return signal.resample_poly(samples / 32768, RATE, rate).astype(np.float32)


def frames(count, length, context):
    """So many pieces, one after another, each with the last samples of the one before in front: silence, then
    speech."""
    new = length - context
    samples = np.concatenate([np.zeros(context + 5 * new, np.float32), spoken()])
    return [samples[k * new : k * new + length] for k in range(count)]
