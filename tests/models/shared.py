"""What the programs of bench/ have already."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench"))

import machine  # noqa: F401
from tools import Failure, run_tool  # noqa: F401
