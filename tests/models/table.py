#!/usr/bin/env python3
"""Every network of rows.py from its file to verified C++, as a table.

    tests/models/table.py --cameo build/cameo                     # all of them
    tests/models/table.py --cameo build/cameo seed2_vgg19 magika  # some
    tests/models/table.py --cameo build/cameo -o docs/models.md   # the page

Weights that a file lacks are drawn by seed. The header is generated, a program with it compiled and run on seeded
inputs, and the results are held against those of a reference, most by onnxruntime. Exit status: 0 every verdict is ok;
1 some is not; 2 a wrong command line.
"""

import argparse
import json
import os
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
from row import run_row
from rows import ROWS
from shared import ROOT


def parse_arguments():
    summary, _, details = __doc__.partition("\n\n")
    parser = argparse.ArgumentParser(description=summary, epilog=details, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add("rows", nargs="*", metavar="ROW", help="of rows.py (default: all)")
    add(
        "--cameo",
        default=os.environ.get("CAMEO", "cameo"),
        metavar="PATH",
        help="the generator (default: $CAMEO, then the path)",
    )
    add("--cxx", default=os.environ.get("CXX", "c++"), metavar="COMMAND", help="the compiler (default: $CXX, then c++)")
    add("--flags", default="-O3 -march=native", help="of the compiler (default: -O3 -march=native)")
    add("--jobs", type=int, default=1, help="rows at a time (default: 1, for the times)")
    add(
        "--downloads",
        type=Path,
        default=ROOT / "build" / "trained",
        metavar="DIRECTORY",
        help="of trained networks (default: build/trained)",
    )
    add("--json", type=Path, metavar="FILE", help="write the results there too")
    add("-o", "--output", type=Path, metavar="FILE", help="write the page there too")
    options = parser.parse_args()
    for name in set(options.rows) - set(ROWS):
        parser.error(f"there is no row {name}")
    if not shutil.which(options.cameo):
        parser.error(f"'{options.cameo}' is not a program: build cameo and give --cameo PATH")
    options.cameo, options.downloads = str(Path(shutil.which(options.cameo)).resolve()), options.downloads.resolve()
    options.cxx, options.flags = shlex.split(options.cxx), shlex.split(options.flags)
    return options


def main():
    options = parse_arguments()
    results = []
    print(page.line(page.HEADER), flush=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        for result in pool.map(lambda name: run_row(ROWS[name], options), options.rows or ROWS):
            results.append(result)
            print(page.line(page.cells(result)), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    if options.output:
        options.output.write_text(page.text(results, options))
    return 0 if all(result["verdict"] == "ok" for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
