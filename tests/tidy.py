"""Runs clang-tidy over the generator, which includes the library's operators, with the checks of .clang-tidy.

The version is that of requirements_full.txt. Exit status 1 if it has anything to say.
"""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLANG_TIDY = Path(sys.executable).parent / "clang-tidy"


def findings(source, build):
    """What clang-tidy says of a source, which includes what the build makes."""
    includes = [f"-I{directory}" for directory in ("generator", "include", build / "generator")]
    done = subprocess.run(
        [CLANG_TIDY, "--quiet", source, "--", "-std=c++20", *includes, '-DCAMEO_SOURCE_INCLUDE=""'],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.stdout + (done.stderr if done.returncode else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path, help="the directory in which cameo was built")
    parser.add_argument("sources", nargs="*", help="instead of all of the generator")
    options = parser.parse_args()
    sources = options.sources or sorted((ROOT / "generator").rglob("*.cpp"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = [text for text in pool.map(lambda source: findings(source, options.build.resolve()), sources) if text]
    print("".join(said), end="")
    print(f"tidy: {len(sources) - len(said)} of {len(sources)} files are clean")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
