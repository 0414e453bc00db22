"""The command line of compare.py."""
import argparse
import shutil
from pathlib import Path

from contenders import PEERS

ROOT = Path(__file__).resolve().parent.parent


def shape(text):
    name, _, extents = text.rpartition(":")
    return name, [int(extent) for extent in extents.split(",")]


def dim(text):
    name, _, extent = text.partition("=")
    return name, int(extent)


def peer_list(text):
    names = text.split(",")
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"'{name}' is not one of {', '.join(PEERS)}")
    return names


def above_zero(text):
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def parse_arguments(description):
    summary, _, details = description.partition("\n\n")
    layout = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=summary, epilog=details, formatter_class=layout)
    add = parser.add_argument
    add("models", metavar="MODEL", nargs="+", type=Path, help="ONNX files")
    add("--cameo", default="cameo", metavar="PATH", help="the generator; found in the path otherwise")
    add("--cxx", default="c++", metavar="COMMAND", help="the compiler (default: c++)")
    add("--flags", default="-O3 -march=native", help="its options (default: -O3 -march=native)")
    add("--include", action="append", type=Path, metavar="DIRECTORY", help="of headers (default: include beside bench)")
    add("--peers", type=peer_list, default=PEERS, metavar="A,B", help=f"of {','.join(PEERS)} (default: all)")
    add("--seconds", type=above_zero, default=3.0, help="to measure each contender on each model (default: 3)")
    add("--rounds", type=int, default=10, help="turns that share these seconds (default: 10)")
    add("--input-shape", action="append", type=shape, default=[], metavar="NAME:1,3,8,8", help="fix an input's shape")
    add("--dim", action="append", type=dim, default=[], metavar="NAME=8", help="fix a named dynamic axis")
    add("--processor", type=int, help="stay on this processor; the last one otherwise")
    add("--peak", type=above_zero, metavar="GFLOPS", help="of one processor; measured otherwise")
    add("--json", type=Path, metavar="FILE", help="write all figures there too")
    options = parser.parse_args()
    options.input_shape, options.dim = dict(options.input_shape), dict(options.dim)
    options.include = [path.resolve() for path in options.include or [ROOT / "include"]]
    options.rounds = max(options.rounds, 1)
    check_paths(parser, options)
    return options


def check_paths(parser, options):
    """Before minutes of measuring: what is named on the command line exists."""
    generator = shutil.which(options.cameo)
    if generator is None:
        parser.error(f"'{options.cameo}' is not a program: build cameo and give --cameo PATH")
    options.cameo = str(Path(generator).resolve())
    for path in [path for path in options.models if not path.is_file()]:
        parser.error(f"{path}: there is no such file")
    for path in [path for path in options.include if not path.is_dir()]:
        parser.error(f"--include: there is no directory {path}")
    if options.json and not options.json.resolve().parent.is_dir():
        parser.error(f"--json: there is no directory {options.json.resolve().parent}")
