"""What `tune` measures, and that `generate --tuning` does as the file says."""

import json
import re

import numpy as np
from onnx import helper
from support import GeneratorTest, cameo, constant, main, model, tensor

SHAPES = "x=1,32,20,20 w=32,32,3,3 strides=1,1 pads=1,1,1,1 dilations=1,1 group=1"


def convolution():
    weights = np.random.default_rng(1).standard_normal((32, 32, 3, 3)).astype(np.float32) / 17
    return model(
        [helper.make_node("Conv", ["x", "w"], ["y"], name="conv", pads=[1, 1, 1, 1])],
        [tensor("x", [1, 32, 20, 20])],
        [tensor("y", [1, 32, 20, 20])],
        [constant("w", weights)],
    )


class Tuning(GeneratorTest):
    def setUp(self):
        super().setUp()
        self.source = self.save(convolution())

    def layer(self, text):
        """What computes the convolution, and by which tiles, as a tuning file says."""
        layers = json.loads(
            cameo("inspect", "--json", self.source, "--tuning", self.save(text.encode(), "file.tuning")).stdout
        )["layers"]
        (found,) = [layer for layer in layers if layer["operator"] in ("conv", "winograd")]
        tile = re.search(r"\.?tile = ?(\d+)|tile=(\d+)", found["attributes"])
        return found["operator"], int(tile[1] or tile[2]) if tile else 4 if found["operator"] == "winograd" else 0

    def test_the_file_decides(self):
        for choice, expected in (
            ("direct", ("conv", 0)),
            ("winograd 2", ("winograd", 2)),
            ("winograd 4", ("winograd", 4)),
        ):
            with self.subTest(choice):
                self.assertEqual(self.layer(f"# a comment\n\n {SHAPES} :  {choice}  # measured\n"), expected)

    def test_other_shapes_leave_the_choice_to_the_cost_model(self):
        self.assertEqual(self.layer(SHAPES.replace("20,20", "21,21") + ": direct\n")[0], "winograd")

    def test_measures_every_choice(self):
        done = cameo("tune", self.source, "-o", self.written / "found.tuning", "--seconds", "0.01")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.written / "found.tuning").read_text()
        self.assertEqual(done.stdout, text)
        (line,) = [line for line in text.splitlines() if not line.startswith("#")]
        chosen, measured = re.fullmatch(re.escape(SHAPES) + r": ([\w ]+)  # (.*)", line).groups()
        times = dict(re.fullmatch(r"([\w ]+) ([\d.]+) us", part).groups() for part in measured.split(", "))
        self.assertEqual(set(times), {"direct", "winograd 2", "winograd 3", "winograd 4", "winograd 5", "winograd 6"})
        self.assertEqual(chosen, min(times, key=lambda choice: float(times[choice])))
        self.assertIn(self.layer(text)[0], ("conv", "winograd"))

    def test_the_header_depends_on_the_file(self):
        tuning = self.save(f"{SHAPES}: direct\n".encode(), "file.tuning")
        self.generate(self.source, "--tuning", tuning, "--depfile", self.directory / "d")
        self.assertIn(str(tuning), (self.directory / "d").read_text())

    def test_refused(self):
        for text, messages in (
            ("nonsense\n", ["file.tuning:1: expected shapes, a colon and a choice, found 'nonsense'"]),
            (f"\n{SHAPES}: winograd x\n", ["file.tuning:2: expected 'direct' or 'winograd TILE', found 'winograd x'"]),
            (f"{SHAPES}: winograd 7\n", [f"'{SHAPES}: winograd 7' cannot be done, or is not exact enough"]),
        ):
            with self.subTest(text):
                self.assert_refused(
                    self.source, *messages, options=("--tuning", self.save(text.encode(), "file.tuning"))
                )
        relu = self.save(
            model([helper.make_node("Relu", ["x"], ["y"])], [tensor("x", [1, 4])], [tensor("y", [1, 4])]), "relu.onnx"
        )
        done = cameo("tune", relu, "-o", self.written / "none.tuning")
        self.assertEqual((done.returncode, list(self.written.iterdir())), (1, []))
        self.assertIn("no convolution that can be computed in several ways", done.stderr)


if __name__ == "__main__":
    main()
