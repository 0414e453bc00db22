#!/usr/bin/env python3
"""Seconds and memory to generate a network and to compile it, with each compiler, on one processor.

    bench/compile_time.py model.onnx ... --cameo build/cameo --cxx g++ --cxx clang++

Compiled is a file that includes the header and runs the network once; a large network's weights are assembled with it.
The first row, of no network, is a file that includes <cameo/cameo.hpp> only. Seconds are the least of --repeat runs on
the wall clock. Memory is the peak of the largest process of a command, by wait4(2); that counts Python's own before it
becomes the command, so that nothing is below some 13 MB.

Exit status: 0 all generated and compiled; 1 some not; 2 a wrong command line.
"""

import json
import os
import shlex
import sys
import tempfile
import time
from pathlib import Path

import command_line
import machine
import table
from tools import Failure

EMPTY = "(none)"
INCLUDE_ONLY = "#include <cameo/cameo.hpp>\n"
RUN_ONCE = """#include "generated.hpp"
generated::net net;
void run() noexcept { net.run(); }
"""


def use_of(command, directory):
    """Runs a command: its seconds, and the megabytes of its largest process."""
    log = directory / "log.txt"
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(directory)
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.execvp(command[0], command)
        except OSError as error:
            print(f"error: {command[0]}: {error.strerror}", file=sys.stderr, flush=True)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - start
    if status:
        said = log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
        raise Failure(next((line for line in said if "error" in line.lower()), said[-1]))
    return {"seconds": seconds, "megabytes": usage.ru_maxrss * 1024 / 1e6}


def least(command, directory, repeat):
    uses = [use_of(command, directory) for _ in range(repeat)]
    return {key: min(use[key] for use in uses) for key in uses[0]}


def attempt(command, directory, options):
    try:
        return least(command, directory, options.repeat)
    except Failure as failure:
        return {"problem": str(failure)}


def compile_all(source, directory, options):
    (directory / "unit.cpp").write_text(source)
    includes = [f"-I{path}" for path in [directory, *options.include]]
    files = ["unit.cpp", *(path.name for path in directory.glob("*.S"))]
    rest = ["-std=c++20", *shlex.split(options.flags), *includes, "-c", *files]
    return {cxx: attempt([*shlex.split(cxx), *rest], directory, options) for cxx in options.cxx}


def measure(model, options):
    """A row: how a model is generated, and compiled by each compiler. Of no model, the library is compiled."""
    with tempfile.TemporaryDirectory(prefix="cameo_compile_time_") as name:
        directory = Path(name)
        if model is None:
            return {"model": EMPTY, "compile": compile_all(INCLUDE_ONLY, directory, options)}
        command = [options.cameo, "generate", str(model.resolve()), *command_line.generator_options(options)]
        generate = attempt([*command, "-o", "generated.hpp", "--name", "generated"], directory, options)
        compiled = {} if "problem" in generate else compile_all(RUN_ONCE, directory, options)
        return {"model": model.stem, "generate": generate, "compile": compiled}


def problems(row):
    uses = [("generate", row.get("generate", {})), *row["compile"].items()]
    return [f"{row['model']}, {name}: {use['problem']}" for name, use in uses if "problem" in use]


def cell(use):
    if use is None or "problem" in use:
        return "fails" if use else "-"
    return f"{use['seconds']:.2f} s, {use['megabytes']:.0f} MB"


def cells(results):
    """Header and rows, as text."""
    names = results["cxx"]
    rows = [
        [row["model"], cell(row.get("generate")), *(cell(row["compile"].get(name)) for name in names)]
        for row in results["models"]
    ]
    return ["model", "generate", *names], rows


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    command_line.add_models(parser)
    command_line.add_state(parser)
    command_line.add_flags(parser)
    parser.add_argument(
        "--cxx", action="append", metavar="COMMAND", help="a compiler; give it once for each (default: c++)"
    )
    parser.add_argument("--repeat", type=int, default=2, help="runs of each command (default: 2)")
    options = command_line.parse(parser)
    options.cxx, options.repeat = options.cxx or ["c++"], max(options.repeat, 1)
    return options


def main():
    options = parse_arguments()
    try:
        machine.stay_on(options.processor)
    except ValueError as error:
        print(f"compile_time.py: {error}", file=sys.stderr)
        return 2
    facts = {"processor_name": machine.processor_name(), "cxx": options.cxx, "flags": options.flags}
    facts["models"] = [measure(model, options) for model in [None, *options.models]]
    print(table.text(*cells(facts)))
    found = [problem for row in facts["models"] for problem in problems(row)]
    for problem in found:
        print(problem, file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
