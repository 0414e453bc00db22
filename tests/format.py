"""Formats C++ and Python by the versions of clang-format and ruff in requirements.txt.

python tests/format.py [--check]      with --check, files stay as they are, and what is wrong is told
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
CHECK = "--check" in sys.argv
COLUMNS = 120


def files(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split() if not name.startswith("tests/golden/")]


def run(tool, *arguments):
    return subprocess.run([TOOLS / tool, *arguments], cwd=ROOT).returncode == 0


def problems(path):
    lines = path.read_text().splitlines()
    if not lines[0].startswith("// "):
        yield f"{path}:1: begin with a comment on what the file is for"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f"{path}:{number}: {len(line)} columns, at most {COLUMNS}"


def main():
    cpp = files("*.hpp", "*.cpp")
    done = run("clang-format", *(["--dry-run", "--Werror"] if CHECK else ["-i"]), *cpp)
    done &= run("ruff", "format", "--quiet", *(["--diff"] if CHECK else []), ".")
    done &= run("ruff", "check", "--quiet", *([] if CHECK else ["--fix"]), ".")
    found = [problem for path in cpp for problem in problems(path)]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(not done or bool(found))


if __name__ == "__main__":
    main()
