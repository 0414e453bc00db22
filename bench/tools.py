"""Other programs, run for us."""

import subprocess
from pathlib import Path


class Failure(Exception):
    """It cannot be done; the text says why, and needs no name of an exception before it."""


def run_tool(command, directory):
    """Runs a converter, a compiler or what it made; a failure ends in its last words. Returns what it printed."""
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise Failure(f"{command[0]}: cannot be started: {error.strerror}") from error
    if done.returncode == 0:
        return done.stdout
    said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
    # Compilers begin with the cause, converters end with it.
    errors = [line for line in said if "error:" in line.lower()]
    status = f"signal {-done.returncode}" if done.returncode < 0 else f"exit status {done.returncode}"
    raise Failure(f"{Path(command[0]).name} ended with {status}: {(errors or said[-1:])[0].strip()}")
