"""Passes the tests of the onnx package through cameo: through the plain definitions, and through generated code.

Of the tests whose tensors are of numbers, those count whose operators cameo has; the others are listed as left out. A
test passes if `cameo run` and the compiled header both give the expected types, shapes and, within the suite's
tolerances, numbers. Inputs that decide shapes are bound with --constant. The compiler is $CXX, c++ by default. Exit
status 1 if a test is wrong or fewer pass than --at-least, of all tests the number that is recorded here.
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

# What has passed once passes for ever: of onnx 1.23.2. Raise it with what is new.
RECORDED = 1931


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cameo", required=True, type=Path, metavar="PATH", help="the generator")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="OPERATOR", help="tests that have one of these operators"
    )
    parser.add_argument(
        "--at-least", type=int, metavar="N", help=f"how many tests must pass ({RECORDED}, with --only 0)"
    )
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
    options = parser.parse_args()
    if options.at_least is None:
        options.at_least = 0 if options.only else RECORDED
    return options


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
    """Passed and total of the tests in which each operator occurs."""
    figures = collections.defaultdict(lambda: {"passed": 0, "total": 0})
    for test in tests:
        for operator in test.operators if test.status != "left out" else ():
            figures[operator]["total"] += 1
            figures[operator]["passed"] += test.status == "passed"
    return dict(sorted(figures.items()))


def report(tests, figures, at_least):
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
    if figures["passed"] < at_least:
        print(f"conformance: {at_least} must pass")


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as directory:
        tests = check(options, Path(directory))
    statuses = collections.Counter(test.status for test in tests)
    figures = {status: statuses[status] for status in ("passed", "wrong", "refused", "left out")}
    figures |= {"total": len(tests) - figures["left out"], "by_operator": by_operator(tests)}
    report(tests, figures, options.at_least)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 1 if figures["wrong"] or figures["passed"] < options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
