"""Whole networks against onnxruntime: the plain definitions and the generated code, with and without fusion, portable and for this machine."""
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
VARIANTS = {"plain": (["--no-fuse"], ["-O1"]), "fused": ([], ["-O1"]), "native": ([], ["-O2", "-march=native"])}


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
    case = Case(name, name, directory / name, inputs, session.run(None, inputs), frozenset(node.op_type for node in model.graph.node), rtol=1e-4, atol=1e-5)
    case.write(model)
    return case


def main():
    generator = Path(os.environ["CAMEO"]).resolve()
    cases = []
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        for variant, (options, flags) in VARIANTS.items():
            for path in MODELS:
                case = case_of(path, variant, directory)
                cases.append(case)
                check_plain_definitions(generator, case)
                if not case.status:
                    generate(generator, case, directory, *options)
                if not case.status:
                    check_generated_code([case], directory, flags)
                print(f"{case.status:8} {case.name} {case.reason}")
    failed = sum(case.status != "passed" for case in cases)
    print(f"references: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
