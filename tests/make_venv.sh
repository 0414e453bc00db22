#!/bin/sh
# Makes the Python environment of the tests: make_venv.sh DIRECTORY, then cmake -D CAMEO_PYTHON=DIRECTORY/bin/python.
set -e
python3 -m venv "$1"
"$1/bin/pip" install --quiet --requirement "$(dirname "$0")/requirements.txt"
