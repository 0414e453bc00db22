"""Passes the tests of the onnx package through cameo: through the plain definitions, and through generated code.

Of the tests whose tensors are of numbers, those count whose operators cameo has; the others are listed as left out. A
test passes if `cameo run` and the compiled header both give the expected types, shapes and, within the suite's
tolerances, numbers. Inputs that decide shapes are bound with --constant. The compiler is $CXX, c++ by default. Exit
status 1 if a test is wrong, or if fewer pass of those that have an operator than recorded.json says: what has passed
once, of onnx 1.23.2, passes for ever. docs/operators.md shows these figures.
"""

import argparse
import collections
import json
import shlex
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compiled import check_generated_code, generate
from suite import check_plain_definitions, suite_tests

RECORDED = Path(__file__).with_name("recorded.json")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cameo", required=True, type=Path, metavar="PATH", help="the generator")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="OPERATOR", help="tests that have one of these operators"
    )
    parser.add_argument("--record", action="store_true", help=f"write {RECORDED.name}, with what is new")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument(
        "--flags",
        default="-O1 -Wall -Wextra -Wpedantic -Wconversion -Werror",
        help="of the compiler, written --flags='…' (%(default)s)",
    )
    parser.add_argument(
        "--unit", type=int, default=60, metavar="N", help="headers in one translation unit (%(default)s)"
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="units compiled at once (%(default)s)")
    parser.add_argument("--plain", action="store_true", help="the plain definitions only: compile nothing")
    return parser.parse_args()


def check(options, directory):
    tests = suite_tests(directory, frozenset(options.only))
    headers = directory / "headers"
    headers.mkdir()
    generator = options.cameo.resolve()
    with ThreadPoolExecutor(options.jobs) as pool:
        list(
            pool.map(lambda test: check_plain_definitions(generator, test), [test for test in tests if not test.status])
        )
        sound = [test for test in tests if not test.status]
        if options.plain:
            for test in sound:
                test.conclude("passed")
        else:
            list(pool.map(lambda test: generate(generator, test, headers), sound))
            generated = [test for test in sound if not test.status]
            units = [generated[k : k + options.unit] for k in range(0, len(generated), options.unit)]
            list(pool.map(lambda unit: check_generated_code(unit, headers, shlex.split(options.flags)), units))
    return tests


def by_operator(tests):
    """How many tests have each operator, and how many of them pass."""
    total = collections.Counter(operator for test in tests for operator in test.operators)
    passed = collections.Counter(operator for test in tests if test.status == "passed" for operator in test.operators)
    return {operator: {"passed": passed[operator], "total": total[operator]} for operator in sorted(total)}


def lost(figures, only):
    """What passed when it was recorded, and does not now; with `only`, of the tests of these operators."""
    recorded = json.loads(RECORDED.read_text())
    now = figures["by_operator"]
    for operator, passed in recorded["passed"].items():
        found = now.get(operator, {"passed": 0})["passed"]
        if (not only or operator in only) and found < passed:
            yield f"{operator}: {found} of {now.get(operator, {'total': 0})['total']} passed, {passed} before"
    if not only and figures["passed"] < recorded["all"]:
        yield f"{figures['passed']} passed, {recorded['all']} before"


def record(figures):
    operators = figures["by_operator"]
    kept = {kind: {operator: of[kind] for operator, of in operators.items()} for kind in ("passed", "total")}
    RECORDED.write_text(json.dumps({"all": figures["passed"], **kept}, indent=2) + "\n")


def report(tests, figures):
    for operator, of in figures["by_operator"].items():
        print(f"{of['passed']:5}/{of['total']:<5} {operator}")
    for status in ("left out", "refused"):
        for reason, count in collections.Counter(test.reason for test in tests if test.status == status).most_common():
            print(f"{status} {count:4}: {reason}")
    for test in tests:
        if test.status == "wrong":
            print(f"wrong: {test.name}: {test.reason[:300]}")
    constants = sum(test.status == "passed" and bool(test.bound) for test in tests)
    print(f"{constants} of those that passed have inputs bound with --constant")
    print(
        (
            f"conformance: {figures['passed']} passed, {figures['wrong']} failed, {figures['refused']} skipped, "
            f"{figures['left out']} left out"
        )
    )


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as directory:
        tests = check(options, Path(directory))
    statuses = collections.Counter(test.status for test in tests)
    figures = {status: statuses[status] for status in ("passed", "wrong", "refused", "left out")}
    figures |= {"total": len(tests) - figures["left out"], "by_operator": by_operator(tests)}
    report(tests, figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if options.record:
        record(figures)
    missing = list(lost(figures, options.only))
    for line in missing:
        print(f"conformance: {line}")
    return 1 if figures["wrong"] or missing else 0


if __name__ == "__main__":
    sys.exit(main())
