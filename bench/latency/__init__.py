"""The programs that small_nets.py runs in turns. Each measures for the seconds that it is given and prints JSON."""

import importlib.util
import json
import shlex
from pathlib import Path

from tools import Failure, run_tool

HERE = Path(__file__).resolve().parent


def compile_program(source, flags, options, directory, *includes):
    """Returns the path of the program made of one of the sources here, and of what the generator wrote."""
    paths = [f"-I{path}" for path in [directory, HERE, *options.include, *includes]]
    sources = [HERE / f"{source}.cpp", *directory.glob("*.S")]
    command = [*shlex.split(options.cxx), "-std=c++20", *shlex.split(flags), *paths, *map(str, sources)]
    run_tool([*command, "-o", f"{source}_latency"], directory)
    return str(directory / f"{source}_latency")


def expand(patterns, inputs, outputs):
    """Pairs of an input and the output that follows it: h*=n* is all that fit, as with cameo's --state."""
    pairs = []
    for pattern in patterns:
        before, _, after = pattern.partition("=")
        if "*" not in pattern:
            pairs.append((before, after))
            continue
        start, _, end = before.partition("*")
        fitting = [
            name
            for name in inputs
            if name.startswith(start) and name.endswith(end) and len(name) >= len(start) + len(end)
        ]
        found = [(name, after.replace("*", name[len(start) : len(name) - len(end)])) for name in fitting]
        pairs += [(name, output) for name, output in found if output in outputs]
    if patterns and not pairs:
        raise Failure(f"no input and output fit {', '.join(patterns)}")
    return [f"{state}={output}" for state, output in pairs]


def state_pairs(model, patterns, options, directory):
    structure = json.loads(run_tool([options.cameo, "inspect", "--json", str(model)], directory))
    inputs, outputs = ([value["name"] for value in structure[key]] for key in ("inputs", "outputs"))
    return expand(patterns, inputs, outputs)


def cameo_command(model, pairs, flags, options, directory):
    directory.mkdir()
    states = [f"--state={pair}" for pair in pairs]
    run_tool([options.cameo, "generate", str(model), *states, "-o", "generated.hpp", "--name", "generated"], directory)
    return [compile_program("cameo", flags, options, directory)]


def onnxruntime_program(options, directory):
    """The program and the library of the Python package, or why there is none."""
    package = importlib.util.find_spec("onnxruntime")
    if package is None:
        raise Failure("the Python package onnxruntime is not installed: pip install -r bench/requirements.txt")
    libraries = sorted((Path(package.origin).parent / "capi").glob("libonnxruntime.so*"))
    if not libraries:
        raise Failure("the Python package onnxruntime has no libonnxruntime.so")
    includes = [options.onnxruntime_include] if options.onnxruntime_include else []
    directory.mkdir()
    try:
        program = compile_program("onnxruntime", "-O3", options, directory, *includes)
    except Failure as failure:
        if "onnxruntime_c_api.h" not in str(failure):
            raise
        raise Failure("onnxruntime_c_api.h was not found: give its directory with --onnxruntime-include") from failure
    return [program, str(libraries[0])]


def run(program, arguments, seconds, directory):
    """A turn: what the program measured."""
    printed = run_tool([program, str(seconds), *arguments], directory)
    try:
        return json.loads(printed)
    except json.JSONDecodeError as error:
        raise Failure(f"results are not all numbers: {printed.strip()}") from error
