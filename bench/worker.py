"""A contender in a process of its own: one that crashes or hangs does not end the comparison, and no thread pool or
allocator is shared. All wait while one works."""

import importlib
import multiprocessing
import os
import signal

import numpy
from contenders import Absent
from tools import Failure

LOAD_SECONDS = 1800  # conversion and compilation of the largest networks take minutes


def describe(error):
    lines = str(error).strip().splitlines() or [""]
    return lines[0] if isinstance(error, (Absent, Failure)) else f"{type(error).__name__}: {lines[0]}".rstrip(": ")


def load(name, task):
    """What the parent is told first: state, message, outputs, facts; and the contender."""
    try:
        contender = importlib.import_module(f"contenders.{name}").load(task)
        for _ in range(2):  # results must not depend on what an earlier call left
            contender.run()
        outputs = [numpy.array(output) for output in contender.outputs()]
        return ("ready", "", outputs, contender.facts), contender
    except ModuleNotFoundError as error:
        return ("absent", f"Python package {error.name} is not installed", [], {}), None
    except Absent as error:
        return ("absent", describe(error), [], {}), None
    except Exception as error:  # whatever a peer throws is a row in the table
        return ("fails", describe(error), [], {}), None


def serve(connection, name, task):
    with open(task.directory / "log.txt", "w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    report, contender = load(name, task)
    connection.send(report)
    while contender and (seconds := connection.recv()) is not None:
        try:
            connection.send(contender.samples(seconds))
        except Exception as error:
            connection.send(describe(error))


class Worker:
    """Call load(), then measure() while state is "ready", then close()."""

    def __init__(self, name, task):
        self.name = name
        self.state, self.message = "fails", ""
        self.outputs, self.facts, self.samples = [], {}, []
        self.error = None  # relative, set by who knows the reference
        task.directory.mkdir()
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, name, task), daemon=True)
        self.process.start()
        other.close()

    def load(self):
        answer = self.receive(LOAD_SECONDS)
        if answer is not None:
            self.state, self.message, self.outputs, self.facts = answer

    def measure(self, seconds):
        self.connection.send(seconds)
        answer = self.receive(LOAD_SECONDS)
        if isinstance(answer, str):
            self.state, self.message = "fails", answer
        elif answer is not None:
            self.samples.append(answer)

    def receive(self, seconds):
        try:
            if self.connection.poll(seconds):
                return self.connection.recv()
            self.message = f"no answer in {seconds} seconds"
        except (EOFError, ConnectionError):
            self.process.join()
            code = self.process.exitcode
            self.message = f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit status {code}"
        self.state = "fails"
        return None

    def close(self):
        self.process.kill()
        self.process.join()
        self.connection.close()
