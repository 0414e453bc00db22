"""The programs of bench/ on small networks, for moments: exit status, the shape of what they write, and what they
must not overlook."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests" / "models"
BENCH = ROOT / "bench"
CAMEO = os.environ["CAMEO"]
CXX = os.environ.get("CXX", "c++")
AGAINST = ["--against", CAMEO, "--against-include", ROOT / "include"]

sys.path.insert(0, str(BENCH))
import latency
import performance
import small_nets
from latency import figures, turns
from steps import Steps
from tools import Failure, run_tool


def two_equal_layers():
    """Gemm, Gemm of the same geometry, and one of another."""
    random = np.random.default_rng(1)
    weights = [
        numpy_helper.from_array(random.standard_normal(shape).astype(np.float32), f"w{k}")
        for k, shape in enumerate([(16, 16), (16, 16), (16, 4)])
    ]
    nodes = [helper.make_node("Gemm", [a, f"w{k}"], [b]) for k, (a, b) in enumerate(["xa", "ab", "by"])]
    x, y = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in [("x", [1, 16]), ("y", [1, 4])]
    )
    return helper.make_model(
        helper.make_graph(nodes, "graph", [x], [y], weights), opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    )


def one_node(node, x, y):
    """A model of a node from x to y, which have these shapes."""
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (("x", x), ("y", y)))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 1)]
    return helper.make_model(helper.make_graph([node], "graph", [x], [y]), opset_imports=opsets, ir_version=8)


def unknown_operator():
    return one_node(helper.make_node("Nowhere", ["x"], ["y"]), [4], [4])


def open_rows():
    return one_node(helper.make_node("Softmax", ["x"], ["y"]), ["rows", 8], ["rows", 8])


class Programs(unittest.TestCase):
    def setUp(self):
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def save(self, model, name):
        onnx.save(model, self.directory / name)
        return self.directory / name

    def run_bench(self, program, *arguments, status=0):
        """What the program wrote as JSON, or its complaints where it is to fail before it has anything to write."""
        file = self.directory / "results.json"
        command = [sys.executable, BENCH / f"{program}.py", "--cameo", CAMEO, "--json", file, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return json.loads(file.read_text()) if status < 2 else done.stderr


class Kernels(Programs):
    def test_layers_of_one_geometry_are_one_row(self):
        models = self.save(two_equal_layers(), "equal.onnx"), self.save(unknown_operator(), "unknown.onnx")
        found = self.run_bench("kernels", *models, "--cxx", CXX, "--flags=-O1", "--seconds", 0.01, status=1)
        first, second = found["models"]
        self.assertIn("not supported", second["problem"])
        rows = {tuple(row["layers"]): row for row in first["kernels"]}
        self.assertEqual(set(rows), {("a", "b"), ("y",)})
        self.assertEqual(sum(row["macs"] * len(row["steps"]) for row in first["kernels"]), 16 * 16 * 2 + 16 * 4)
        self.assertAlmostEqual(sum(row["share"] for row in first["kernels"]), 1)
        self.assertGreaterEqual(rows["y",]["bytes"], 4 * (16 + 16 * 4 + 4))
        for row in first["kernels"]:
            for key in ("nanoseconds", "gflops", "share_of_peak", "gigabytes_a_second", "share_of_reading"):
                self.assertGreater(row[key], 0, key)
        self.assertGreater(first["network_nanoseconds"], 0)

    def test_a_missing_compiler_is_named(self):
        self.assertIn(
            "no_compiler", self.run_bench("kernels", MODELS / "mlp_ctrl.onnx", "--cxx", "no_compiler", status=2)
        )


class CompileTime(Programs):
    def test_each_compiler(self):
        found = self.run_bench(
            "compile_time",
            MODELS / "mlp_ctrl.onnx",
            "--cxx",
            CXX,
            "--cxx",
            "no_compiler",
            "--flags=-O1",
            *AGAINST,
            "--repeat",
            1,
            status=1,
        )
        empty, row = found["models"]
        self.assertGreater(row["generate"]["against"]["ratio"], 0)
        self.assertGreater(row["compile"][CXX]["against"]["ratio"], 0)
        self.assertIn(found["against"]["summary"][CXX]["worst_network"], (empty["model"], row["model"]))
        self.assertIsNone(found["against"]["summary"]["no_compiler"])
        self.assertEqual(row["model"], "mlp_ctrl")
        self.assertGreater(row["generate"]["megabytes"], 1)
        self.assertLess(empty["compile"][CXX]["seconds"], row["compile"][CXX]["seconds"])
        self.assertLess(empty["compile"][CXX]["megabytes"], row["compile"][CXX]["megabytes"])
        self.assertIn("no_compiler", row["compile"]["no_compiler"]["problem"])
        self.assertIn("| mlp_ctrl | ", performance.compile_time_section(found))

    def test_several_sizes_in_one_program(self):
        sizes = ["--size", "2", "--size", "3"]
        found = self.run_bench(
            "compile_time", self.save(open_rows(), "rows.onnx"), "--cxx", CXX, "--flags=-O1", *sizes, "--repeat", 1
        )
        self.assertEqual([row["model"] for row in found["models"][1:]], ["rows at 2", "rows at 2 and 3"])
        for row in found["models"][1:]:
            self.assertGreater(row["compile"][CXX]["seconds"], 0)


class Trees(Programs):
    def test_rows_that_change(self):
        """The program of cameo, on rows of which each call has others."""
        node = helper.make_node(
            "TreeEnsembleRegressor",
            ["x"],
            ["y"],
            domain="ai.onnx.ml",
            nodes_treeids=[0, 0, 0],
            nodes_nodeids=[0, 1, 2],
            nodes_featureids=[1, 0, 0],
            nodes_values=[0.5, 0.0, 0.0],
            nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"],
            nodes_truenodeids=[1, 0, 0],
            nodes_falsenodeids=[2, 0, 0],
            target_treeids=[0, 0],
            target_nodeids=[1, 2],
            target_ids=[0, 0],
            target_weights=[3.0, 4.0],
        )
        model = self.save(one_node(node, [2, 2], [2, 1]), "tree.onnx")
        rows = self.directory / "rows.bin"
        np.array([[0, 0], [0, 1], [0, 1], [0, 0]], np.float32).tofile(rows)
        options = argparse.Namespace(cxx=CXX, include=[ROOT / "include"])
        run_tool([CAMEO, "generate", str(model), "-o", "generated.hpp", "--name", "generated"], self.directory)
        program = latency.compile_program("trees_cameo", "-O1", options, self.directory)
        found = latency.run(program, [str(rows)], 0.01, self.directory)
        self.assertEqual(found["results"], [3, 4])
        self.assertGreater(found["median_ns"], 0)

    def test_what_is_missing_is_named(self):
        """The libraries that train ensembles are none of the tests'."""
        said = self.run_bench("trees", "--only", "10 trees", status=2)
        self.assertIn("sklearn is not installed: pip install -r bench/requirements_trees.txt", said)


class SmallNets(Programs):
    def test_a_network_with_state(self):
        arguments = [
            "--state",
            "h0=h1",
            "--state",
            "c0=c1",
            "--cxx",
            CXX,
            "--flags=-O1",
            "--flags=-O1 -g",
            "--floor",
            "echo other 7; echo lstm16 50; echo lstm16 40",
        ]
        found = self.run_bench("small_nets", MODELS / "lstm16.onnx", *arguments, "--seconds", 0.1, "--rounds", 2)
        (row,) = found["models"]
        self.assertEqual(row["floor_ns"], 40)
        self.assertEqual(row["problems"], {})
        self.assertLessEqual({"-O1", "-O1 -g", "spin"}, set(row["contenders"]))
        self.assertNotEqual("onnxruntime" in row["contenders"], bool(found["onnxruntime_problem"]))
        for name, measured in row["contenders"].items():
            self.assertLess(0, measured["loop_ns"], name)
            self.assertLessEqual(measured["median_ns"], measured["p99_ns"], name)
            self.assertLessEqual(measured["p99_ns"], measured["p99_9_ns"], name)
            self.assertGreater(measured["samples"], 100, name)
        self.assertLess(abs(row["contenders"]["spin"]["median_ns"] / row["contenders"]["-O1"]["median_ns"] - 1), 0.7)
        self.assertIn("| lstm16 | ", performance.small_nets_section(found))

    def test_against_another_cameo(self):
        arguments = [MODELS / "mlp_ctrl.onnx", MODELS / "mlp_jet.onnx", *AGAINST, "--cxx", CXX, "--flags=-O1"]
        found = self.run_bench("small_nets", *arguments, "--seconds", 0.05, "--rounds", 3)
        self.assertEqual(found["against"]["include"], str(ROOT / "include"))
        ratios = {row["model"]: row["against"]["-O1"] for row in found["models"]}
        for name, key in [("loop", "loop_ns"), ("median", "median_ns")]:
            for row in found["models"]:
                compared, contenders = ratios[row["model"]][name], row["contenders"]
                self.assertEqual(len(compared["rounds"]), 3)
                self.assertAlmostEqual(compared["ratio"], contenders["-O1"][key] / contenders["against -O1"][key])
                self.assertLessEqual(min(compared["rounds"]), compared["quartiles"][0])
                self.assertLessEqual(*compared["quartiles"])
            summary, of_figure = found["against"]["summary"][name], [found[name]["ratio"] for found in ratios.values()]
            self.assertAlmostEqual(summary["geometric_mean"], (of_figure[0] * of_figure[1]) ** 0.5)
            self.assertEqual(summary["worst"]["ratio"], max(of_figure))
            self.assertEqual(ratios[summary["worst_network"].split()[0]][name], summary["worst"])

    def test_each_neighbour_goes_first_as_often(self):
        for names in (["new", "old"], ["new", "old", "other"], ["a", "b", "c", "d"]):
            rounds = [turns.in_turn(names, turn) for turn in range(2 * len(names))]
            for name in names:
                self.assertEqual([sum(order[place] == name for order in rounds) for place in (0, -1)], [2, 2])
            self.assertEqual(sum(order.index(names[0]) < order.index(names[1]) for order in rounds), len(names))

    def test_a_wrong_result_has_no_time(self):
        network = turns.Network(MODELS / "lstm16.onnx")
        for name, results in [("a", [1.0, 2.0]), ("b", [1.0, 2.001]), ("onnxruntime", [1.0, 2.00001])]:
            network.add(name, [])
            network.rounds[name].append({"results": results})
        figures.check(network)
        self.assertEqual(set(network.commands), {"a", "onnxruntime"})
        self.assertIn("wrong result", network.problems["b"])

    def test_patterns_of_state_mean_what_they_mean_to_cameo(self):
        model = MODELS / "wavenet_std_b64.onnx"
        done = subprocess.run([CAMEO, "inspect", "--json", "--state", "h*=n*", model], capture_output=True, check=True)
        options = type("options", (), {"cameo": CAMEO})
        pairs = latency.state_pairs(model, ["h*=n*"], options, self.directory)
        self.assertEqual(
            [pair.split("=")[0] for pair in pairs], [state["name"] for state in json.loads(done.stdout)["states"]]
        )
        self.assertEqual(pairs[0], "h0_0=n0_0")
        self.assertRaises(Failure, latency.state_pairs, model, ["h*=y*"], options, self.directory)

    def test_the_networks_measured_without_arguments_are_here(self):
        for name in small_nets.NETWORKS:
            self.assertTrue((small_nets.MODELS / f"{name}.onnx").is_file(), name)


class Against(Programs):
    """Which headers belong to the other generator."""

    def other(self, *arguments):
        program = self.directory / "build" / "cameo"
        program.parent.mkdir(exist_ok=True)
        if not program.exists():
            shutil.copy(CAMEO, program)
        return ["--against", program, *arguments]

    def test_headers_that_are_not_found_are_named(self):
        for program in ("small_nets", "compare"):
            for arguments, words in [
                (self.other(), f"no directory above {self.directory / 'build' / 'cameo'} has include/cameo/cameo.hpp"),
                (self.other("--against-include", self.directory), f"no cameo/cameo.hpp in {self.directory}"),
                (["--against", "no_cameo"], "'no_cameo' is not a program"),
                (["--against-include", ROOT / "include"], "give its program with --against"),
            ]:
                self.assertIn(words, self.run_bench(program, MODELS / "mlp_ctrl.onnx", *arguments, status=2))

    def test_the_other_is_compiled_with_its_own_headers(self):
        """Of a tree, found above the program: they do not compile."""
        for name in ("cameo.hpp", "core/view.hpp"):
            header = self.directory / "include" / "cameo" / name
            header.parent.mkdir(parents=True, exist_ok=True)
            header.write_text("#error these are the headers of the other\n")
        arguments = [MODELS / "mlp_ctrl.onnx", *self.other(), "--cxx", CXX, "--flags=-O1", "--seconds", 0.05]
        found = self.run_bench("small_nets", *arguments, "--rounds", 1, status=1)
        self.assertIn("the headers of the other", found["models"][0]["problems"]["against -O1"])
        self.assertEqual(found["models"][0]["against"], {})
        self.assertIsNone(found["against"]["summary"]["loop"])
        found = self.run_bench("compare", *arguments, "--rounds", 1, "--peers", "onnxruntime")
        self.assertIn("the headers of the other", found["models"][0]["contenders"][1]["message"])
        self.assertIsNone(found["models"][0]["against"])


class Compare(Programs):
    def test_beside_onnxruntime(self):
        found = self.run_bench(
            "compare",
            MODELS / "mlp_ctrl.onnx",
            "--peers",
            "onnxruntime",
            "--cxx",
            CXX,
            "--flags=-O1",
            "--seconds",
            0.05,
            "--rounds",
            2,
        )
        cameo, peer = found["models"][0]["contenders"]
        self.assertEqual((cameo["name"], peer["name"]), ("cameo", "onnxruntime"))
        self.assertAlmostEqual(cameo["x_onnxruntime"], peer["median_ns"] / cameo["median_ns"])

    def test_against_another_cameo(self):
        arguments = ["--peers", "onnxruntime", "--cxx", CXX, "--flags=-O1", "--seconds", 0.05, "--rounds", 3]
        found = self.run_bench("compare", MODELS / "mlp_ctrl.onnx", *AGAINST, *arguments)
        (result,) = found["models"]
        rows = {row["name"]: row for row in result["contenders"]}
        self.assertEqual(list(rows), ["cameo", "against", "onnxruntime"])
        self.assertEqual(rows["cameo"]["x_best_peer"], rows["cameo"]["x_onnxruntime"])
        medians = [statistics.median(rows[name]["rounds_ns"]) for name in ("cameo", "against")]
        self.assertAlmostEqual(result["against"]["ratio"], medians[0] / medians[1])
        self.assertEqual(found["against"]["summary"]["worst_network"], "mlp_ctrl")
        self.assertAlmostEqual(found["against"]["summary"]["geometric_mean"], result["against"]["ratio"])

    def test_quantized_networks_are_compared_in_steps(self):
        """Each step of the output counts, not what it is of the largest."""
        scale, zero = numpy_helper.from_array(np.float32(0.5), "scale"), numpy_helper.from_array(np.uint8(9), "zero")
        nodes = [
            helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
            helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["d"]),
            helper.make_node("Reshape", ["d", "shape"], ["y"]),
        ]
        x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [4]) for name in "xy")
        graph = helper.make_graph(
            nodes, "graph", [x], [y], [scale, zero, numpy_helper.from_array(np.array([4]), "shape")]
        )
        onnx.save(
            helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8),
            self.directory / "steps.onnx",
        )
        steps = Steps(self.directory / "steps.onnx")
        self.assertTrue(steps.quantized)
        self.assertEqual(steps.of_outputs, [0.5])
        right = np.array([0, 1, 2, 100, 0, 0, 0, 0], np.float32)
        for moved, problem in [(0.5, ""), (-3, ""), (3.5, "7 steps off")]:
            found = steps.problem([right + np.float32([0, moved, 0, 0, 0, 0, 0, 0])], [right], 1e-2)
            self.assertEqual(found[: len("7 steps off")], problem)
        self.assertIn("2.00 on average", steps.problem([right + 1], [right], 1e-2))
        self.assertFalse(Steps(MODELS / "mlp_ctrl.onnx").quantized)


if __name__ == "__main__":
    unittest.main()
