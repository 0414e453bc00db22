"""Results of rows as lines for a terminal, and as docs/models.md."""

from shared import machine, run_tool

HEADER = ["file", "options", "nodes in", "layers out", "generate s", "compile s", "relative mse", "max ULP", "verdict"]
WIDTHS = [42, 14, 8, 10, 10, 9, 12, 10, 0]

HEAD = """# Models

Written by `tests/models/table.py -o docs/models.md`; every row is also a test (`ctest -R models/`). Each network goes
from its file to a header (`cameo generate`), to a program that runs it, to results that are held against a reference,
with one command and without changes to the file.

* Rows are of [tests/models/rows.py](../tests/models/rows.py). Files of seed0 to seed4 are in `tests/models/skeleton`,
  their weights drawn by seed; the others are trained networks, from the packages silero-vad, magika and basic-pitch of
  PyPI.
* The reference is onnxruntime on one thread. Of a network in training mode it computes, for `--inference`, what is left
  without dropout, with running statistics; for `--training`, dropout keeps what ONNX's reference implementation keeps.
  Operators that ONNX does not have are held against SciPy.
* *options* are those of cameo, but for the values of inputs and shapes, and sizes: of a network whose axes are open, so
  many instantiations run in one program and share its weights. A choice that is missing there (`--inference`,
  `--custom`) is asked for by `cameo check`, with the node.
* *nodes in* are those of the file's graph, *layers out* those of the header. *compile* includes the link. Seconds are
  those of one run, beside whatever else the machine did; [performance.md](performance.md) has times of generation and
  of compilers that were measured alone.
* Where softmax makes zeros and a one of random weights' results, what it reads is observed and compared too.
* *relative mse* is sum (y - r)² / sum r² of the worst output, over all runs; a row fails from 1e-9 on. *max ULP* is the
  largest number of steps from one representable number to the next between a result and its reference: large where sums
  cancel to almost zero.

"""


def optional(result, key, form):
    return format(result[key], form) if key in result else "-"


def cells(result):
    figures = [
        ("nodes", "d"),
        ("layers", "d"),
        ("generate", ".2f"),
        ("compile", ".1f"),
        ("relative_mse", ".1e"),
        ("max_ulp", "d"),
    ]
    return [result["file"], result["chosen"], *(optional(result, *figure) for figure in figures), result["verdict"]]


def line(row):
    return "  ".join(
        cell.ljust(width) if k < 2 else cell.rjust(width) for k, (cell, width) in enumerate(zip(row, WIDTHS))
    ).rstrip()


def facts(options):
    versions = machine.versions(options.cameo, ["onnxruntime"])
    compiler = run_tool([*options.cxx, "--version"], ".").splitlines()[0]
    return f"{machine.processor_name()}; {compiler}, {' '.join(options.flags)}; " + ", ".join(
        f"{name} {version}" for name, version in versions.items()
    )


def text(results, options):
    rule = ["---"] * 2 + ["---:"] * 6 + ["---"]
    rows = [HEADER, rule, *map(cells, results)]
    good = sum(result["verdict"] == "ok" for result in results)
    body = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return f"{HEAD}{facts(options)}.\n\n{body}\n\n{good} of {len(results)} ok.\n"
