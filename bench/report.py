"""Rows from measured workers, tables from rows, and the line that sums them up."""

import math

import against
import numpy
from table import time_text


def row_of(worker):
    """What a contender did on a model, as it goes into the JSON file."""
    row = {"name": worker.name, "state": worker.state, "message": worker.message}
    if worker.state == "ready":
        samples = numpy.concatenate(worker.samples)
        row |= {
            "median_ns": float(numpy.median(samples)),
            "p99_ns": float(numpy.percentile(samples, 99, method="higher")),
            "samples": len(samples),
            "rounds_ns": [float(numpy.median(turn)) for turn in worker.samples],
        }
    if worker.error is not None:
        row |= dict(zip(["relative_error", "relative_mse"], map(float, worker.error)))
    return row | worker.facts


def summarize(model, rows, peak):
    """Adds what needs more than one row: ratios, above 1 is faster, to another cameo slower, and the share of the
    peak."""
    medians = {row["name"]: row["median_ns"] for row in rows if "median_ns" in row}
    best = min((median for name, median in medians.items() if name not in ("cameo", "against")), default=None)
    macs = next((row["macs"] for row in rows if "macs" in row), None)
    for row in rows:
        median = row.get("median_ns")
        if median is None:
            continue
        row["x_best_peer"] = best and best / median
        row["x_onnxruntime"] = "onnxruntime" in medians and medians["onnxruntime"] / median or None
        row["gflops"] = macs and 2 * macs / median
        row["share_of_peak"] = macs and row["gflops"] / peak
    rounds = {row["name"]: row["rounds_ns"] for row in rows if "rounds_ns" in row}
    ratio = against.ratio(rounds["cameo"], rounds["against"]) if {"cameo", "against"} <= set(rounds) else None
    return {"model": model, "macs": macs, "contenders": rows, "against": ratio}


def optional(value, form):
    return format(value, form) if value is not None else "-"


def line_of(row):
    if "median_ns" not in row:
        return f"  {row['name']:<12} {row['state']}: {row['message']}".rstrip(": ")
    return (
        f"  {row['name']:<12} {time_text(row['median_ns']):>10} {time_text(row['p99_ns']):>10}"
        f" {optional(row['x_best_peer'], '.2f'):>12} {optional(row['x_onnxruntime'], '.2f'):>14}"
        f" {optional(row['gflops'], '.1f'):>9} {optional(row['share_of_peak'], '.0%'):>8}"
        f" {row['relative_mse']:>13.1e}"
    )


def cameo_row(result):
    return result["contenders"][0] if result["contenders"] else {}


def print_facts(facts):
    print(f"processor {facts['processor']}, {facts['processor_name']}, {facts['peak_gflops']:.1f} GFLOP/s at most")
    print(f"{facts['cxx']} {facts['flags']}; " + ", ".join(f"{k} {v}" for k, v in facts["versions"].items()))
    print("Peers' times include the call from Python and what their bindings add;", end="")
    print(f" an empty call takes {facts['empty_call_ns']:.0f} ns.", flush=True)
    if facts["against"]:
        print(against.facts_text(facts["against"]), flush=True)


def print_model(result):
    if result["problem"]:
        print(f"\n{result['model']} {result['problem']}", flush=True)
        return
    cameo = cameo_row(result)
    facts = [f"{2e-9 * result['macs']:.3g} GFLOP"] if result["macs"] is not None else []
    if "compile_seconds" in cameo:
        generate, compile = cameo["generate_seconds"], cameo["compile_seconds"]
        facts.append(f"cameo generates in {generate:.2f} s, compiles in {compile:.2f} s")
    print(f"\n{result['model']}" + (": " if facts else "") + "; ".join(facts))
    print(f"  {'':<12} {'median':>10} {'p99':>10} {'x best peer':>12} {'x onnxruntime':>14}", end="")
    print(f" {'GFLOP/s':>9} {'of peak':>8} {'relative mse':>13}")
    for row in result["contenders"]:
        print(line_of(row), flush=True)
    if result["against"]:
        print(f"  this / other: {against.text(result['against'])}", flush=True)


def print_medians(results, names):
    """All models at a glance."""
    width = max(len(result["model"]) for result in results)
    print("\n" + "median".ljust(width) + "".join(f" {name:>12}" for name in names))
    for result in results:
        rows = {row["name"]: row for row in result["contenders"]}
        cells = []
        for name in names:
            row = rows.get(name, {"state": "fails"})
            cells.append(time_text(row["median_ns"]) if "median_ns" in row else row["state"])
        print(result["model"].ljust(width) + "".join(f" {cell:>12}" for cell in cells))


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def last_line(results):
    """Models that a mean leaves out are named before it, not hidden in it."""
    rows = [(result["model"], cameo_row(result)) for result in results]
    ratios = {model: row["x_best_peer"] for model, row in rows if row.get("x_best_peer")}
    beside_onnxruntime = {model: row["x_onnxruntime"] for model, row in rows if row.get("x_onnxruntime")}
    slowest = min(ratios, key=ratios.get, default="-")
    means = [geometric_mean(ratios.values()), geometric_mean(beside_onnxruntime.values()), ratios.get(slowest)]
    a, b, c = (optional(ratio, ".2f") for ratio in means)
    notes = ""
    for measured, others in [(ratios, "any peer"), (beside_onnxruntime, "onnxruntime")]:
        left_out = [model for model, _ in rows if model not in measured]
        if left_out:
            notes += f"without a time of cameo or of {others}, not in that mean: {', '.join(left_out)}\n"
    return f"{notes}geomean {a} x best peer, {b} x onnxruntime; slowest {c} x on {slowest}"
