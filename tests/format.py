"""Formats C++ and Python by the versions of clang-format and ruff in requirements.txt.

python tests/format.py [--check]      with --check, files stay as they are, and what is wrong is told
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
CHECK = "--check" in sys.argv
COLUMNS = 120


def files(*patterns):
    """Those that are in the repository, or would be once they are added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
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


def runs_as_a_shell_script(path):
    """A shell takes what may be executed and names no interpreter for a script of its own, whatever it is."""
    return os.access(path, os.X_OK) and not path.read_bytes().startswith(b"#!")


def main():
    cpp = files("*.hpp", "*.cpp")
    done = run("clang-format", *(["--dry-run", "--Werror"] if CHECK else ["-i"]), *cpp)
    done &= run("ruff", "format", "--quiet", *(["--diff"] if CHECK else []), ".")
    done &= run("ruff", "check", "--quiet", *([] if CHECK else ["--fix"]), ".")
    found = [problem for path in cpp for problem in problems(path)]
    found += [f"{path}:1: may be executed: begin with #!" for path in files() if runs_as_a_shell_script(path)]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(not done or bool(found))


if __name__ == "__main__":
    main()
