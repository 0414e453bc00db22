"""Networks of fields that the reference models lack, against onnxruntime: an encoder of a transformer, an image to an
image."""

import numpy as np
import onnxruntime
from network import Network
from sequences import SequenceTest
from support import cameo, main


def encoder(tokens=128, width=256, heads=4):
    """A block of a transformer's encoder: attention and two dense layers, each normalized first and added to what it
    read."""
    net = Network([1, tokens, width])

    def dense(x, inputs, outputs):
        return net.add(
            "Add",
            net.add(
                "MatMul",
                x,
                net.constant(
                    net.random.normal(size=[inputs, outputs]).astype(np.float32) / np.float32(np.sqrt(inputs))
                ),
            ),
            net.weights(outputs),
        )

    def normalized(x):
        return net.add("LayerNormalization", x, net.weights(width), net.weights(width), axis=-1)

    def of_heads(x, permutation):
        return net.add(
            "Transpose", net.add("Reshape", x, net.constant([1, tokens, heads, width // heads])), perm=permutation
        )

    x = normalized("x")
    query, key, value = (of_heads(dense(x, width, width), p) for p in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    scores = net.add("Div", net.add("MatMul", query, key), net.constant(np.float32(np.sqrt(width // heads))))
    mixed = net.add("Transpose", net.add("MatMul", net.add("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
    attended = net.add("Add", "x", dense(net.add("Reshape", mixed, net.constant([1, tokens, width])), width, width))
    hidden = dense(normalized(attended), width, 4 * width)
    erf = net.add("Erf", net.add("Div", hidden, net.constant(np.float32(np.sqrt(2)))))
    gelu = net.add(
        "Mul", net.add("Mul", hidden, net.add("Add", erf, net.constant(np.float32(1)))), net.constant(np.float32(0.5))
    )
    return net.model(net.add("Add", attended, dense(gelu, 4 * width, width)), [1, tokens, width])


def image_to_image(extent=64):
    """A small U-Net: two levels down by strides, two up by transposed convolutions, joined with what was there
    before; instances normalized."""
    net = Network([1, 3, extent, extent])

    def convolved(x, channels, filters, stride=1):
        y = net.add(
            "Conv", x, net.weights(filters, channels, 3, 3), net.weights(filters), pads=[1] * 4, strides=[stride] * 2
        )
        return net.add("Relu", net.add("InstanceNormalization", y, net.weights(filters), net.weights(filters)))

    def enlarged(x, channels, filters, taps, pad):
        y = net.add(
            "ConvTranspose",
            x,
            net.weights(channels, filters, taps, taps),
            net.weights(filters),
            strides=[2, 2],
            pads=[pad] * 4,
        )
        return net.add("Relu", y)

    top = convolved("x", 3, 16)
    middle = convolved(top, 16, 32, stride=2)
    bottom = convolved(middle, 32, 64, stride=2)
    middle = convolved(net.add("Concat", enlarged(bottom, 64, 32, 2, 0), middle, axis=1), 64, 32)
    top = convolved(net.add("Concat", enlarged(middle, 32, 16, 4, 1), top, axis=1), 32, 16)
    y = net.add("Sigmoid", net.add("Conv", top, net.weights(1, 16, 1, 1), net.weights(1)))
    return net.model(y, [1, 1, extent, extent])


def joined_and_cut(extent=9):
    """Everything that Concat and Slice can do with values that lie in each other: nested, twice, read later, written
    over, read around their edges."""
    net = Network([1, 16, extent, extent])

    def convolved(x, channels, filters, taps=3):
        return net.add(
            "Conv", x, net.weights(filters, channels, taps, taps), net.weights(filters), pads=[taps // 2] * 4
        )

    def cut(x, first, end):
        return net.add("Slice", x, net.constant([first]), net.constant([end]), net.constant([1]))

    a, b = convolved("x", 16, 16), convolved("x", 16, 32, taps=1)
    twice = net.add("Concat", a, b, a, axis=1)
    c = convolved(twice, 64, 16)
    nested = net.add("Concat", twice, net.add("Relu", b), "x", c, axis=1)
    d = net.add("Relu", net.add("Concat", cut(nested, 16, 48), cut(nested, 112, 128), axis=1))
    odd = net.add("Concat", convolved(cut(d, 16, 32), 16, 16), convolved(d, 48, 5), axis=1)
    left, right = cut(nested, 0, 64), net.add("Tanh", cut(nested, 64, 128))
    sums = net.add("Add", net.add("Tanh", left), right)
    y = net.add("Concat", convolved(sums, 64, 16), net.add("Add", odd, convolved(nested, 128, 21)), c, axis=1)
    return net.model(y, [1, 53, extent, extent])


class Networks(SequenceTest):
    def assert_as_onnxruntime(self, content):
        source = self.save(content)
        session = onnxruntime.InferenceSession(str(source), providers=["CPUExecutionProvider"])
        shape = session.get_inputs()[0].shape
        calls = np.random.default_rng(3).normal(size=[2, *shape]).astype(np.float32)
        expected = np.stack([session.run(None, {"x": x})[0].ravel() for x in calls]).astype(np.float64)
        for found in self.run_twice(source, calls):
            self.assertLess(np.mean((found - expected) ** 2) / np.mean(expected**2), 1e-9)
        return source

    def storage_of(self, source, operator):
        """How the results of all layers of an operator lie."""
        rows = [line.split() for line in cameo("inspect", source).stdout.splitlines()]
        return {row[4] for row in rows if len(row) > 4 and row[2] == operator}

    def test_encoder(self):
        self.assert_as_onnxruntime(encoder())

    def test_joined_and_cut(self):
        source = self.assert_as_onnxruntime(joined_and_cut())
        # steps, places and bytes of all values
        rows = [
            line.split()
            for line in cameo(source, "-o", self.directory / "unused.hpp", "--dump", "plan").stdout.splitlines()
        ]
        place = {row[4].split(":")[0]: (int(row[1]), int(row[2])) for row in rows if len(row) > 4 and row[0].isdigit()}
        in_place = [
            name
            for name, (start, size) in place.items()
            for whole, (first, length) in place.items()
            if name != whole and whole.startswith("Concat") and first <= start and start + size <= first + length
        ]
        self.assertGreaterEqual(len(in_place), 10, place)

    def test_image_to_image(self):
        source = self.assert_as_onnxruntime(image_to_image())
        self.assertEqual(self.storage_of(source, "conv_transpose"), {"blocked"})
        self.assertEqual(self.storage_of(source, "layer_normalization"), {"blocked"})


if __name__ == "__main__":
    main()
