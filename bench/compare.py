#!/usr/bin/env python3
"""Sets generated code beside onnxruntime, openvino, ncnn and MNN, on one processor with one thread.

    pip install -r bench/requirements.txt
    pip install --no-deps pnnx==20261020     # converts for ncnn; its dependencies serve other uses
    bench/compare.py model.onnx ... --cameo build/cameo

Contenders take turns, in rounds, so that whatever else the machine does hits all alike. Each runs in a process of its
own on the same inputs. A result further than 1e-4 from onnxruntime's without optimizations, relative to its largest
element, counts as wrong, and its time does not count; that of a quantized network is compared in steps of the output's
scale (bench/steps.py). No contender copies inputs or results where its interface lets it do without; cameo's are filled
and read in place. A peer's sample is one call from Python. A sample of cameo is measured in C++: one call, or the mean
of as many as last 2 microseconds, which smooths the p99 of the smallest networks. A ratio is the other's median divided
by this one's: above 1 is faster. With --against, another cameo takes turns, too; that ratio is this one's time divided
by the other's: above 1 is slower.

Exit status: 0 all models measured; 1 cameo has no time on some model; 2 a wrong command line, or it cannot be done.
"""

import argparse
import json
import shlex
import statistics
import sys
import tempfile
from pathlib import Path

try:
    import numpy  # noqa: F401  (all that follows needs it)
except ImportError:
    sys.exit("compare.py: numpy is not installed: pip install -r bench/requirements.txt")

import against
import command_line
import machine
import reference
import report
from contenders import PEERS, Task, repeat
from latency.turns import in_turn
from steps import Steps
from tools import Failure
from worker import Worker


def peer_list(text):
    names = text.split(",")
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"'{name}' is not one of {', '.join(PEERS)}")
    return names


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    command_line.add_models(parser)
    command_line.add_compiler(parser)
    add = parser.add_argument
    add("--peers", type=peer_list, default=PEERS, metavar="A,B", help=f"of {','.join(PEERS)} (default: all)")
    add(
        "--seconds",
        type=command_line.above_zero,
        default=3.0,
        help="to measure each contender on each model (default: 3)",
    )
    add("--rounds", type=int, default=10, help="turns that share these seconds (default: 10)")
    add("--peak", type=command_line.above_zero, metavar="GFLOPS", help="of one processor; measured otherwise")
    against.add_arguments(parser)
    options = command_line.parse(parser)
    against.settle(parser, options)
    options.rounds = max(options.rounds, 1)
    return options


def contenders(options):
    return ["cameo", *(["against"] if options.against else []), *options.peers]


def take_turns(workers, options):
    for turn in range(options.rounds):
        for worker in in_turn(workers, turn):
            if worker.state == "ready":
                worker.measure(options.seconds / options.rounds)


def compare(model, options, directory):
    """Loads, checks and measures all contenders on one model. Returns a row for each, cameo's first."""
    inputs, outputs, references = reference.evaluate(model, options)
    if reference.says_little(references):
        print(f"\nwarning: {model.stem}: hardly a result is above 1e-6 of the largest: that they agree says little")
    workers, steps = [], Steps(model)
    try:
        for name in contenders(options):
            workers.append(Worker(name, Task(model.resolve(), inputs, outputs, directory / name, options)))
            workers[-1].load()
            check(workers[-1], references, steps)
        take_turns(workers, options)
        return [report.row_of(worker) for worker in workers]
    finally:
        for worker in workers:
            worker.close()


def check(worker, references, steps):
    if worker.state != "ready":
        return
    worker.error = reference.deviations(worker.outputs, references)
    problem = "" if worker.error[0] < reference.LARGEST_ERROR else f"relative error {worker.error[0]:.1e}"
    if problem and steps.quantized:
        problem = steps.problem(worker.outputs, references, worker.error[1])
    if problem:
        worker.state, worker.message = "wrong result", problem


def compare_or_explain(model, options, peak):
    rows, problem = [], None
    with tempfile.TemporaryDirectory(prefix="cameo_compare_") as directory:
        try:
            rows = compare(model, options, Path(directory))
        except Exception as error:  # whatever onnxruntime throws when it is to compute the reference
            problem = "fails, without a reference: " + str(error).strip().splitlines()[0]
    return report.summarize(model.stem, rows, peak) | {"problem": problem}


def prepare(options):
    """Settles on a processor; returns the facts about it and about the contenders."""
    processor = machine.stay_on(options.processor)
    versions = machine.versions(options.cameo, options.peers)
    if versions["onnxruntime"] == "absent":
        raise Failure("onnxruntime computes what results are held against: pip install -r bench/requirements.txt")
    with tempfile.TemporaryDirectory(prefix="cameo_compare_") as directory:
        compiler, flags = shlex.split(options.cxx), shlex.split(options.flags)
        peak = options.peak or machine.peak_gflops(compiler, flags, Path(directory))
    return {
        "processor": processor,
        "processor_name": machine.processor_name(),
        "peak_gflops": peak,
        "empty_call_ns": statistics.median(
            repeat(lambda: None, 0.05)
        ),  # that Python's clock shows for a call of nothing
        "cxx": options.cxx,
        "flags": options.flags,
        "versions": versions,
        "against": against.facts(options),
    }


def main():
    options = parse_arguments()
    try:
        facts = prepare(options)
    except (Failure, ValueError) as error:
        print(f"compare.py: {error}", file=sys.stderr)
        return 2
    report.print_facts(facts)
    results = []
    for model in options.models:
        results.append(compare_or_explain(model, options, facts["peak_gflops"]))
        report.print_model(results[-1])
    if options.against:
        ratios = {result["model"]: result["against"] for result in results if result["against"]}
        facts["against"]["summary"] = against.summarize(ratios)
    if options.json:
        options.json.write_text(json.dumps({**facts, "models": results}, indent=2) + "\n")
    report.print_medians(results, contenders(options))
    print(report.last_line(results))
    if options.against:
        print("this / other: " + against.summary_text(facts["against"]["summary"]))
    return 0 if all(report.cameo_row(result).get("median_ns") for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
