"""Whole networks against onnxruntime: the plain definitions and the generated code, for several instruction sets,
checked and not."""

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from compiled import check_generated_code, generate
from suite import Case, check_plain_definitions

TESTS = Path(__file__).resolve().parents[1]
MODELS = [*sorted((TESTS / "models").glob("*.onnx")), TESTS.parent / "examples" / "digits" / "digits.onnx"]
STRICT = ["-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
FULL = os.environ.get("CAMEO_TEST_FULL") == "ON"
# Options of the generator and of the compiler. What sanitizers watch takes long to optimize: the full matrix does it.
WATCHED = ["-O1" if FULL else "-O0", "-march=native", "-fsanitize=address,undefined"]
VARIANTS = {
    "unoptimized": ([], ["-O0", "-march=x86-64"]),
    "avx2": ([], ["-O2", "-march=x86-64-v3"]),
    "native": ([], ["-O3", "-march=native"]),
    "sanitized": ([], [*WATCHED, "-fno-sanitize-recover=all"]),
}
if FULL:
    VARIANTS |= {
        "unfused": (["--no-fuse"], ["-O1", "-march=x86-64"]),
        "sse2": ([], ["-O2", "-march=x86-64"]),
    }


def session_of(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])


def case_of(path, variant, directory):
    """Random inputs from a fixed seed, and what onnxruntime makes of them."""
    session = session_of(path)
    random = np.random.default_rng(1)
    inputs = {i.name: random.standard_normal(i.shape).astype(np.float32) for i in session.get_inputs()}
    model = onnx.load(path)
    name = f"{path.stem}_{variant}"
    case = Case(
        name,
        name,
        directory / name,
        inputs,
        session.run(None, inputs),
        frozenset(node.op_type for node in model.graph.node),
        rtol=1e-4,
        atol=1e-5,
    )
    case.write(model)
    return case


def main():
    generator = Path(os.environ["CAMEO"]).resolve()
    cases = []
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        for variant, (options, flags) in VARIANTS.items():
            of_variant = [case_of(path, variant, directory) for path in MODELS]
            for case in of_variant:
                check_plain_definitions(generator, case)
                if not case.status:
                    generate(generator, case, directory, *options)
            check_generated_code([case for case in of_variant if not case.status], directory, STRICT + flags)
            for case in of_variant:
                print(f"{case.status:8} {case.name} {case.reason}")
            cases += of_variant
    failed = sum(case.status != "passed" for case in cases)
    print(f"references: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
