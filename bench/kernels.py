#!/usr/bin/env python3
"""Times each distinct layer of a network alone, on one processor: where its time goes, and how far each is from a
limit.

    bench/kernels.py model.onnx ... --cameo build/cameo
    bench/kernels.py model.onnx --cxx clang++ --flags "-O3 -march=x86-64-v3"

Layers of the same operator, attributes, operand types and storage share an instance of a kernel; they are one row,
which names the first. Google Benchmark (libbenchmark-dev) calls it over and over, on random inputs at the places of the
memory plan, so that operands and weights come from whichever cache holds them. A time is the median of repetitions, of
the time on the processor. The last line compares their sum with the network as a whole, in which weights may come from
memory.

FLOPs are those of the definition, two for each multiplication: a Winograd layer may exceed the peak. GB/s are bytes of
operands and results, each once, through time; beside it the share of the rate at which as many bytes are only read.

Exit status: 0 all models measured; 1 some not; 2 a wrong command line, or nothing can be measured.
"""

import json
import re
import shlex
import statistics
import sys
import tempfile
from pathlib import Path

import command_line
import machine
import table
from tools import Failure, run_tool

HERE = Path(__file__).resolve().parent
REPETITIONS = 5
HEADER = [
    "layer",
    "operator",
    "result",
    "attributes",
    "of it",
    "time",
    "share",
    "MFLOP",
    "GFLOP/s",
    "of peak",
    "GB/s",
    "of reading",
]


def build(model, options, directory):
    """The program that measures, and the layers by step."""
    arguments = [str(model.resolve()), *command_line.generator_options(options)]
    structure = json.loads(run_tool([options.cameo, "inspect", "--json", *arguments], directory))
    run_tool([options.cameo, "generate", *arguments, "-o", "generated.hpp", "--name", "generated"], directory)
    sources = [HERE / "kernels.cpp", *directory.glob("*.S")]
    includes = [f"-I{path}" for path in [directory, HERE, *options.include]]
    compiler = [*shlex.split(options.cxx), "-std=c++20", *shlex.split(options.flags), *includes]
    run_tool([*compiler, *map(str, sources), "-o", "kernels", "-lbenchmark", "-lpthread"], directory)
    return directory / "kernels", {layer["step"]: layer for layer in structure["layers"]}


def run(program, options, directory):
    """What Google Benchmark measured: a list of repetitions for each name."""
    seconds = options.seconds / REPETITIONS
    arguments = ["--benchmark_format=json", f"--benchmark_min_time={seconds}", f"--benchmark_repetitions={REPETITIONS}"]
    found = json.loads(run_tool([str(program), *arguments, "--benchmark_enable_random_interleaving=true"], directory))
    runs = {}
    for repetition in found["benchmarks"]:
        if repetition["run_type"] == "iteration":
            runs.setdefault(repetition["run_name"], []).append(repetition)
    return runs


def describe(repetitions, layers):
    """A row: what a layer is and its time."""
    steps = [int(step) for step in repetitions[0]["label"].split(",")]
    layer = layers[steps[0]]
    names = [layers[step]["name"] for step in steps]
    row = {key: layer[key] for key in ("operator", "result", "storage", "attributes", "macs")}
    row |= {
        "name": names[0] or layer["operator"],
        "layers": names,
        "steps": steps,
        "bytes": int(repetitions[0]["bytes"]),
    }
    return row | {"nanoseconds": statistics.median(repetition["cpu_time"] for repetition in repetitions)}


def add_rates(rows, peak, bandwidths):
    whole = sum(row["nanoseconds"] * len(row["steps"]) for row in rows)
    for row, bandwidth in zip(rows, bandwidths):
        row["share"] = row["nanoseconds"] * len(row["steps"]) / whole
        row["gflops"] = 2 * row["macs"] / row["nanoseconds"]
        row["share_of_peak"] = row["gflops"] / peak
        row["gigabytes_a_second"] = row["bytes"] / row["nanoseconds"]
        row["share_of_reading"] = row["gigabytes_a_second"] / bandwidth
    return sorted(rows, key=lambda row: -row["share"])


def measure(model, options, facts):
    with tempfile.TemporaryDirectory(prefix="cameo_kernels_") as name:
        directory = Path(name)
        program, layers = build(model, options, directory)
        runs = run(program, options, directory)
        network = statistics.median(repetition["cpu_time"] for repetition in runs.pop("network"))
        rows = [describe(repetitions, layers) for repetitions in runs.values()]
        compiler, flags = shlex.split(options.cxx), shlex.split(options.flags)
        bandwidths = machine.read_bandwidths(compiler, flags, directory, [row["bytes"] for row in rows])
        return {"network_nanoseconds": network, "kernels": add_rates(rows, facts["peak_gflops"], bandwidths)}


def short(attributes):
    """`window={.strides = {2, 2}} then=cameo::relu(cameo::operand<0>)` as `strides={2,2} then=relu(0)`."""
    text = re.sub(r"cameo::|window=|operand<(\d+)>", r"\1", attributes)
    text = re.sub(r" = ", "=", text).replace(", ", ",")
    text = re.sub(r"\{(\.[^ ]*)\}", r"\1", text).replace(".", "")
    return text if len(text) <= 60 else text[:57] + "..."


def cells(row):
    much = row["gflops"] >= 0.05
    line = [row["name"], row["operator"], row["result"], short(row["attributes"]), str(len(row["steps"]))]
    line += [table.time_text(row["nanoseconds"]), f"{row['share']:.1%}", f"{2e-6 * row['macs']:.4g}" if much else "-"]
    line += [f"{row['gflops']:.1f}", f"{row['share_of_peak']:.0%}"] if much else ["-", "-"]
    return line + [f"{row['gigabytes_a_second']:.1f}", f"{row['share_of_reading']:.0%}"]


def print_model(result):
    print(f"\n{result['model']}")
    if "problem" in result:
        print(f"  fails: {result['problem']}", flush=True)
        return
    print(table.text(HEADER, [cells(row) for row in result["kernels"]], left=4))
    whole = sum(row["nanoseconds"] * len(row["steps"]) for row in result["kernels"])
    count = sum(len(row["steps"]) for row in result["kernels"])
    print(
        (
            f"{count} layers of {len(result['kernels'])} kinds: {table.time_text(whole)}; the network "
            f"{table.time_text(result['network_nanoseconds'])}"
        ),
        flush=True,
    )


def measure_or_explain(model, options, facts):
    try:
        return {"model": model.stem} | measure(model, options, facts)
    except Failure as failure:
        return {"model": model.stem, "problem": str(failure)}


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    command_line.add_models(parser)
    command_line.add_state(parser)
    command_line.add_compiler(parser)
    parser.add_argument(
        "--seconds", type=command_line.above_zero, default=0.25, help="to measure each distinct layer (default: 0.25)"
    )
    return command_line.parse(parser)


def main():
    options = parse_arguments()
    try:
        facts = {
            "processor": machine.stay_on(options.processor),
            "processor_name": machine.processor_name(),
            "cxx": options.cxx,
            "flags": options.flags,
        }
        with tempfile.TemporaryDirectory(prefix="cameo_kernels_") as directory:
            facts["peak_gflops"] = machine.peak_gflops(
                shlex.split(options.cxx), shlex.split(options.flags), Path(directory)
            )
    except (Failure, ValueError) as error:
        print(f"kernels.py: {error}", file=sys.stderr)
        return 2
    print(
        (
            f"processor {facts['processor']}, {facts['processor_name']}, {facts['peak_gflops']:.1f} GFLOP/s at "
            f"most; {options.cxx} {options.flags}"
        )
    )
    facts["models"] = []
    for model in options.models:
        facts["models"].append(measure_or_explain(model, options, facts))
        print_model(facts["models"][-1])
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if any("problem" in model for model in facts["models"]) else 0


if __name__ == "__main__":
    sys.exit(main())
