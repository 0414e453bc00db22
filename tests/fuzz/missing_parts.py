"""One node of every operator, without one of its parts: an operand, a result, an attribute. What cameo says of it is an
answer in its own words. `missing_parts.py --serve SERVER`."""

import argparse
import sys
import tempfile
from pathlib import Path

import onnx
from fuzz import Server, microsoft_models, small_cases, small_models, takes_tensors, with_data


def node_models():
    """The node tests and the small models of the tests, those that are evaluated as constants too."""
    for case in small_cases().values():
        yield case.model
        if takes_tensors(case):
            yield with_data(case)
    yield from small_models()
    yield from microsoft_models()


def without_each_part(model, at):
    """The model without each part of its node `at`, in turn."""

    def changed(change):
        copy = onnx.ModelProto()
        copy.CopyFrom(model)
        change(copy.graph.node[at])
        return copy

    node = model.graph.node[at]
    for part in ("input", "output", "attribute"):
        for k in range(len(getattr(node, part))):
            yield changed(lambda n: getattr(n, part).pop(k))
        yield changed(lambda n: n.ClearField(part))
        if part != "attribute":
            for k in range(len(getattr(node, part))):
                yield changed(lambda n: getattr(n, part).__setitem__(k, ""))


def damaged_models():
    """Each operator is taken with each number of operands and results that it comes with, constant and not."""
    seen = set()
    for model in node_models():
        constant = not model.graph.input
        for at, node in enumerate(model.graph.node):
            form = (node.op_type, node.domain, len(node.input), len(node.output), constant)
            if form not in seen:
                seen.add(form)
                yield from without_each_part(model, at)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", required=True, help="the program of serve.cpp")
    options = parser.parse_args()
    count = failures = 0
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryFile() as errors:
        server, path = Server(options.serve, errors), Path(directory) / "model.onnx"
        for model in damaged_models():
            path.write_bytes(model.SerializeToString())
            for words in (("generate", path, "-o", path.with_suffix(".hpp")), ("simplify", path, "-o", path)):
                problem = server.ask(*words)
                count += 1
                if problem:
                    failures += 1
                    print(f"{words[0]}: {problem}\n{onnx.printer.to_text(model)[:2000]}", flush=True)
        server.stop()
    print(f"{count} command lines: {failures} failures")
    return 1 if failures or count < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
