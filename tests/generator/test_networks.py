"""Networks of fields that the reference models lack, against onnxruntime: an encoder of a transformer, an image to an image."""
import numpy as np
import onnxruntime

from network import Network
from sequences import SequenceTest
from support import cameo, main


def encoder(tokens=128, width=256, heads=4):
    """A block of a transformer's encoder: attention and two dense layers, each normalized first and added to what it read."""
    net = Network([1, tokens, width])

    def dense(x, inputs, outputs):
        return net.add("Add", net.add("MatMul", x, net.constant(net.random.normal(size=[inputs, outputs]).astype(np.float32) / np.float32(np.sqrt(inputs)))),
                       net.weights(outputs))

    def normalized(x):
        return net.add("LayerNormalization", x, net.weights(width), net.weights(width), axis=-1)

    def of_heads(x, permutation):
        return net.add("Transpose", net.add("Reshape", x, net.constant([1, tokens, heads, width // heads])), perm=permutation)

    x = normalized("x")
    query, key, value = (of_heads(dense(x, width, width), p) for p in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    scores = net.add("Div", net.add("MatMul", query, key), net.constant(np.float32(np.sqrt(width // heads))))
    mixed = net.add("Transpose", net.add("MatMul", net.add("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
    attended = net.add("Add", "x", dense(net.add("Reshape", mixed, net.constant([1, tokens, width])), width, width))
    hidden = dense(normalized(attended), width, 4 * width)
    erf = net.add("Erf", net.add("Div", hidden, net.constant(np.float32(np.sqrt(2)))))
    gelu = net.add("Mul", net.add("Mul", hidden, net.add("Add", erf, net.constant(np.float32(1)))), net.constant(np.float32(0.5)))
    return net.model(net.add("Add", attended, dense(gelu, 4 * width, width)), [1, tokens, width])


def image_to_image(extent=64):
    """A small U-Net: two levels down by strides, two up by transposed convolutions, joined with what was there before; instances normalized."""
    net = Network([1, 3, extent, extent])

    def convolved(x, channels, filters, stride=1):
        y = net.add("Conv", x, net.weights(filters, channels, 3, 3), net.weights(filters), pads=[1] * 4, strides=[stride] * 2)
        return net.add("Relu", net.add("InstanceNormalization", y, net.weights(filters), net.weights(filters)))

    def enlarged(x, channels, filters, taps, pad):
        y = net.add("ConvTranspose", x, net.weights(channels, filters, taps, taps), net.weights(filters), strides=[2, 2], pads=[pad] * 4)
        return net.add("Relu", y)

    top = convolved("x", 3, 16)
    middle = convolved(top, 16, 32, stride=2)
    bottom = convolved(middle, 32, 64, stride=2)
    middle = convolved(net.add("Concat", enlarged(bottom, 64, 32, 2, 0), middle, axis=1), 64, 32)
    top = convolved(net.add("Concat", enlarged(middle, 32, 16, 4, 1), top, axis=1), 32, 16)
    y = net.add("Sigmoid", net.add("Conv", top, net.weights(1, 16, 1, 1), net.weights(1)))
    return net.model(y, [1, 1, extent, extent])


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

    def test_image_to_image(self):
        source = self.assert_as_onnxruntime(image_to_image())
        self.assertEqual(self.storage_of(source, "conv_transpose"), {"blocked"})
        self.assertEqual(self.storage_of(source, "layer_normalization"), {"blocked"})


if __name__ == "__main__":
    main()
