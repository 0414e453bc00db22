"""What the programs here share of their command lines."""

import argparse
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shape(text):
    name, _, extents = text.rpartition(":")
    return name, [int(extent) for extent in extents.split(",")]


def dim(text):
    name, _, extent = text.partition("=")
    return name, int(extent)


def above_zero(text):
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def new_parser(description):
    """A parser of what all take. The first paragraph stands before the options, the rest after them."""
    summary, _, details = description.partition("\n\n")
    layout = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=summary, epilog=details, formatter_class=layout)
    add = parser.add_argument
    add("--cameo", default="cameo", metavar="PATH", help="the generator; found in the path otherwise")
    add("--include", action="append", type=Path, metavar="DIRECTORY", help="of headers (default: include beside bench)")
    add("--processor", type=int, help="stay on this processor; the last one otherwise")
    add("--json", type=Path, metavar="FILE", help="write all figures there too")
    return parser


def add_models(parser):
    add = parser.add_argument
    add("models", metavar="MODEL", nargs="+", type=Path, help="ONNX files")
    add("--input-shape", action="append", type=shape, default=[], metavar="NAME:1,3,8,8", help="fix an input's shape")
    add("--dim", action="append", type=dim, default=[], metavar="NAME=8", help="fix a named dynamic axis")


def add_state(parser):
    add = parser.add_argument
    add("--state", action="append", default=[], metavar="h=n", help="bind an output to an input, as cameo does")
    add("--stream", metavar="AXIS=N", help="take sequences in parts, as cameo does")


def add_compiler(parser):
    add = parser.add_argument
    add("--cxx", default="c++", metavar="COMMAND", help="the compiler (default: c++)")
    add_flags(parser)


def add_flags(parser):
    parser.add_argument("--flags", default="-O3 -march=native", help="of the compiler (default: -O3 -march=native)")


def find_generator(parser, option, name):
    generator = shutil.which(name)
    if generator is None:
        parser.error(f"'{name}' is not a program: build cameo and give {option} PATH")
    return str(Path(generator).resolve())


def parse(parser):
    """Before minutes of measuring: what is named on the command line exists."""
    options = parser.parse_args()
    options.include = [path.resolve() for path in options.include or [ROOT / "include"]]
    if "input_shape" in options:
        options.input_shape, options.dim = dict(options.input_shape), dict(options.dim)
    options.cameo = find_generator(parser, "--cameo", options.cameo)
    for path in [path for path in options.models if not path.is_file()]:
        parser.error(f"{path}: there is no such file")
    for path in [path for path in options.include if not path.is_dir()]:
        parser.error(f"--include: there is no directory {path}")
    if options.json and not options.json.resolve().parent.is_dir():
        parser.error(f"--json: there is no directory {options.json.resolve().parent}")
    return options


def generator_options(options):
    """The options of the command line that cameo takes, too."""
    shapes = [f"--input-shape={name}:{','.join(map(str, shape))}" for name, shape in options.input_shape.items()]
    dims = [f"--dim={name}={extent}" for name, extent in options.dim.items()]
    states = [f"--state={binding}" for binding in getattr(options, "state", [])]
    streams = [f"--stream={options.stream}"] if getattr(options, "stream", None) else []
    return shapes + dims + states + streams
