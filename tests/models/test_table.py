"""The table itself: it has every network, its page has every row, and a wrong result, a missing refusal or a package
that is not there is no "ok"."""

import argparse
import dataclasses
import os
import shlex
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import row
import skeleton
from reference import REFERENCES, max_ulp, relative_mse
from row import run_row
from rows import ROWS
from shared import ROOT

SUM = ROWS["seed3_sum_dynamic"]


class Table(unittest.TestCase):
    def verdict(self, tested):
        options = argparse.Namespace(
            cameo=os.environ["CAMEO"],
            cxx=shlex.split(os.environ["CXX"]),
            flags=["-O1"],
            downloads=Path(self.enterContext(tempfile.TemporaryDirectory())),
        )
        return run_row(tested, options)["verdict"]

    def test_every_network_has_a_row(self):
        self.assertEqual(
            {path.stem for path in skeleton.SKELETONS.iterdir()},
            {row.file or row.name for row in ROWS.values() if not row.wheel},
        )

    def test_the_page_has_every_row(self):
        lines = (ROOT / "docs" / "models.md").read_text().splitlines()
        first = [line.split(" | ")[:2] for line in lines if line.startswith("| ") and line.endswith(" |")][2:]
        self.assertEqual(
            [(name.removeprefix("| "), chosen.strip()) for name, chosen in first],
            [(row.network, row.chosen) for row in ROWS.values()],
        )

    def test_weights_are_the_same_everywhere(self):
        weight = skeleton.filled(skeleton.SKELETONS / "seed0_convbnrelu_eval.onnx").graph.initializer[0]
        self.assertEqual(weight.raw_data[:8].hex(), "bebd8a3b365b0b3d")

    def test_a_wrong_result(self):
        def other(path, calls, state):
            return [
                [result * np.float32(1.0001) for result in run] for run in REFERENCES["onnxruntime"](path, calls, state)
            ]

        with mock.patch.dict(row.REFERENCES, other=other):
            self.assertEqual(
                self.verdict(dataclasses.replace(SUM, reference="other")), "relative mse is not below 1e-09"
            )
        self.assertEqual(self.verdict(SUM), "ok")

    def test_a_choice_that_cameo_does_not_ask_for(self):
        self.assertIn("does not refuse", self.verdict(dataclasses.replace(ROWS["seed3_opset17"], refused=("choose",))))
        self.assertIn(
            "does not say 'other words'",
            self.verdict(dataclasses.replace(ROWS["seed3_training_inference"], refused=("other words",))),
        )

    def test_results_that_say_little(self):
        self.assertIn("says little", self.verdict(dataclasses.replace(ROWS["seed2_shufflenet"], observed="")))

    def test_what_cannot_be_generated(self):
        self.assertIn("'absent'", self.verdict(dataclasses.replace(SUM, shapes={"absent": [1]})))

    def test_a_package_that_is_not_there(self):
        with mock.patch.dict(os.environ, PIP_NO_INDEX="1", PIP_FIND_LINKS=""):
            self.assertIn("magika==1.0.3 cannot be downloaded", self.verdict(ROWS["magika"]))

    def test_measures(self):
        one = np.float32([1, 2, 0, np.inf])
        self.assertEqual((relative_mse(one, one), max_ulp(one, one)), (0, 0))
        self.assertEqual(max_ulp(np.float32([1, -0.0]), np.nextafter(np.float32([1, 0]), np.float32(2))), 1)
        self.assertAlmostEqual(relative_mse(np.float32([1, 3]), np.float32([1, 2])), 0.2)
        self.assertEqual(relative_mse(np.float32([1, np.nan]), np.float32([1, 2])), np.inf)
        self.assertEqual(relative_mse(np.float32([1, 0]), np.float32([0, 0])), np.inf)


if __name__ == "__main__":
    unittest.main()
