"""What `profile` measures: every layer, and times that add up."""

import json
import re

from support import MODELS, GeneratorTest, cameo, main


class Profile(GeneratorTest):
    def profile(self, model, *options):
        """The text, and the file."""
        path = self.written / "profile.json"
        done = cameo("profile", model, "--seconds", "0.05", "--json", path, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout, json.loads(path.read_text())

    def check(self, model, *options):
        text, found = self.profile(model, *options)
        inspected = json.loads(cameo("inspect", "--json", model, *options).stdout)
        layers = [layer for layer in inspected["layers"] if layer["nodes"]]
        for key in ("step", "name", "nodes", "operator", "result", "macs"):
            self.assertEqual([layer[key] for layer in found["layers"]], [layer[key] for layer in layers], key)
        self.assertEqual((found["digest"], found["macs"]), (inspected["digest"], inspected["macs"]))
        self.assertEqual(found["macs"], sum(layer["macs"] for layer in found["layers"]))
        for layer in found["layers"]:
            self.assertGreaterEqual(layer["time_ns"], 0)
            self.assertAlmostEqual(layer["share"] * found["layers_ns"], layer["time_ns"], places=3)
            self.assertAlmostEqual(
                layer["gflops"] * layer["time_ns"], 2 * layer["macs"] if layer["time_ns"] else 0, places=3
            )
        self.assertAlmostEqual(found["layers_ns"], sum(layer["time_ns"] for layer in found["layers"]), places=3)
        self.assertAlmostEqual(sum(layer["share"] for layer in found["layers"]), 1, places=6)
        self.assertGreater(found["network_ns"], 0)
        self.assertEqual(
            sorted(int(step) for step in re.findall(r"(?m)^ *(\d+)  ", text)), [layer["step"] for layer in layers]
        )
        return found

    def test_every_layer_has_its_time(self):
        found = self.check(MODELS / "mnist_cnn.onnx")
        heaviest = max(found["layers"], key=lambda layer: layer["time_ns"])
        self.assertEqual((heaviest["operator"], heaviest["nodes"]), ("conv", ["c1", "r1"]))  # four fifths of all MACs

    def test_layers_of_several_results_and_state(self):
        """The first result of the LSTM is read by nobody: its time comes with another."""
        found = self.check(MODELS / "lstm40.onnx", "--state", "h0=h1", "--state", "c0=c1")
        (lstm,) = [layer for layer in found["layers"] if layer["operator"] == "lstm"]
        self.assertGreater(lstm["time_ns"], 0)

    def test_the_sum_is_about_the_network(self):
        _, found = self.profile(MODELS / "wavenet_std_b64.onnx")
        self.assertGreater(found["layers_ns"], found["network_ns"] / 4)
        self.assertLess(found["layers_ns"], found["network_ns"] * 4)


if __name__ == "__main__":
    main()
