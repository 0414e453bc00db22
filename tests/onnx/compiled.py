"""Cases through generated code: many headers in one translation unit, one program for each unit."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
from suite import cameo, finish, refusal

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from precompiled import precompiled  # noqa: E402

MAIN = """#include "harness.hpp"
#include <cstring>
{includes}
constexpr harness::program programs[] = {{
{programs}}};

int main(int, char** arguments)
{{
    for (const harness::program& p : programs)
        if (std::strcmp(p.name, arguments[1]) == 0) p.run(stdin, stdout);
}}
"""


def generate(generator, test, headers, *options):
    done = cameo(
        generator, "generate", test, "--name", test.identifier, "-o", headers / f"{test.identifier}.hpp", *options
    )
    if done.returncode == 1:
        test.conclude("refused", refusal(done))
    elif done.returncode != 0:
        test.conclude("wrong", f"cameo generate ended with status {done.returncode}")


def compile_unit(tests, headers, flags):
    """The program of these tests, and what the compiler says."""
    source = headers / f"{tests[0].identifier}_{len(tests)}.cpp"
    source.write_text(
        MAIN.format(
            includes="".join(f'#include "{t.identifier}.hpp"\n' for t in tests),
            programs="".join(f'    {{"{t.identifier}", harness::run<{t.identifier}::net>}},\n' for t in tests),
        )
    )
    program = source.with_suffix("")
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    done = subprocess.run(
        [
            *compiler,
            "-std=c++20",
            *flags,
            *precompiled(flags),
            "-I",
            ROOT / "include",
            "-I",
            Path(__file__).parent,
            "-I",
            headers,
            source,
            "-o",
            program,
        ],
        capture_output=True,
        text=True,
    )
    return program if done.returncode == 0 else None, done.stderr


def results(data):
    """The tensors that harness::write wrote."""
    found = []
    while data:
        element, rank = np.frombuffer(data, np.int64, 2)
        shape = np.frombuffer(data, np.int64, rank, 16)
        dtype = onnx.helper.tensor_dtype_to_np_dtype(int(element))
        size = int(np.prod(shape))
        found.append(np.frombuffer(data, dtype, size, 16 + 8 * rank).reshape(shape))
        data = data[16 + 8 * rank + size * dtype.itemsize :]
    return found


def run(program, test):
    given = b"".join(array.tobytes() for name, array in test.inputs.items() if name not in test.bound)
    done = finish([program, test.identifier], input=given)
    if done.returncode != 0 or done.stderr:
        test.conclude("wrong", f"generated code ended with status {done.returncode}: {done.stderr}")
    elif difference := test.difference(results(done.stdout)):
        test.conclude("wrong", f"generated code: {difference}")
    else:
        test.conclude("passed")


def check_generated_code(tests, headers, flags):
    """Compiles and runs the tests; halves a unit that does not compile until the test to blame is alone."""
    program, messages = compile_unit(tests, headers, flags)
    if program:
        for test in tests:
            run(program, test)
        program.unlink()
    elif len(tests) == 1:
        error = re.search(r"error: .*", messages)
        tests[0].conclude("wrong", f"does not compile: {error.group() if error else messages[-300:]}")
    else:
        middle = len(tests) // 2
        check_generated_code(tests[:middle], headers, flags)
        check_generated_code(tests[middle:], headers, flags)
