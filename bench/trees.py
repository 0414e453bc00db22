#!/usr/bin/env python3
"""Times ensembles of trees in C++, on one processor: generated code, onnxruntime, lleaves and tl2cgen.

    pip install -r bench/requirements_trees.txt
    bench/trees.py --cameo build/cameo --onnxruntime-include DIRECTORY

Random forests of scikit-learn and boosted ensembles of LightGBM and XGBoost, of 28 features, are trained on drawn
numbers, exported to ONNX by their converters, and computed for one row and for 1,000 rows a call. Each call has other
rows, of 20,000: a processor that has seen a row before knows which way it goes. Contenders take turns in rounds as in
small_nets.py, which says what is measured; all compute the same first rows. cameo and onnxruntime copy them to their
inputs, which is a part of the call; lleaves and tl2cgen get them as they take them. lleaves takes LightGBM only.

compiled: seconds to generate and compile with -O3, of cameo and of tl2cgen's C, which is compiled for one row only.

Exit status: 0 all measured; 1 some not, or wrong; 2 a wrong command line.
"""

import functools
import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import against
import command_line
import ensembles
import latency
import machine
import table
from latency import figures, turns
from tools import Failure, run_tool

CAMEO, ONNXRUNTIME, LLEAVES, TL2CGEN = "cameo", "onnxruntime", "lleaves", "tl2cgen"
PEERS = ONNXRUNTIME, LLEAVES, TL2CGEN
PACKAGES = [LLEAVES, "llvmlite", TL2CGEN, "scikit-learn", "lightgbm", "xgboost"]


class Programs:
    """Of an ensemble, those that take any number of rows."""

    def __init__(self, ensemble, options, directory):
        self.ensemble, self.options, self.directory = ensemble, options, directory
        directory.mkdir()

    @functools.cache
    def lleaves(self):
        ensembles.compile_with_lleaves(self.ensemble, self.directory / "forest.o")
        return latency.compile_program("trees_lleaves", "-O3 forest.o", self.options, self.directory)

    @functools.cache
    def tl2cgen(self):
        ensembles.write_c(self.ensemble, 10, self.directory)
        sources = sorted(path.name for path in self.directory.glob("*.c"))
        run_tool(["cc", *self.options.flags.split(), "-c", *sources], self.directory)
        objects = " ".join(path.replace(".c", ".o") for path in sources)
        return latency.compile_program("trees_tl2cgen", f"-O3 {objects}", self.options, self.directory)


class Task:
    """An ensemble for so many rows a call, with its contenders."""

    def __init__(self, programs, rows, options, directory):
        directory.mkdir()
        self.ensemble, self.rows = programs.ensemble, rows
        self.network = turns.Network(directory / "model.onnx")
        self.compile_seconds = {}
        ensembles.write_onnx(self.ensemble, rows, self.network.model)
        self.data = str(options.data)
        builds = {CAMEO: options} | ({against.name_of(CAMEO): against.options_of(options)} if options.against else {})
        for name, build in builds.items():
            self.add(name, lambda build=build, name=name: self.cameo(build, directory / name.replace(" ", "_")))
        self.add(ONNXRUNTIME, lambda: self.onnxruntime(options, directory / ONNXRUNTIME))
        if self.ensemble.library == "lightgbm":
            self.add(LLEAVES, lambda: self.lleaves(programs))
        self.add(TL2CGEN, lambda: self.tl2cgen(programs))

    def add(self, name, make):
        try:
            start = time.monotonic()
            self.network.add(name, make())
            self.compile_seconds[name] = time.monotonic() - start
        except Failure as failure:
            self.network.leave_out(name, failure)

    def cameo(self, build, directory):
        directory.mkdir()
        generate = [build.cameo, "generate", str(self.network.model), "-o", "generated.hpp", "--name", "generated"]
        run_tool(generate, directory)
        return [latency.compile_program("trees_cameo", build.flags, build, directory), self.data]

    def onnxruntime(self, options, directory):
        return [*latency.onnxruntime_program(options, directory), str(self.network.model), "--rows", self.data]

    def lleaves(self, programs):
        return [programs.lleaves(), self.data, str(self.rows), str(ensembles.COLUMNS)]

    def tl2cgen(self, programs):
        return [programs.tl2cgen(), self.data, str(self.rows)]

    def row(self):
        figures.check(self.network)
        found = figures.medians(self.network)
        row = {"ensemble": self.ensemble.name, "rows": self.rows, "contenders": found}
        both = [self.network.rounds[name] for name in (CAMEO, against.name_of(CAMEO)) if name in found]
        row["against"] = figures.compare(*both) if len(both) == 2 else None
        return row | {"compile_seconds": self.compile_seconds, "problems": self.network.problems}


def cells(results):
    """Header and rows, as text. Ratios are of the median of a call."""
    header = ["ensemble", "rows", "cameo", "p99 / median", *(f"x {name}" for name in PEERS), "compiled", "tl2cgen's"]
    rows = []
    for row in results["ensembles"]:
        cameo = row["contenders"].get(CAMEO)
        if not cameo:
            rows.append([row["ensemble"], str(row["rows"]), "fails", *["-"] * (len(header) - 3)])
            continue
        line = [row["ensemble"], f"{row['rows']:,}", table.time_text(cameo["median_ns"])]
        line.append(f"{cameo['p99_ns'] / cameo['median_ns']:.2f}")
        for name in PEERS:
            peer = row["contenders"].get(name)
            line.append(f"{peer['median_ns'] / cameo['median_ns']:.2f}" if peer else "-")
        seconds = row["compile_seconds"]
        beside = f"{seconds[TL2CGEN]:.1f} s" if seconds.get(TL2CGEN, 0) > 0.1 else "-"
        rows.append([*line, f"{seconds[CAMEO]:.1f} s", beside])
    return header, rows


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    add = parser.add_argument
    command_line.add_compiler(parser)
    add("--onnxruntime-include", type=Path, metavar="DIRECTORY", help="of onnxruntime_c_api.h")
    add("--only", default="", metavar="TEXT", help="ensembles whose name has this")
    add("--rows", type=int, action="append", help="rows a call (default: 1 and 1000)")
    add("--seconds", type=command_line.above_zero, default=2.0, help="for each contender on each (default: 2)")
    add("--rounds", type=int, default=10, help="turns that share these seconds (default: 10)")
    against.add_arguments(parser)
    parser.set_defaults(models=[])
    options = command_line.parse(parser)
    against.settle(parser, options)
    options.rows = options.rows or [1, 1000]
    return options


def measure(options, directory):
    options.data = directory / "rows.bin"
    ensembles.drawn(7, ensembles.ROWS)[0].tofile(options.data)
    chosen = list(ensembles.all_ensembles(options.only))
    tasks = []
    for k, ensemble in enumerate(chosen):
        programs = Programs(ensemble, options, directory / str(k))
        tasks += [Task(programs, rows, options, directory / f"{k}_{rows}") for rows in options.rows]
    for turn in range(options.rounds):
        for task in tasks:
            for name in turns.in_turn(list(task.network.commands), turn):
                task.network.take_turn(name, options.seconds / options.rounds, directory)
    return [task.row() for task in tasks]


def main():
    options = parse_arguments()
    try:
        facts = {"processor": machine.stay_on(options.processor), "processor_name": machine.processor_name()}
        facts |= {"cxx": options.cxx, "flags": options.flags, "against": against.facts(options)}
        facts["versions"] = machine.versions(options.cameo, PACKAGES)
        with tempfile.TemporaryDirectory(prefix="cameo_trees_") as directory:
            facts["ensembles"] = measure(options, Path(directory))
    except ImportError as error:
        print(f"trees.py: {error.name} is not installed: pip install -r bench/requirements_trees.txt", file=sys.stderr)
        return 2
    except (Failure, ValueError) as error:
        print(f"trees.py: {error}", file=sys.stderr)
        return 2
    print(f"processor {facts['processor']}, {facts['processor_name']}; {options.cxx} {options.flags}")
    print(table.text(*cells(facts), left=2))
    for row in facts["ensembles"]:
        if row["against"]:
            ratios = ", ".join(f"{key} {against.text(ratio)}" for key, ratio in row["against"].items())
            print(f"{row['ensemble']}, {row['rows']} rows, this / other: {ratios}")
        for name, problem in row["problems"].items():
            print(f"{row['ensemble']}, {row['rows']} rows, {name}: {problem}", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if any(row["problems"] for row in facts["ensembles"]) else 0


if __name__ == "__main__":
    sys.exit(main())
