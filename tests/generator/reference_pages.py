"""The pages of docs that cameo writes itself: docs/cli.md, from the help of every command, and the table of
docs/operators.md, with the figures that tests/onnx/conformance.py recorded. Run by itself, this writes both:

CAMEO=build/cameo python tests/generator/reference_pages.py
"""

import json
import re
import textwrap

from support import ROOT, cameo

CLI = ROOT / "docs" / "cli.md"
OPERATORS = ROOT / "docs" / "operators.md"
RECORDED = ROOT / "tests" / "onnx" / "recorded.json"
WIDTH = 116
COLUMN = 30  # where CLI11 begins what it says of an option

CLI_HEAD = """\
# Command line

Written by `tests/generator/reference_pages.py` from `cameo COMMAND --help`. [guide.md](guide.md) tells what the options
are for. `cameo model.onnx -o model.hpp` is short for `cameo generate model.onnx -o model.hpp`.
"""


def help_of(*command):
    done = cameo(*command, "--help")
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands():
    """The names of the commands, as `cameo --help` lists them."""
    listed = re.split(r"^subcommands:\n", help_of(), flags=re.M | re.I)[1]
    return re.findall(r"^  (\w+)", listed, re.M)


def wrapped(line):
    """Options go on in the column of their texts."""
    indent = " " * COLUMN if line.startswith("  ") else ""
    return "\n".join(
        textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]
    )


def block(text):
    return "```text\n" + "\n".join(wrapped(line.rstrip()) for line in text.strip("\n").splitlines()) + "\n```\n"


def cli_page():
    sections = [CLI_HEAD, block(help_of())]
    for name in commands():
        sections += [f"## {name}\n", block(help_of(name))]
    return "\n".join(sections)


def with_tests(row, recorded):
    """A row of the table, and before its last cell how many of the onnx package's tests with the operator pass."""
    cells = row.removeprefix("| ").removesuffix(" |").split(" | ")
    passed, total = (recorded[kind].get(cells[0]) for kind in ("passed", "total"))
    heads = {"operator": "tests", "---": "---"}
    has_tests = total and cells[1] != "com.microsoft"  # onnx tests ONNX's own, some of the same names
    cells.insert(-1, heads.get(cells[0], f"{passed} of {total}" if has_tests else "-"))
    return f"| {' | '.join(cells)} |\n"


def operators_page():
    """What people wrote, up to the table; then the table."""
    head = re.split(r"^\| operator ", OPERATORS.read_text(), maxsplit=1, flags=re.M)[0]
    recorded = json.loads(RECORDED.read_text())
    rows = cameo("operators", "--markdown").stdout.splitlines()
    return head + "".join(with_tests(row, recorded) for row in rows)


def letters(page):
    """What a page says: versions of CLI11 differ in spaces and capitals."""
    return re.sub(r"\s+", "", page).lower()


if __name__ == "__main__":
    CLI.write_text(cli_page())
    OPERATORS.write_text(operators_page())
