"""--against: another cameo, mostly an older one, in the same rounds, with its own headers, the same options and flags.

A ratio is this cameo's time divided by the other's: above 1 is slower. It is that of the medians over rounds. The
quartiles beside it are those of the ratios that single rounds have: they show whether it is more than noise. It may lie
outside of them, where few rounds saw two states of the machine.
"""

import argparse
import statistics
from pathlib import Path

import command_line
import machine

HEADER = Path("cameo", "cameo.hpp")
LEGEND = "ratios are this cameo's time / the other's: above 1 is slower; beside them, quartiles of the rounds' own"


def add_arguments(parser):
    add = parser.add_argument
    add("--against", metavar="OLD_CAMEO", help="another cameo, measured in the same rounds")
    add("--against-include", type=Path, metavar="DIRECTORY", help="of its headers (default: include above its program)")


def settle(parser, options):
    """Before minutes of measuring: the other generator and its headers exist."""
    if options.against is None:
        if options.against_include:
            parser.error("--against-include names the headers of another cameo: give its program with --against")
        return
    options.against = command_line.find_generator(parser, "--against", options.against)
    if options.against_include is None:
        options.against_include = headers_above(parser, options.against)
    if not (options.against_include / HEADER).is_file():
        parser.error(f"--against-include: there is no {HEADER} in {options.against_include}")
    options.against_include = options.against_include.resolve()


def headers_above(parser, program):
    """Of the source tree in which the program was built, or of the prefix where it is installed."""
    for directory in Path(program).parents:
        if (directory / "include" / HEADER).is_file():
            return directory / "include"
    return parser.error(
        f"--against: no directory above {program} has include/{HEADER}: give --against-include DIRECTORY"
    )


def options_of(options):
    """The command line as it would be with --cameo OLD_CAMEO: its headers take the place of this cameo's."""
    others = [path for path in options.include if not (path / HEADER).is_file()]
    return argparse.Namespace(
        **vars(options) | {"cameo": options.against, "include": [options.against_include, *others]}
    )


def name_of(flags):
    """Of the contender that the other cameo is with these flags, where there are several."""
    return f"against {flags}"


def facts(options):
    if options.against is None:
        return None
    version = machine.versions(options.against, [])["cameo"]
    return {"cameo": options.against, "include": str(options.against_include), "version": version}


def facts_text(facts):
    return f"against {facts['cameo']}, {facts['version']}, headers in {facts['include']}; {LEGEND}"


def ratio(these, others):
    """Of times, one a round each."""
    rounds = [a / b for a, b in zip(these, others)]
    quartiles = statistics.quantiles(rounds, n=4, method="inclusive") if len(rounds) > 1 else rounds * 3
    return {
        "ratio": statistics.median(these) / statistics.median(others),
        "quartiles": [quartiles[0], quartiles[2]],
        "rounds": rounds,
    }


def text(found):
    low, high = found["quartiles"]
    return f"{found['ratio']:.3f} ({low:.3f} to {high:.3f})"


def summarize(ratios):
    """Of ratios by the name of the network."""
    if not ratios:
        return None
    worst = max(ratios, key=lambda name: ratios[name]["ratio"])
    mean = statistics.geometric_mean(found["ratio"] for found in ratios.values())
    return {"geometric_mean": mean, "worst_network": worst, "worst": ratios[worst]}


def summary_text(summary):
    if summary is None:
        return "no network with a time of both"
    return f"geomean {summary['geometric_mean']:.3f}, worst {text(summary['worst'])} on {summary['worst_network']}"
