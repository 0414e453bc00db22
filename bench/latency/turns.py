"""Networks and their contenders, which take turns."""
import tempfile
from pathlib import Path

import latency
from tools import Failure, run_tool


class Network:
    """A model, its contenders by name (commands without the seconds), and what each measured in every round."""

    def __init__(self, model):
        self.model, self.pairs = model, []
        self.commands, self.rounds, self.problems = {}, {}, {}

    def add(self, name, command):
        self.commands[name] = command
        self.rounds[name] = []

    def leave_out(self, name, problem):
        self.commands.pop(name, None)
        self.problems[name] = str(problem)

    def take_turn(self, name, seconds, directory):
        program, *arguments = self.commands[name]
        try:
            self.rounds[name].append(latency.run(program, arguments, seconds, directory))
        except Failure as failure:
            self.leave_out(name, failure)


def load(model, patterns, options, directory):
    """Generates and compiles a model with each set of flags."""
    network, place = Network(model.resolve()), Path(tempfile.mkdtemp(dir=directory))
    for k, flags in enumerate(options.flags):
        try:
            network.pairs = latency.state_pairs(network.model, patterns, options, place)
            network.add(flags, latency.cameo_command(network.model, network.pairs, flags, options, place / str(k)))
        except Failure as failure:
            network.leave_out(flags, failure)
    return network


def play_round(network, spin, options, directory, turn):
    """Another contender begins each time. The spin loop, which is to last as long as the first of cameo's, is last."""
    names = list(network.commands)
    start = turn % max(len(names), 1)
    for name in names[start:] + names[:start]:
        if name != "spin":
            network.take_turn(name, options.seconds / options.rounds, directory)
    first = network.rounds.get(options.flags[0])
    if first:
        network.rounds.setdefault("spin", [])
        network.commands["spin"] = [spin, str(first[-1]["median_ns"])]
        network.take_turn("spin", options.seconds / options.rounds, directory)


def run_floor(options, directory):
    """Nanoseconds by name, the least of each."""
    found = {}
    for line in run_tool(["/bin/sh", "-c", options.floor], directory).splitlines():
        name, _, nanoseconds = line.rpartition(" ")
        found[name] = min(float(nanoseconds), found.get(name, float("inf")))
    return found
