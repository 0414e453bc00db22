#!/usr/bin/env python3
"""Times networks of microseconds in C++, on one processor: generated code, onnxruntime, hand-written code, a spin loop.

    bench/small_nets.py --cameo build/cameo --onnxruntime-include DIRECTORY
    bench/small_nets.py model.onnx --state 'h*=n*' --floor './hand_written'

Without models, those of tests/models. State is bound: cameo keeps it in the object, for onnxruntime two bindings take
turns, so that nobody copies it. Contenders, a process each, take turns in rounds; all compute the same three runs first,
and a result further than 1e-4 from the others, relative to its largest element, counts as wrong.

loop     a call, the mean of many in a row; the least of five such in a round
median   of samples: single calls, or means of groups that last 0.5 us, because clocks move in steps of up to 10 ns; the
         clock's own time, measured on nothing, is subtracted. p99 and p99.9 are of the same samples.
spin     p99.9 / median of a loop of dependent multiplications as long as the network's median: what the machine does
floor    the loop of --floor's program, which prints lines of a network's name and nanoseconds; of several the least counts

A figure is the median over rounds. onnxruntime runs through its C API with I/O binding. Its library is that of the Python
package; the header is not in it: it is in onnxruntime's release archives and in libonnxruntime-dev of newer Debians.

Exit status: 0 all networks measured; 1 some not, or wrong; 2 a wrong command line, or nothing can be measured.
"""
import json
import statistics
import sys
import tempfile
from pathlib import Path

import command_line
import latency
import machine
import table
from tools import Failure, run_tool

MODELS = command_line.ROOT / "tests" / "models"
NETWORKS = {
    "mlp_jet": [],
    "mlp_ctrl": [],
    "lstm16": ["h0=h1", "c0=c1"],
    "lstm40": ["h0=h1", "c0=c1"],
    "gru16": ["h0=h1"],
    "gru40": ["h0=h1"],
    "wavenet_std_b64": ["h*=n*"],
    "mnist_cnn": [],
}
LARGEST_ERROR = 1e-4
FIGURES = ["loop_ns", "median_ns", "p99_ns", "p99_9_ns"]


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
    network, place = Network(model.resolve()), directory / model.stem
    place.mkdir()
    for k, flags in enumerate(options.flags):
        try:
            network.pairs = latency.state_pairs(network.model, patterns, options, place)
            network.add(flags, latency.cameo_command(network.model, network.pairs, flags, options, place / str(k)))
        except Failure as failure:
            network.leave_out(flags, failure)
    return network


def load_all(options, directory):
    """Networks with all their contenders, and why onnxruntime is not among them."""
    given = [(path, options.state) for path in options.models]
    networks = [load(path, patterns, options, directory) for path, patterns in given or [(MODELS / f"{n}.onnx", s) for n, s in NETWORKS.items()]]
    try:
        program = latency.onnxruntime_program(options, directory / "onnxruntime")
    except Failure as failure:
        return networks, str(failure)
    for network in [network for network in networks if network.commands]:
        network.add("onnxruntime", [*program, str(network.model), *network.pairs])
    return networks, None


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


def largest_error(results, reference):
    if len(results) != len(reference):
        return float("inf")
    largest = max(map(abs, reference), default=0)
    return max((abs(a - b) for a, b in zip(results, reference)), default=0) / (largest or 1)


def check(network):
    """Against onnxruntime, or one another: whoever computes something else is left out."""
    names = sorted((name for name in network.commands if name != "spin"), key=lambda name: name != "onnxruntime")
    for name in names[1:]:
        error = largest_error(network.rounds[name][0]["results"], network.rounds[names[0]][0]["results"])
        if not error < LARGEST_ERROR:
            network.leave_out(name, f"wrong result: relative error {error:.1e} beside {names[0]}")


def summarize(network, options, floors):
    check(network)
    row = {"model": network.model.stem, "contenders": {}, "problems": network.problems}
    for name in network.commands:
        rounds = network.rounds[name]
        row["contenders"][name] = {key: statistics.median(r[key] for r in rounds) for key in FIGURES}
        row["contenders"][name] |= {"calls": rounds[-1]["calls"], "samples": sum(r["samples"] for r in rounds)}
    nanoseconds = [floor[network.model.stem] for floor in floors if network.model.stem in floor]
    row["floor_ns"] = statistics.median(nanoseconds) if nanoseconds else None
    return row


def cells(results):
    """Header and rows, as text. Ratios of loops are to cameo's with the first flags."""
    first, *others = results["flags"]
    header = ["network", "loop", "median", "p99 / median", "p99.9 / median", "spin", *(column for flags in others for column in (flags, "x"))]
    header += ["floor", "x floor", "onnxruntime", "x faster"]
    rows = []
    for row in results["models"]:
        found = row["contenders"]
        cameo, spin = found.get(first), found.get("spin")
        if not cameo:
            rows.append([row["model"], "fails", *["-"] * (len(header) - 2)])
            continue
        line = [row["model"], table.time_text(cameo["loop_ns"]), table.time_text(cameo["median_ns"])]
        line += [f"{cameo[key] / cameo['median_ns']:.2f}" for key in ("p99_ns", "p99_9_ns")]
        line.append(f"{spin['p99_9_ns'] / spin['median_ns']:.2f}" if spin else "-")
        loops = [found.get(flags, {}).get("loop_ns") for flags in others] + [row["floor_ns"], found.get("onnxruntime", {}).get("loop_ns")]
        for k, loop in enumerate(loops):
            # Of the floor, how many times its time cameo takes; of the others, how many times cameo's they take.
            ratio = loop and (cameo["loop_ns"] / loop if k == len(others) else loop / cameo["loop_ns"])
            line += [table.time_text(loop), f"{ratio:.2f}"] if loop else ["-", "-"]
        rows.append(line)
    return header, rows


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    add = parser.add_argument
    add("models", metavar="MODEL", nargs="*", type=Path, help="ONNX files of fixed shapes and float32 inputs")
    add("--state", action="append", default=[], metavar="h=n", help="of the models given: bind an output to an input")
    add("--cxx", default="c++", metavar="COMMAND", help="the compiler (default: c++)")
    add("--flags", action="append", help="its options; give it once for each build (default: -O3 -march=native and -O3 -march=x86-64-v3)")
    add("--floor", metavar="COMMAND", help="a program that prints name and nanoseconds, run once each round")
    add("--onnxruntime-include", type=Path, metavar="DIRECTORY", help="of onnxruntime_c_api.h")
    add("--seconds", type=command_line.above_zero, default=3.0, help="to measure each contender on each network (default: 3)")
    add("--rounds", type=int, default=10, help="turns that share these seconds (default: 10)")
    options = command_line.parse(parser)
    options.rounds = max(options.rounds, 1)
    options.flags = list(dict.fromkeys(options.flags or ["-O3 -march=native", "-O3 -march=x86-64-v3"]))
    return options


def measure(options, directory):
    """All rows, and why onnxruntime is left out."""
    (directory / "spin").mkdir()
    spin = latency.compile_program("spin", "-O3", options, directory / "spin")
    networks, left_out = load_all(options, directory)
    floors = []
    for turn in range(options.rounds):
        for network in networks:
            play_round(network, spin, options, directory, turn)
        if options.floor:
            floors.append(run_floor(options, directory))
    return [summarize(network, options, floors) for network in networks], left_out


def main():
    options = parse_arguments()
    try:
        facts = {"processor": machine.stay_on(options.processor), "processor_name": machine.processor_name()}
        facts |= {"cxx": options.cxx, "flags": options.flags, "seconds": options.seconds, "rounds": options.rounds}
        facts["versions"] = machine.versions(options.cameo, [])
        with tempfile.TemporaryDirectory(prefix="cameo_small_nets_") as directory:
            facts["models"], facts["onnxruntime_problem"] = measure(options, Path(directory))
    except (Failure, ValueError) as error:
        print(f"small_nets.py: {error}", file=sys.stderr)
        return 2
    print(f"processor {facts['processor']}, {facts['processor_name']}; {options.cxx} {options.flags[0]}")
    print(table.text(*cells(facts)))
    if facts["onnxruntime_problem"]:
        print(f"onnxruntime is left out: {facts['onnxruntime_problem']}")
    problems = [f"{row['model']}, {name}: {problem}" for row in facts["models"] for name, problem in row["problems"].items()]
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
