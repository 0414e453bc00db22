#!/usr/bin/env python3
"""Seconds and memory to generate a network and to compile it, with each compiler, on one processor.

    bench/compile_time.py model.onnx ... --cameo build/cameo --cxx g++ --cxx clang++

Compiled is a file that includes the header and runs the network once; a large network's weights are assembled with it.
The first row, of no network, is a file that includes <cameo/cameo.hpp> only. Seconds are the least of --repeat runs on
the wall clock. Memory is the peak of the largest process of a command, by wait4(2); that counts Python's own before it
becomes the command, so that nothing is below some 13 MB.

A network with open axes is compiled for each --size, and for several in one program, which shows what one more costs.

With --against, another cameo takes turns: its generator, and the compilation of its header with its library. That ratio
is this one's processor time divided by the other's: above 1 is slower. Give --repeat 5 or more then.

Exit status: 0 all generated and compiled; 1 some not; 2 a wrong command line.
"""

import argparse
import json
import os
import shlex
import sys
import tempfile
import time
import typing
from pathlib import Path

import against
import command_line
import machine
import table
from tools import Failure

EMPTY = "(none)"
INCLUDE_ONLY = "#include <cameo/cameo.hpp>\n"


def runs(sizes):
    """Runs the network once, or, where its axes are open, once at each size."""
    arguments = [f"<{size}>" for size in sizes] or [""]
    networks = [f"generated::net{of} net_{k};" for k, of in enumerate(arguments)]
    calls = " ".join(f"net_{k}.run();" for k in range(len(arguments)))
    return "\n".join(['#include "generated.hpp"', *networks, f"void run() noexcept {{ {calls} }}", ""])


class Contender(typing.NamedTuple):
    """A cameo, with its command line, in a directory of its own."""

    options: argparse.Namespace
    directory: Path


def use_of(command, directory):
    """Runs a command: seconds on the wall clock and of the processor, and the megabytes of its largest process."""
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
    processor_seconds = usage.ru_utime + usage.ru_stime
    return {"seconds": seconds, "processor_seconds": processor_seconds, "megabytes": usage.ru_maxrss * 1024 / 1e6}


def take_turns(command_of, contenders, repeat):
    """What this cameo's command uses and, with --against, how much more than the other's; or why one of them fails."""
    uses = {name: [] for name in contenders}
    try:
        for _ in range(repeat):
            for name, contender in contenders.items():
                uses[name].append(use_of(command_of(contender), contender.directory))
    except Failure as failure:
        return {"problem": str(failure)}
    this = {key: min(use[key] for use in uses["this"]) for key in uses["this"][0]}
    if "other" in uses:
        times = [[use["processor_seconds"] for use in uses[name]] for name in ("this", "other")]
        this["against"] = against.ratio(*times)
    return this


def generation(model):
    def command_of(contender):
        options = contender.options
        command = [options.cameo, "generate", str(model.resolve()), *command_line.generator_options(options)]
        return [*command, "-o", "generated.hpp", "--name", "generated"]

    return command_of


def compilation(cxx):
    def command_of(contender):
        includes = [f"-I{path}" for path in [contender.directory, *contender.options.include]]
        files = ["unit.cpp", *(path.name for path in contender.directory.glob("*.S"))]
        flags = ["-std=c++20", *shlex.split(contender.options.flags)]
        return [*shlex.split(cxx), *flags, *includes, "-c", *files]

    return command_of


def compile_all(source, contenders, options):
    for contender in contenders.values():
        (contender.directory / "unit.cpp").write_text(source)
    return {cxx: take_turns(compilation(cxx), contenders, options.repeat) for cxx in options.cxx}


def measure(model, sizes, options):
    """A row: how a model is generated, and compiled by each compiler. Of no model, the library is compiled."""
    with tempfile.TemporaryDirectory(prefix="cameo_compile_time_") as name:
        contenders = {"this": Contender(options, Path(name, "this"))}
        if options.against:
            contenders["other"] = Contender(against.options_of(options), Path(name, "other"))
        for contender in contenders.values():
            contender.directory.mkdir()
        if model is None:
            return {"model": EMPTY, "compile": compile_all(INCLUDE_ONLY, contenders, options)}
        generate = take_turns(generation(model), contenders, options.repeat)
        compiled = {} if "problem" in generate else compile_all(runs(sizes), contenders, options)
        name = model.stem + f" at {' and '.join(sizes)}" * bool(sizes)
        return {"model": name, "generate": generate, "compile": compiled}


def problems(row):
    uses = [("generate", row.get("generate", {})), *row["compile"].items()]
    return [f"{row['model']}, {name}: {use['problem']}" for name, use in uses if "problem" in use]


def cell(use):
    if use is None or "problem" in use:
        return "fails" if use else "-"
    ratio = f", {against.text(use['against'])}" if "against" in use else ""
    return f"{use['seconds']:.2f} s, {use['megabytes']:.0f} MB{ratio}"


def cells(results):
    """Header and rows, as text."""
    names = results["cxx"]
    rows = [
        [row["model"], cell(row.get("generate")), *(cell(row["compile"].get(name)) for name in names)]
        for row in results["models"]
    ]
    return ["model", "generate", *names], rows


def summaries(facts):
    """Of each compiler's ratios."""
    ratios = {cxx: {} for cxx in facts["cxx"]}
    for row in facts["models"]:
        for cxx, use in row["compile"].items():
            if "against" in use:
                ratios[cxx][row["model"]] = use["against"]
    return {cxx: against.summarize(found) for cxx, found in ratios.items()}


def parse_arguments():
    parser = command_line.new_parser(__doc__)
    command_line.add_models(parser)
    command_line.add_state(parser)
    command_line.add_flags(parser)
    parser.add_argument(
        "--cxx", action="append", metavar="COMMAND", help="a compiler; give it once for each (default: c++)"
    )
    parser.add_argument(
        "--size",
        action="append",
        default=[],
        metavar="8,64,64",
        help="extents of the open axes: there are rows for the first of these sizes, the first two in one program, …",
    )
    parser.add_argument("--repeat", type=int, default=2, help="runs of each command (default: 2)")
    against.add_arguments(parser)
    options = command_line.parse(parser)
    against.settle(parser, options)
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
    facts["against"] = against.facts(options)
    sizes = [options.size[: k + 1] for k in range(len(options.size))] or [[]]
    facts["models"] = [measure(None, [], options)]
    facts["models"] += [measure(model, some, options) for model in options.models for some in sizes]
    print(table.text(*cells(facts)))
    if options.against:
        print(against.facts_text(facts["against"]))
        facts["against"]["summary"] = summaries(facts)
        for cxx, summary in facts["against"]["summary"].items():
            print(f"{cxx}: this / other: {against.summary_text(summary)}")
    found = [problem for row in facts["models"] for problem in problems(row)]
    for problem in found:
        print(problem, file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(facts, indent=2) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
