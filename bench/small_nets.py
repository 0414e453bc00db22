#!/usr/bin/env python3
"""Times networks of microseconds in C++, on one processor: generated code, onnxruntime, hand-written code, a spin loop.

    bench/small_nets.py --cameo build/cameo --onnxruntime-include DIRECTORY
    bench/small_nets.py model.onnx --state 'h*=n*' --floor './hand_written'

Without models, those of tests/models. State is bound: cameo keeps it in the object, for onnxruntime two bindings take
turns, so that nobody copies it. Contenders, a process each, take turns in rounds; all compute the same three runs
first, and a result further than 1e-4 from the others, relative to its largest element, counts as wrong.

loop     a call, the mean of as many in a row as last about 1 ms; the least of five such in a round
median   of samples: single calls, or means of groups that last 0.5 us, because clocks move in steps of up to 10 ns; the
         clock's own time, measured on nothing, is subtracted. p99 and p99.9 are of the same samples.
spin     p99.9 / median of a loop of dependent multiplications as long as the network's median: what the machine does
floor    the loop of --floor's program, which prints lines of a network's name and nanoseconds; of several the least
counts

A figure is the median over rounds. --against has another cameo take turns with this one, with each set of flags; a
ratio is this one's loop, or median, divided by the other's: above 1 is slower. onnxruntime runs through its C API with
I/O binding. Its library is that of the Python package; the header is not in it: it is in onnxruntime's release archives
and in libonnxruntime-dev of newer Debians.

Exit status: 0 all networks measured; 1 some not, or wrong; 2 a wrong command line, or nothing can be measured.
"""

import json
import sys
import tempfile
from pathlib import Path

import against
import command_line
import latency
import machine
import table
from latency import figures, turns
from tools import Failure

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


def load_all(options, directory):
    """Networks with all their contenders, and why onnxruntime is not among them."""
    given = [(path, options.state) for path in options.models]
    networks = [
        turns.load(path, patterns, options, directory)
        for path, patterns in given or [(MODELS / f"{n}.onnx", s) for n, s in NETWORKS.items()]
    ]
    try:
        program = latency.onnxruntime_program(options, directory / "onnxruntime")
    except Failure as failure:
        return networks, str(failure)
    for network in [network for network in networks if network.commands]:
        network.add("onnxruntime", [*program, str(network.model), *network.pairs])
    return networks, None


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    add = parser.add_argument
    add("models", metavar="MODEL", nargs="*", type=Path, help="ONNX files of fixed shapes and float32 inputs")
    add("--state", action="append", default=[], metavar="h=n", help="of the models given: bind an output to an input")
    add("--cxx", default="c++", metavar="COMMAND", help="the compiler (default: c++)")
    add(
        "--flags",
        action="append",
        help="its options; give it once for each build (default: -O3 -march=native and -O3 -march=x86-64-v3)",
    )
    add("--floor", metavar="COMMAND", help="a program that prints name and nanoseconds, run once each round")
    add("--onnxruntime-include", type=Path, metavar="DIRECTORY", help="of onnxruntime_c_api.h")
    add(
        "--seconds",
        type=command_line.above_zero,
        default=3.0,
        help="to measure each contender on each network (default: 3)",
    )
    add("--rounds", type=int, default=10, help="turns that share these seconds (default: 10)")
    against.add_arguments(parser)
    options = command_line.parse(parser)
    against.settle(parser, options)
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
            turns.play_round(network, spin, options, directory, turn)
        if options.floor:
            floors.append(turns.run_floor(options, directory))
    return [figures.summarize(network, options, floors) for network in networks], left_out


def print_against(facts):
    print("\n" + against.facts_text(facts["against"]))
    print(table.text(*figures.against_cells(facts), left=2))
    summaries = facts["against"]["summary"].items()
    print("this / other: " + "; ".join(f"{name} {against.summary_text(found)}" for name, found in summaries))


def main():
    options = parse_arguments()
    try:
        facts = {"processor": machine.stay_on(options.processor), "processor_name": machine.processor_name()}
        facts |= {"cxx": options.cxx, "flags": options.flags, "seconds": options.seconds, "rounds": options.rounds}
        facts["versions"] = machine.versions(options.cameo, [])
        facts["against"] = against.facts(options)
        with tempfile.TemporaryDirectory(prefix="cameo_small_nets_") as directory:
            facts["models"], facts["onnxruntime_problem"] = measure(options, Path(directory))
        if options.against:
            facts["against"]["summary"] = figures.against_summary(facts["models"])
    except (Failure, ValueError) as error:
        print(f"small_nets.py: {error}", file=sys.stderr)
        return 2
    print(f"processor {facts['processor']}, {facts['processor_name']}; {options.cxx} {options.flags[0]}")
    print(table.text(*figures.cells(facts)))
    if facts["onnxruntime_problem"]:
        print(f"onnxruntime is left out: {facts['onnxruntime_problem']}")
    problems = [
        f"{row['model']}, {name}: {problem}" for row in facts["models"] for name, problem in row["problems"].items()
    ]
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    if options.against:
        print_against(facts)
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
