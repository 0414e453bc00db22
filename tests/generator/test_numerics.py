"""docs/numerics.md: code of this compiler errs no more than its tables say, and the functions that the first one
lists by 4 units at most.

CAMEO=cameo python tests/generator/test_numerics.py --write g++ clang++-19     makes the tables: the larger figures of
these compilers
"""

import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from support import CXX, ROOT, GeneratorTest, main

DOCUMENT = ROOT / "docs" / "numerics.md"
TARGETS = {"SSE2": ("sse2", []), "AVX2": ("avx2", ["-march=x86-64-v3"]), "AVX-512": ("avx512vl", ["-march=x86-64-v4"])}
TABLE = r"(<!-- {} -->\n)(.*?)(<!-- end -->)"


def runnable():
    """The targets that this machine has."""
    cpu = Path("/proc/cpuinfo")
    found = re.search(r"^flags\s*:(.*)$", cpu.read_text(), re.MULTILINE) if cpu.exists() else None
    return [name for name, (flag, _) in TARGETS.items() if found and flag in found[1].split()]


def measured(target, compiler, directory):
    """{(list, function): its numbers}"""
    program = Path(directory) / "table"
    subprocess.run(
        [
            *compiler,
            "-std=c++20",
            "-O2",
            *TARGETS[target][1],
            "-I",
            ROOT / "include",
            "-I",
            ROOT / "tests",
            ROOT / "tests/generator/numerics_table.cpp",
            "-o",
            program,
        ],
        check=True,
    )
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    return {tuple(words[:2]): [float(w) for w in words[2:]] for words in map(str.split, lines)}


def rows(text, name):
    """{function: cells} of a table."""
    lines = re.search(TABLE.format(name), text, re.DOTALL)[2].splitlines()[2:]
    return {
        cells[0].strip("`"): cells[1:]
        for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    }


class Numerics(GeneratorTest):
    def test_no_worse_than_the_tables(self):
        text = DOCUMENT.read_text()
        tables = {name: rows(text, name) for name in ("exact", "other", "fast")}
        for target in runnable():
            for (table, function), numbers in measured(target, CXX, self.directory).items():
                cells = tables[table][function]
                stated = float(cells[0 if table == "fast" else list(TARGETS).index(target)].split()[0])
                with self.subTest(target=target, function=function):
                    # Compilers contract products and sums differently.
                    self.assertLessEqual(numbers[0], stated * 1.05)
                    if table == "exact":
                        self.assertLessEqual(numbers[0], 4)


def rounded_up(x, digits):
    """In so many significant digits."""
    unit = 10.0 ** (math.floor(math.log10(x)) - digits + 1)
    return f"{math.ceil(x / unit) * unit:.{digits}g}"


def arguments(numbers, function):
    return ", ".join(f"{x:.4g}" for x in numbers[1 : 3 if function == "pow" else 2])


def write(compilers):
    with tempfile.TemporaryDirectory() as directory:
        found = {target: [measured(target, [compiler], directory) for compiler in compilers] for target in TARGETS}
    text = DOCUMENT.read_text()
    for name in ("exact", "other", "fast"):
        head = (
            ["error", "relative error", *(f"speed, {target}" for target in TARGETS)] if name == "fast" else [*TARGETS]
        )
        lines = ["| function | " + " | ".join(head) + " |", "| --- |" + " --- |" * len(head)]
        for table, function in next(iter(found.values()))[0]:
            if table != name:
                continue
            all_of = {target: [run[table, function] for run in runs] for target, runs in found.items()}
            if name == "fast":
                error, relative = (max(numbers[k] for runs in all_of.values() for numbers in runs) for k in (0, 1))
                cells = [
                    rounded_up(error, 2),
                    rounded_up(relative, 2) if relative < 1 else "",
                    *(f"{max(numbers[2] for numbers in runs):.1f} x" for runs in all_of.values()),
                ]
            else:
                cells = [
                    f"{rounded_up(worst[0], 3)} at {arguments(worst, function)}"
                    for worst in (max(runs) for runs in all_of.values())
                ]
            lines.append(f"| `{function}` | " + " | ".join(cells) + " |")
        text = re.sub(TABLE.format(name), lambda m: m[1] + "\n".join(lines) + "\n" + m[3], text, flags=re.DOTALL)
    DOCUMENT.write_text(text)


if __name__ == "__main__":
    write(sys.argv[2:]) if sys.argv[1:2] == ["--write"] else main()
