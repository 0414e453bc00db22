"""Streaming: generated code that takes a sequence in parts gives the numbers of onnxruntime on the whole sequence."""

import numpy as np
import onnxruntime
from network import Network
from onnx import helper, numpy_helper
from sequences import SequenceTest
from support import MODELS, cameo, main, model, tensor


def wavenet():
    """Two stacks of dilated convolutions, 16 and then 8 channels, with a condition, residuals and a sum of all
    activations."""
    net = Network()
    x, head, inputs = "x", None, 1
    for channels in (16, 8):
        x = net.add("Conv", x, net.weights(channels, inputs, 1))
        for dilation in (1, 2, 8, 32):
            mixed = net.add(
                "Add", net.causal(x, channels, channels, dilation), net.add("Conv", "x", net.weights(channels, 1, 1))
            )
            active = net.add("Tanh", mixed)
            head = active if head is None else net.add("Add", head, active)
            x = net.add("Add", x, net.pointwise(active, channels, channels))
        head, inputs = net.pointwise(head, 8, channels), channels
    return net.model(net.pointwise(head, 1, 8), [1, 1, "time"])


def gated():
    """Two convolutions of one input, an explicit Pad, a depthwise convolution, Split and a normalization over
    channels."""
    net = Network([1, 20, "time"])
    padded = net.add("Pad", "x", net.constant(np.array([0, 0, 6, 0, 0, 0])))
    both = net.add("Conv", padded, net.weights(40, 20, 3), net.weights(40), dilations=[3])
    a, b = "a", "b"
    net.add("Split", both, net.constant(np.array([20, 20])), outputs=["a", "b"], axis=1)
    product = net.add("Mul", net.add("Tanh", a), net.add("Sigmoid", b))
    deep = net.causal(net.add("Mul", net.causal(product, 20, 20), net.causal(product, 20, 20)), 20, 1, taps=5, group=20)
    turned = net.add("Transpose", net.add("Relu", deep), perm=[0, 2, 1])
    normal = net.add("LayerNormalization", turned, net.weights(20), net.weights(20), axis=-1)
    return net.model(net.add("Softmax", net.add("MatMul", normal, net.weights(20, 7)), axis=-1), [1, "time", 7])


def chomp():
    """Convolutions with zeros on both sides, of which the end is cut off, as temporal convolutional networks are
    often written."""
    net = Network([1, 4, "time"])
    x = "x"
    for dilation in (1, 2, 4):
        longer = net.add(
            "Conv", x, net.weights(4, 4, 2), net.weights(4), dilations=[dilation], pads=[dilation, dilation]
        )
        kept = net.add(
            "Slice",
            net.add("Relu", longer),
            net.constant(np.array([0])),
            net.constant(np.array([-dilation])),
            net.constant(np.array([2])),
        )
        x = net.add("Add", x, kept)
    return net.model(x, [1, 4, "time"])


def recurrent():
    """An LSTM and a GRU over two sequences, with a dense layer that takes time and batch as one axis; one starts from
    zeros that the model makes."""
    net = Network(["time", 2, 3])
    hidden = 10
    zeros = net.add("ConstantOfShape", net.constant(np.array([1, 2, hidden])))
    h = "lstm"
    net.add(
        "LSTM",
        "x",
        net.weights(1, 4 * hidden, 3),
        net.weights(1, 4 * hidden, hidden),
        net.weights(1, 8 * hidden),
        "",
        zeros,
        zeros,
        outputs=[h],
        hidden_size=hidden,
    )
    h = net.add("Squeeze", h, net.constant(np.array([1])))
    net.add(
        "GRU",
        h,
        net.weights(1, 3 * hidden, hidden),
        net.weights(1, 3 * hidden, hidden),
        net.weights(1, 6 * hidden),
        outputs=["gru"],
        hidden_size=hidden,
        linear_before_reset=1,
    )
    h = net.add("Reshape", "gru", net.constant(np.array([-1, hidden])))
    return net.model(net.add("Gemm", h, net.weights(2, hidden), net.weights(2), transB=1), ["rows", 2])


class Stream(SequenceTest):
    length = 256

    def whole(self, source, shape):
        x = np.random.default_rng(11).normal(size=[self.length if e == "time" else e for e in shape]).astype(np.float32)
        session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
        return x, session.run(None, {"x": x})[0]

    def check(self, network, shape, axis, result_axis, sizes=(1, 16, 64), stream="time"):
        source = self.save(network)
        x, expected = self.whole(source, shape)
        for size in sizes:
            with self.subTest(samples=size):
                calls = np.stack(np.split(x, self.length // size, axis))
                found = self.run_twice(source, calls, "--stream", f"{stream}={size}")
                parts = np.stack(np.split(expected, self.length // size, result_axis)).reshape(found[0].shape)
                np.testing.assert_allclose(found[0], parts, rtol=1e-4, atol=1e-5)
                np.testing.assert_array_equal(found[1], found[0], "after reset()")
        return source

    def test_wavenet(self):
        self.check(wavenet(), [1, 1, "time"], 2, 2)

    def test_gates_pads_and_normalization(self):
        self.check(gated(), [1, 20, "time"], 2, 1)

    def test_ends_that_are_cut_off(self):
        source = self.check(chomp(), [1, 4, "time"], 2, 2)
        for options in ([], ["--no-fuse"]):
            done = cameo("verify", source, "--stream", "time=5", "--runs", "20", *options)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("definitions, whole sequence", done.stdout)

    def test_recurrent(self):
        self.check(recurrent(), ["time", 2, 3], 0, 0)

    def test_first_state_that_is_given(self):
        """An input that is the first state is bound like any other, and streams from there."""
        random = np.random.default_rng(4)
        weights = [
            numpy_helper.from_array(random.normal(size=s).astype(np.float32) / 2, n)
            for n, s in (("w", [1, 12, 3]), ("r", [1, 12, 4]))
        ]
        source = self.save(
            model(
                [
                    helper.make_node("GRU", ["x", "w", "r", "", "", "h0"], ["all", "h1"], hidden_size=4),
                    helper.make_node("Relu", ["all"], ["y"]),
                ],
                [tensor("x", ["time", 1, 3]), tensor("h0", [1, 1, 4])],
                [tensor("y", ["time", 1, 1, 4]), tensor("h1", [1, 1, 4])],
                weights,
            )
        )
        self.assert_refused(source, "'h0' is not zero", "--state h0=", options=("--stream", "time=4"))
        session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
        x = random.normal(size=[40, 1, 3]).astype(np.float32)
        expected = session.run(["y"], {"x": x, "h0": np.zeros([1, 1, 4], np.float32)})[0]
        found = self.run_twice(source, x.reshape(10, 4, 3), "--stream", "time=4", "--state", "h0=h1")
        np.testing.assert_allclose(found[0], expected.reshape(10, -1), rtol=1e-4, atol=1e-5)

    def test_last_state(self):
        """What depends on the sequence as a whole is that of the sequence so far."""
        net = Network([2, "time", 3])
        steps_first = net.add("Transpose", "x", perm=[1, 0, 2])
        net.add("RNN", steps_first, net.weights(1, 5, 3), net.weights(1, 5, 5), outputs=["all"], hidden_size=5)
        last = net.add(
            "Gather", net.add("Squeeze", "all", net.constant(np.array([1]))), net.constant(np.array(-1)), axis=0
        )
        source = self.save(net.model(net.add("Gemm", last, net.weights(5, 4)), [2, 4]))
        x, expected = self.whole(source, [2, "time", 3])
        found = self.run_twice(source, np.stack(np.split(x, 16, 1)), "--stream", "time=16")
        np.testing.assert_allclose(found[0][-1], expected.ravel(), rtol=1e-4, atol=1e-5)

    def test_axis_by_number(self):
        """A fixed length, and shapes that are written down."""
        net = Network([1, 2, 256])
        flat = net.add("Reshape", net.causal("x", 6, 2), net.constant(np.array([2, 3, 256])))
        y = net.add("Reshape", net.add("ReduceMax", flat, axes=[1], keepdims=0), net.constant(np.array([1, 2, 256])))
        source = self.check(net.model(y, [1, 2, 256]), [1, 2, 256], 2, 2, stream="x:2", sizes=(8,))
        self.assertIn("cameo::f32<1, 2, 1>", self.generate(source, "--stream", "x:2").read_text())

    def refused(self, y, net, *messages, shape=(1, 1, "time"), options=("--stream", "time=4")):
        self.assert_refused(self.save(net.model(y, shape)), "--stream", *messages, options=options)

    def test_what_is_not_causal_is_refused(self):
        def conv(**attributes):
            net = Network()
            return net.add("Conv", "x", net.weights(1, 1, 3), **attributes), net

        self.refused(*conv(pads=[1, 1]), "node '/Conv_0' (Conv, opset 17)", "1 samples ahead", "[2, 0]", "[1, 1]")
        self.refused(*conv(), "2 samples ahead")
        self.refused(*conv(pads=[2, 2]), "output 'y' is 2 longer")
        self.refused(*conv(pads=[2, 0], strides=[2]), "stride of 2")

    def test_what_mixes_times_is_refused(self):
        net = Network()
        self.refused(net.add("Softmax", "x", axis=2), net, "(Softmax, opset 17)", "time axis (2)")
        net = Network()
        self.refused(
            net.add("ReduceSum", "x", net.constant(np.array([2]))), net, "(ReduceSum, opset 17)", "time axis (2)"
        )
        net = Network()
        self.refused(
            net.add(
                "Slice", "x", net.constant(np.array([1])), net.constant(np.array([2**40])), net.constant(np.array([2]))
            ),
            net,
            "columns 1 to 4099 of 4099",
        )
        net = Network()
        self.refused(net.add("MaxPool", "x", kernel_shape=[2], pads=[1, 0]), net, "(MaxPool, opset 17)", "not known")
        net = Network([1, 1, 256])
        self.refused(
            net.add("Add", "x", net.weights(1, 1, 256)),
            net,
            "its own numbers for each time",
            options=("--stream", "x:2=4"),
        )
        net = Network()
        net.add("Pad", "x", net.constant(np.array([0, 0, 2, 0, 0, 0])), mode="edge", outputs=["p"])
        self.refused(net.add("Conv", "p", net.weights(1, 1, 3)), net, "(Pad, opset 17)", "other than zeros")

    def test_recurrences_that_cannot_stream_are_refused(self):
        def layer(first=None, **attributes):
            net = Network(["time", 1, 3])
            directions = 2 if attributes else 1
            net.add(
                "GRU",
                "x",
                net.weights(directions, 12, 3),
                net.weights(directions, 12, 4),
                *(["", "", net.weights(*first)] if first else []),
                outputs=["g"],
                hidden_size=4,
                **attributes,
            )
            return net.add("Reshape", "g", net.constant(np.array([-1, 4 * directions]))), net

        self.refused(*layer(direction="bidirectional"), "(GRU, opset 17)", "from the last step", shape=["time", 8])
        self.refused(*layer(first=[1, 1, 4]), "first state", "is not zero", shape=["time", 4])

    def test_wrong_axes_are_refused(self):
        net = Network()
        self.refused(net.add("Relu", "x"), net, "no input has this axis", "x[1,1,time]", options=("--stream", "tiem=4"))
        net = Network()
        self.refused(net.add("Relu", "x"), net, "at least one", options=("--stream", "time=0"))
        self.assert_refused(MODELS / "mlp_jet.onnx", "which is no sequence", options=("--stream", "x:0"))


if __name__ == "__main__":
    main()
