"""Fields of models changed at random: what cameo says of each is an answer within seconds, in its own words. `fuzz.py
--serve SERVER --seconds N`."""

import argparse
import os
import random
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import onnx
from mutate import Pool, mutate
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases

sys.path.append(str(Path(__file__).resolve().parents[1] / "generator"))
import test_fused_attention
import test_optimized
import test_qlinear

MODELS = Path(__file__).resolve().parents[1] / "models"
SEEDS = 60
SECONDS_FOR_ONE = 20  # other programs may share the machine: alone it is one or two
MEMORY = 4 << 30
LAST_WORDS = 3000  # bytes: a sanitizer's report
# What standard exceptions and other libraries say, which means nothing to a user.
FOREIGN_WORDS = re.compile(
    (
        r"^exception|std::|bad_alloc|basic_string|vector::|_M_|map::at|bad_optional|stoi|stoll|regex_error|terminate "
        r"called|filesystem error"
    )
)


def with_data(case):
    """A model whose inputs are constants: then it is evaluated."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    for value, array in zip(model.graph.input, case.data_sets[0][0]):
        model.graph.initializer.append(numpy_helper.from_array(array, value.name))
    del model.graph.input[:]
    return model


def small_models():
    """Those of the tests."""
    return [onnx.load(path) for path in sorted(MODELS.glob("*.onnx")) if path.stat().st_size < 1 << 18]


def small_cases():
    """The node tests, by their names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = [case for case in collect_testcases(None) if case.model.ByteSize() < 1 << 14]
    return {case.name: case for case in sorted(cases, key=lambda case: case.name)}


def takes_tensors(case):
    return all(hasattr(array, "dtype") for array in case.data_sets[0][0])


def microsoft_models():
    """One node each of com.microsoft, as the generator's tests have them: of inputs, and of constants."""
    for module in (test_fused_attention, test_optimized, test_qlinear):
        for make in module.ALL:
            for node in make().parts(1):
                yield node.model(None, False)
                yield node.model(None, True)


def seeds():
    """The small models of the tests, and as many of the node tests as are left, each of another operator as far as
    there are some; every second one is constant. And a node of each operator of com.microsoft."""
    models, cases = small_models(), small_cases()
    nested = [
        name
        for name, case in cases.items()
        if any(a.HasField("g") for n in case.model.graph.node for a in n.attribute) or case.model.functions
    ]
    first = {}
    for name, case in cases.items():
        first.setdefault(case.model.graph.node[0].op_type, name)
    chosen = list(
        dict.fromkeys(
            nested[:: max(1, len(nested) // 12)] + random.Random(7).sample(sorted(first.values()), len(first))
        )
    )
    for number, name in enumerate(chosen[: SEEDS - len(models)]):
        case = cases[name]
        models.append(with_data(case) if takes_tensors(case) and number % 2 else case.model)
    return models + list({model.graph.node[0].op_type: model for model in microsoft_models()}.values())


def limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if "ASAN_OPTIONS" not in os.environ:  # the sanitizer reserves more than any machine has
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class Server:
    """The program that runs command lines; a new one after each crash."""

    def __init__(self, program, errors):
        self.program, self.errors = program, errors
        self.process = None

    def start(self):
        self.errors.seek(0)
        self.errors.truncate()
        self.process = subprocess.Popen(
            [self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, preexec_fn=limit
        )
        os.set_blocking(self.process.stdout.fileno(), False)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def ask(self, *words):
        """What a command line comes to: the exit code and what it said; or what is wrong with it."""
        if not self.process:
            self.start()
        self.process.stdin.write("\t".join(map(str, words)).encode() + b"\n")
        self.process.stdin.flush()
        said, end = b"", time.monotonic() + SECONDS_FOR_ONE
        while not said.endswith(b"\0\n"):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                self.stop()
                return f"no end within {SECONDS_FOR_ONE} s"
            part = self.process.stdout.read()
            if not part:
                status = self.process.wait()
                self.process = None
                self.errors.seek(0)
                return f"crash, status {status}: {self.errors.read()[-LAST_WORDS:].decode(errors='replace')}"
            said += part
        text, outcome, _ = said.decode(errors="replace").rsplit("\0", 2)
        if FOREIGN_WORDS.search(outcome) or FOREIGN_WORDS.search(text):
            return f"words of others: {text[-500:]} {outcome[:500]}"
        return "" if re.match("[01]", outcome) else f"unexpected: {outcome}"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", required=True, help="the program of serve.cpp")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="a directory for the models that fail")
    return parser.parse_args()


def main():
    options = arguments()
    pick, models = random.Random(options.seed), seeds()
    pool = Pool(models)
    count = failures = 0
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryFile() as errors:
        server, path, written = (
            Server(options.serve, errors),
            Path(directory) / "model.onnx",
            Path(directory) / "net.hpp",
        )
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            model = onnx.ModelProto()
            model.CopyFrom(pick.choice(models))
            mutate(model, pick, pool)
            path.write_bytes(model.SerializeToString())
            words = pick.choice(
                [
                    ("check", path),
                    ("check", path),
                    ("generate", path, "-o", written),
                    ("simplify", path, "-o", Path(directory) / "simple.onnx"),
                ]
            )
            problem = server.ask(*words)
            count += 1
            if not problem:
                continue
            failures += 1
            print(f"case {count} of seed {options.seed}: {words[0]}: {problem}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{options.seed}_{count}_{words[0]}.onnx").write_bytes(path.read_bytes())
        server.stop()
    print(f"{count} models in {options.seconds:g} s: {failures} failures")
    return 1 if failures or count < options.seconds else 0


if __name__ == "__main__":
    sys.exit(main())
