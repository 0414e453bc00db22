"""What passes make of a graph, and that it computes the same."""

import re

import numpy as np
from onnx import helper
from support import GeneratorTest, cameo, constant, main, model, tensor

RANDOM = np.random.default_rng(1)


def weights(*shape):
    return (RANDOM.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def convolution(channels=32, extent=20, taps=3, stride=1, filters=32, **attributes):
    pad = taps // 2
    node = helper.make_node("Conv", ["x", "w"], ["y"], name="conv", pads=[pad] * 4, strides=[stride] * 2, **attributes)
    out = (extent + 2 * pad - attributes.get("dilations", [1])[0] * (taps - 1) - 1) // stride + 1
    return model(
        [node],
        [tensor("x", [1, channels, extent, extent])],
        [tensor("y", [1, filters, out, out])],
        [constant("w", weights(filters, channels // attributes.get("group", 1), taps, taps))],
    )


def padded(*pads, value=0.0, mode="constant"):
    """Each list of pads is a Pad; the convolution behind them has pads of its own."""
    content = convolution(channels=16, filters=16, extent=9)
    conv = content.graph.node[0]
    names = ["x", *(f"padded{k}" for k in range(len(pads)))]
    inputs = [[names[k], f"pads{k}", *(["value"] if mode == "constant" else [])] for k in range(len(pads))]
    nodes = [helper.make_node("Pad", inputs[k], [names[k + 1]], name=names[k + 1], mode=mode) for k in range(len(pads))]
    conv.input[0] = names[-1]
    constants = {"w": weights(16, 16, 3, 3), "value": np.float32(value)}
    constants |= {f"pads{k}": np.array(numbers) for k, numbers in enumerate(pads)}
    return model(
        [*nodes, conv],
        [tensor("x", [1, 16, 9, 9])],
        [tensor("y", None)],
        [constant(name, np.asarray(value)) for name, value in constants.items()],
    )


def shuffle_unit():
    """A unit of ShuffleNet v2: two branches of 20 channels are joined and shuffled; one half goes on, one passes by."""
    nodes = [
        helper.make_node("Conv", ["x", "w0"], ["a"], name="left"),
        helper.make_node("Conv", ["x", "w1"], ["b"], name="right"),
        helper.make_node("Concat", ["a", "b"], ["joined"], name="join", axis=1),
        helper.make_node("Reshape", ["joined", "grouped"], ["groups"], name="split"),
        helper.make_node("Transpose", ["groups"], ["turned"], name="turn", perm=[0, 2, 1, 3, 4]),
        helper.make_node("Reshape", ["turned", "whole"], ["shuffled"], name="merge"),
        helper.make_node("Slice", ["shuffled", "zero", "half", "axis"], ["first"], name="first"),
        helper.make_node("Slice", ["shuffled", "half", "end", "axis"], ["second"], name="second"),
        helper.make_node("Conv", ["second", "w2"], ["z"], name="on"),
    ]
    constants = {
        "w0": weights(20, 16, 1, 1),
        "w1": weights(20, 16, 1, 1),
        "w2": weights(24, 20, 1, 1),
        "grouped": [1, 2, 20, 7, 7],
        "whole": [1, 40, 7, 7],
        "zero": [0],
        "half": [20],
        "end": [40],
        "axis": [1],
    }
    return model(
        nodes,
        [tensor("x", [1, 16, 7, 7])],
        [tensor("first", [1, 20, 7, 7]), tensor("z", [1, 24, 7, 7])],
        [constant(name, np.asarray(value)) for name, value in constants.items()],
    )


def normalization(pads=(2, 2), size=5):
    """LRN as PyTorch 1.13 writes it."""
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], name="conv"),
        helper.make_node("Mul", ["c", "c"], ["squares"], name="square"),
        helper.make_node("Unsqueeze", ["squares", "one"], ["lifted"], name="lift"),
        helper.make_node("Pad", ["lifted", "pads"], ["padded"], name="pad"),
        helper.make_node("AveragePool", ["padded"], ["means"], name="mean", kernel_shape=[size, 1, 1]),
        helper.make_node("Squeeze", ["means", "one"], ["lowered"], name="lower"),
        helper.make_node("Mul", ["lowered", "alpha"], ["scaled"], name="scale"),
        helper.make_node("Add", ["scaled", "k"], ["sum"], name="add"),
        helper.make_node("Pow", ["sum", "beta"], ["root"], name="pow"),
        helper.make_node("Div", ["c", "root"], ["y"], name="divide"),
    ]
    constants = {
        "w": weights(32, 16, 1, 1),
        "one": [1],
        "pads": [0, 0, pads[0], 0, 0, 0, 0, pads[1], 0, 0],
        "alpha": np.float32(0.3),
        "k": np.float32(2),
        "beta": np.float32(0.75),
    }
    return model(
        nodes,
        [tensor("x", [2, 16, 5, 7])],
        [tensor("y", [2, 32, 5, 7])],
        [constant(name, np.asarray(value)) for name, value in constants.items()],
    )


class Passes(GeneratorTest):
    def graph(self, source, *options):
        done = cameo("generate", source, "--dump=graph", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def assert_verified(self, source):
        done = cameo("verify", source)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_dump_after_each_pass(self):
        source = self.save(convolution())
        everything = cameo("generate", source, "--dump-after=all")
        self.assertEqual(everything.returncode, 0, everything.stderr)
        names = re.findall(r"^after ([a-z-]+):$", everything.stdout, re.MULTILINE)
        self.assertEqual((names[0], names[-1]), ("release-captured", "separate-outputs"))
        self.assertTrue(everything.stdout.endswith(self.graph(source)))
        one = cameo("generate", source, "--dump-after=winograd")
        self.assertTrue(one.stdout.startswith("after winograd:\n"))
        self.assertIn(one.stdout, everything.stdout)
        self.assertEqual(list(self.written.iterdir()), [])
        done = cameo("generate", source, "--dump-after=winogard")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--dump-after winogard: there is no such pass; did you mean 'winograd'", done.stderr)

    def test_convolutions_by_tiles(self):
        for content, takes_tiles in [
            (convolution(), True),
            (convolution(taps=5), True),
            (convolution(stride=2, extent=80, channels=64, filters=64), True),
            (convolution(taps=1), False),
            (convolution(group=2, filters=64), True),
            (convolution(group=8), False),
            (convolution(dilations=[2, 2], extent=24), False),
            (convolution(channels=3), False),
        ]:
            source = self.save(content)
            with self.subTest(node=str(content.graph.node[0])):
                self.assertEqual("= winograd(" in self.graph(source), takes_tiles)
            for option in (["--no-winograd"], ["--skip-pass", "winograd"], ["--no-fuse"]):
                self.assertNotIn("winograd", self.graph(source, *option))

    def test_convolutions_by_tiles_are_right(self):
        for content in (
            convolution(),
            convolution(group=2, filters=64),
            convolution(stride=2, extent=80, channels=64, filters=64),
        ):
            self.assert_verified(self.save(content))

    def test_few_channels_and_large_filters(self):
        """Taps become channels, and tiles take what is left of the filter; where that is no faster, nothing changes."""
        for unfolds, arguments in (
            (True, dict(channels=3, taps=7, stride=2, extent=112)),
            (True, dict(channels=3, taps=6, stride=2, extent=75)),
            (True, dict(channels=3, taps=11, stride=4, extent=43)),
            (True, dict(channels=3, taps=9, extent=24)),
            (True, dict(channels=3, taps=5, extent=48, filters=64)),
            (False, dict(channels=3, taps=3, extent=24)),
            (False, dict(channels=3, taps=7, stride=2, extent=40, dilations=[2, 2])),
            (False, dict(channels=3, taps=2, stride=2)),
        ):
            source = self.save(convolution(**arguments))
            with self.subTest(**arguments):
                graph = self.graph(source)
                self.assertEqual("= unfold(" in graph, unfolds)
                self.assertEqual("= winograd(" in graph, unfolds)
                self.assertNotIn("= unfold(", self.graph(source, "--no-winograd"))
                # Zeros that fill the parts of the filter are not counted.
                macs = cameo("inspect", source).stdout
                self.assertEqual(
                    macs.split(" MACs")[0].split()[-1],
                    cameo("inspect", source, "--no-winograd").stdout.split(" MACs")[0].split()[-1],
                )
                self.assert_verified(source)

    def test_zeros_around_a_convolution(self):
        around = [0, 0, 1, 2, 0, 0, 0, 3]
        for stays, content in (
            (0, padded(around)),
            (0, padded(around, around)),
            (1, padded([0, 1, 0, 0, 0, -1, 0, 0], around)),
            (1, padded([0, 0, -1, 0, 0, 0, 2, 0])),
            (1, padded(around, value=0.5)),
            (1, padded(around, mode="reflect")),
        ):
            source = self.save(content)
            with self.subTest(pads=str(content.graph.node)):
                self.assertEqual(self.graph(source).count("= pad("), stays)
                if stays == 0:
                    self.assert_verified(source)
                self.assertEqual(
                    self.graph(source, "--skip-pass", "fuse-pad").count("= pad("), len(content.graph.node) - 1
                )

    def test_local_response_normalization(self):
        source = self.save(normalization())
        graph = self.graph(source)
        self.assertEqual(graph.count("= lrn("), 1)
        self.assertNotIn("= average_pool(", graph)
        self.assert_verified(source)
        # Of four channels, one after its own: ONNX's LRN takes the region elsewhere.
        source = self.save(normalization(pads=(2, 1), size=4))
        self.assertNotIn("= lrn(", self.graph(source))

    def test_channel_shuffle(self):
        source = self.save(shuffle_unit())
        graph = self.graph(source)
        self.assertEqual(graph.count("= select_channels("), 2)
        for replaced in ("concat(", "transpose(", "reshape(", "slice("):
            self.assertNotIn("= " + replaced, graph)
        self.assert_verified(source)


if __name__ == "__main__":
    main()
