"""Networks and their contenders, which take turns."""

import tempfile
from pathlib import Path

import against
from tools import Failure, run_tool

import latency


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
    for flags in options.flags:
        builds = {flags: options}
        if options.against:
            builds[against.name_of(flags)] = against.options_of(options)
        for name, build in builds.items():
            try:
                network.pairs = latency.state_pairs(network.model, patterns, options, place)
                own = place / str(len(network.commands) + len(network.problems))
                network.add(name, latency.cameo_command(network.model, network.pairs, flags, build, own))
            except Failure as failure:
                network.leave_out(name, failure)
    return network


def in_turn(contenders, turn):
    """Another one begins every other round, and rounds go forwards and backwards: what happens at regular intervals, or
    what one leaves behind for the next, does not always hit the same."""
    start = turn // 2 % max(len(contenders), 1)
    return (contenders[start:] + contenders[:start])[:: -1 if turn % 2 else 1]


def play_round(network, spin, options, directory, turn):
    """The spin loop, which is to last as long as the first of cameo's, is last."""
    for name in in_turn([name for name in network.commands if name != "spin"], turn):
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
