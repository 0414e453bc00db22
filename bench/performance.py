#!/usr/bin/env python3
"""Writes sections of docs/performance.md, and its plot, from what other programs here measured. Sections that are not
given stay as they are.

bench/compare.py model.onnx ... --json results.json
bench/small_nets.py --json small.json
bench/trees.py --json trees.json
bench/compile_time.py model.onnx ... --json compile.json
bench/performance.py --models results.json --small-nets small.json --trees trees.json --compile-time compile.json \\
    -o docs/performance.md     # and docs/performance.svg
"""

import argparse
import json
import re
import textwrap
from pathlib import Path

import compile_time
import report
import table
import trees
from latency import figures

HEAD = """# Performance

Written by `bench/performance.py`. This table is from one run of `bench/compare.py`, which says how it measures: one
processor, one thread, contenders taking turns in rounds, every result checked against onnxruntime without
optimizations. A ratio is the other's median divided by cameo's: above 1, cameo is faster. Bold: the fastest.

"""


SMALL_NETS = """## Small networks

From `bench/small_nets.py`: one call in C++, contenders in turns on one processor, state bound. loop is the mean of many
calls in a row; quantiles are of single calls, those below 0.5 µs in groups that last as long. spin is p99.9 / median of
a loop of multiplications of the same length: what the machine does. floor is code written by hand for that network and
AVX-512, not a part of this project; x floor is cameo's time through it. onnxruntime runs through its C API with I/O
binding; x faster is its time through cameo's, and x beside other flags theirs.
"""

TREES = """## Trees

From `bench/trees.py`: regressors of 28 features, trained on drawn numbers by scikit-learn, LightGBM and XGBoost and
exported by their converters, so many rows a call, each call with others. x is the other's median divided by cameo's:
above 1, cameo is faster. onnxruntime runs through its C API with I/O binding; lleaves takes LightGBM only; tl2cgen
writes C, in files of ten trees. compiled: seconds to generate and compile.
"""

COMPILE_TIME = """## Compile time

From `bench/compile_time.py`: seconds, and the peak memory of the largest process, to generate a network and to compile
a file that runs it, on one processor. The row of no network includes `<cameo/cameo.hpp>` only.
Of networks with open axes, programs of several sizes show what one more costs; gpt2, unet and lstm_batchfirst are small
ones from PyTorch's exporter.
"""


def cell(row, best):
    if row is None or "median_ns" not in row:
        return row["state"] if row else "-"
    text = table.time_text(row["median_ns"])
    return f"**{text}**" if row["median_ns"] == best else text


def table_of_models(models, names):
    lines = [
        "| model | GFLOP | "
        + " | ".join(names)
        + " | × best peer | × onnxruntime | GFLOP/s | p99 / median | relative mse | generated, compiled |",
        "|" + " --- |" * (len(names) + 8),
    ]
    for model in models:
        rows = {row["name"]: row for row in model["contenders"]}
        cameo = rows.get("cameo", {})
        best = min((row["median_ns"] for row in rows.values() if "median_ns" in row), default=None)
        cells = [
            model["model"],
            report.optional(model["macs"] and 2e-9 * model["macs"], ".3g"),
            *(cell(rows.get(name), best) for name in names),
        ]
        cells += [report.optional(cameo.get(key), ".2f") for key in ("x_best_peer", "x_onnxruntime")]
        cells.append(report.optional(cameo.get("gflops"), ".0f"))
        cells.append(f"{cameo['p99_ns'] / cameo['median_ns']:.2f}" if "median_ns" in cameo else "-")
        cells.append(report.optional(cameo.get("relative_mse"), ".0e"))
        cells.append(
            f"{cameo['generate_seconds']:.1f} s, {cameo['compile_seconds']:.1f} s"
            if "compile_seconds" in cameo
            else "-"
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def draw(models, names, path):
    """A row a model, a dot a contender: how many times faster or slower than cameo, on a logarithmic axis."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "cameo"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9, 1 + 0.3 * len(models)))
    for name in names[1:]:
        points = []
        for place, model in enumerate(models):
            rows = {row["name"]: row for row in model["contenders"]}
            if "median_ns" in rows.get(name, {}) and "median_ns" in rows.get("cameo", {}):
                points.append((rows[name]["median_ns"] / rows["cameo"]["median_ns"], place))
        if points:
            axes.plot(*zip(*points), "o", label=name)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(lambda ratio, _: f"{ratio:g}")
    axes.set_yticks(range(len(models)), [model["model"] for model in models])
    axes.invert_yaxis()
    axes.set_xlabel("time / time of cameo: right of the line, cameo is faster")
    axes.grid(axis="x", alpha=0.3)
    axes.legend(loc="best")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def versions_text(facts):
    return ", ".join(f"{name} {version}" for name, version in facts["versions"].items())


def models_section(facts, plot):
    models = [model for model in facts["models"] if not model["problem"]]
    names = list(dict.fromkeys(row["name"] for model in models for row in model["contenders"]))
    draw(models, names, plot)
    machine = (
        f"{facts['processor_name']}, {facts['peak_gflops']:.0f} GFLOP/s at most; {facts['cxx']} "
        f"{facts['flags']}; {versions_text(facts)}."
    )
    return (
        f"{HEAD}{machine}\n\n{table_of_models(models, names)}\n\n{report.last_line(models)}.\n\n![time of each "
        f"contender over that of cameo]({plot.name})\n"
    )


def small_nets_section(facts):
    machine = f"{facts['processor_name']}; {facts['cxx']} {facts['flags'][0]}; {versions_text(facts)}."
    return f"{SMALL_NETS}\n{machine}\n\n{table.markdown(*figures.cells(facts))}\n"


def trees_section(facts):
    machine = f"{facts['processor_name']}; {facts['cxx']} {facts['flags']}; {versions_text(facts)}."
    return f"{TREES}\n{textwrap.fill(machine, 120)}\n\n{table.markdown(*trees.cells(facts), left=2)}\n"


def compile_time_section(facts):
    machine = f"{facts['processor_name']}; {facts['flags']}."
    return f"{COMPILE_TIME}\n{machine}\n\n{table.markdown(*compile_time.cells(facts))}\n"


def sections_of(page):
    """By heading, in order; that of the models has none."""
    found = re.split(r"^(?=## )", page, flags=re.M)
    return {re.match("(## .*)?", section)[0]: section.rstrip("\n") + "\n" for section in found}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    makers = {
        "": ("--models", "compare.py", lambda facts: models_section(facts, options.output.with_suffix(".svg"))),
        "## Small networks": ("--small-nets", "small_nets.py", small_nets_section),
        "## Trees": ("--trees", "trees.py", trees_section),
        "## Compile time": ("--compile-time", "compile_time.py", compile_time_section),
    }
    for heading, (option, program, _) in makers.items():
        parser.add_argument(
            option, type=Path, dest=heading, metavar="FILE", help=f"what {program} --json wrote: {heading or 'models'}"
        )
    parser.add_argument("-o", "--output", type=Path, required=True, help="the page; the plot goes beside it, as .svg")
    options = parser.parse_args()
    page = sections_of(options.output.read_text()) if options.output.exists() else {}
    for heading, (_, _, section) in makers.items():
        if file := getattr(options, heading):
            page[heading] = section(json.loads(file.read_text()))
    options.output.write_text("\n".join(page[heading] for heading in makers if heading in page))


if __name__ == "__main__":
    main()
