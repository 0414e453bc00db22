"""What the contenders measured, over all rounds, and its table."""

import statistics

import against
import table

LARGEST_ERROR = 1e-4
COMPARED = {"loop": "loop_ns", "median": "median_ns"}  # with another cameo
FIGURES = ["loop_ns", "median_ns", "p99_ns", "p99_9_ns"]


def largest_error(results, reference):
    if len(results) != len(reference):
        return float("inf")
    largest = max(map(abs, reference), default=0)
    return max((abs(a - b) for a, b in zip(results, reference)), default=0) / (largest or 1)


def check(network):
    """Against onnxruntime, or one another: whoever computes something else is left out."""
    names = sorted((name for name in network.commands if name != "spin"), key=lambda name: name != "onnxruntime")
    for name in names[1:]:
        error = largest_error(network.rounds[name][0]["results"], network.rounds[names[0]][0]["results"])
        if not error < LARGEST_ERROR:
            network.leave_out(name, f"wrong result: relative error {error:.1e} beside {names[0]}")


def medians(network):
    """Over rounds, of each contender."""
    return {
        name: {key: statistics.median(r[key] for r in network.rounds[name]) for key in FIGURES}
        for name in network.commands
    }


def summarize(network, options, floors):
    check(network)
    row = {"model": network.model.stem, "contenders": medians(network), "problems": network.problems}
    for name in network.commands:
        rounds = network.rounds[name]
        row["contenders"][name] |= {"calls": rounds[-1]["calls"], "samples": sum(r["samples"] for r in rounds)}
    nanoseconds = [floor[network.model.stem] for floor in floors if network.model.stem in floor]
    row["floor_ns"] = statistics.median(nanoseconds) if nanoseconds else None
    both = [flags for flags in options.flags if {flags, against.name_of(flags)} <= set(network.commands)]
    row["against"] = {flags: compare(network.rounds[flags], network.rounds[against.name_of(flags)]) for flags in both}
    return row


def compare(these, others):
    """Ratios of this cameo's rounds to another's."""
    return {name: against.ratio([r[key] for r in these], [r[key] for r in others]) for name, key in COMPARED.items()}


def against_cells(results):
    """Header and rows, as text: a row for each network and flags."""
    header = ["network", "flags", *(column for name in COMPARED for column in (name, "other", "this / other"))]
    rows = []
    for row in results["models"]:
        for flags, ratios in row["against"].items():
            rows.append([row["model"], flags])
            these, others = (row["contenders"][name] for name in (flags, against.name_of(flags)))
            for name, key in COMPARED.items():
                rows[-1] += [table.time_text(these[key]), table.time_text(others[key]), against.text(ratios[name])]
    return header, rows


def against_summary(models):
    """Over all networks and flags, of each figure."""
    ratios = {f"{row['model']} ({flags})": found for row in models for flags, found in row["against"].items()}
    return {name: against.summarize({network: found[name] for network, found in ratios.items()}) for name in COMPARED}


def cells(results):
    """Header and rows, as text. Ratios of loops are to cameo's with the first flags."""
    first, *others = results["flags"]
    header = [
        "network",
        "loop",
        "median",
        "p99 / median",
        "p99.9 / median",
        "spin",
        *(column for flags in others for column in (flags, "x")),
    ]
    header += ["floor", "x floor", "onnxruntime", "x faster"]
    rows = []
    for row in results["models"]:
        found = row["contenders"]
        cameo, spin = found.get(first), found.get("spin")
        if not cameo:
            rows.append([row["model"], "fails", *["-"] * (len(header) - 2)])
            continue
        line = [row["model"], table.time_text(cameo["loop_ns"]), table.time_text(cameo["median_ns"])]
        line += [f"{cameo[key] / cameo['median_ns']:.2f}" for key in ("p99_ns", "p99_9_ns")]
        line.append(f"{spin['p99_9_ns'] / spin['median_ns']:.2f}" if spin else "-")
        loops = [found.get(flags, {}).get("loop_ns") for flags in others] + [
            row["floor_ns"],
            found.get("onnxruntime", {}).get("loop_ns"),
        ]
        for k, loop in enumerate(loops):
            # Of the floor, how many times its time cameo takes; of the others, how many times cameo's they take.
            ratio = loop and (cameo["loop_ns"] / loop if k == len(others) else loop / cameo["loop_ns"])
            line += [table.time_text(loop), f"{ratio:.2f}"] if loop else ["-", "-"]
        rows.append(line)
    return header, rows
