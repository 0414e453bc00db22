"""ConvTranspose's extents by every rule that ONNX has for them, against onnxruntime and against the formulas of the
operator's page."""

import itertools

import numpy as np
from nodes import Nodes
from onnx import helper
from support import GeneratorTest, constant, main, model, tensor

RANDOM = np.random.default_rng(5)
RULES = ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"]


def pads_of(rule, taps, stride, dilation, more, extent, asked):
    """Begin and end of the padding along an axis, by the operator's page: what is beyond the result of an output_shape
    is cut, the odd one as `rule` says. Of the page's negative padding, where the whole is less than is asked for,
    onnxruntime adds all at the end."""
    total = max(stride * (extent - 1) + more + (taps - 1) * dilation + 1 - asked, 0)
    return (total // 2, total - total // 2) if rule == "SAME_UPPER" else (total - total // 2, total // 2)


def transposed(x, w, rule, stride, dilation, more, asked):
    """The definition along one axis, in double: every element of x times w, put where the stride says, less the
    padding."""
    extent, taps = x.shape[2], w.shape[2]
    begin = pads_of(rule, taps, stride, dilation, more, extent, asked)[0]
    y = np.zeros((1, w.shape[1], asked))
    for i, p in itertools.product(range(extent), range(taps)):
        if 0 <= (at := i * stride + p * dilation - begin) < asked:
            y[0, :, at] += x[0, :, i].astype(float) @ w[:, :, p].astype(float)
    return y.astype(np.float32)


def numbers(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


class ConvTranspose(GeneratorTest):
    def test_output_shape_along_one_axis(self):
        """All results that can be reached, of kernels shorter and longer than the stride."""
        nodes, expected = Nodes(), {}
        for rule, taps, stride, dilation, extent in itertools.product(RULES, [1, 2, 3, 4], [1, 2, 3], [1, 2], [1, 3]):
            more = int(RANDOM.integers(0, stride))
            whole = stride * (extent - 1) + (taps - 1) * dilation + 1 + more
            for asked in {1, whole - 2, whole - 1, whole, whole - more + stride - 1} - {0, -1}:
                x, w = numbers(1, 2, extent), numbers(2, 3, taps)
                (name,) = nodes.add(
                    "ConvTranspose",
                    x,
                    w,
                    auto_pad=rule,
                    strides=[stride],
                    dilations=[dilation],
                    output_padding=[more],
                    output_shape=[asked],
                )
                expected[name] = transposed(x, w, rule, stride, dilation, more, asked)
        self.assertGreater(len(expected), 500)
        computed = nodes.onnxruntime()
        for name in expected:
            np.testing.assert_allclose(
                computed[name], expected[name], rtol=1e-5, atol=1e-5, err_msg="the reference of this test is wrong"
            )
        nodes.check(self, expected, rtol=1e-5, atol=1e-5, compiled=False)

    def test_all_rules_along_one_to_three_axes(self):
        nodes = Nodes()
        for axes, rule, asks in itertools.product([1, 2, 3], RULES, [False, True]):
            for _ in range(4):
                taps, strides, dilations, extents = (RANDOM.integers(1, most + 1, axes) for most in (4, 3, 2, 4))
                more = [int(RANDOM.integers(0, s)) for s in strides]
                whole = strides * (extents - 1) + (taps - 1) * dilations + 1 + more
                attributes = (
                    {"output_shape": [int(RANDOM.integers(1, n - m + s)) for n, m, s in zip(whole, more, strides)]}
                    if asks
                    else {}
                )
                nodes.add(
                    "ConvTranspose",
                    numbers(1, 4, *extents),
                    numbers(4, 2, *taps),
                    numbers(4),
                    auto_pad=rule,
                    group=2,
                    strides=strides.tolist(),
                    dilations=dilations.tolist(),
                    output_padding=more,
                    **attributes,
                )
        nodes.check(self, nodes.onnxruntime(), rtol=1e-4, atol=1e-5, flags=["-O1", "-march=native"])

    def test_what_cannot_be_reached_is_refused(self):
        for rule, stride in itertools.product(RULES, [1, 2, 3]):
            whole = 2 * stride + 2
            node = helper.make_node(
                "ConvTranspose", ["x", "w"], ["y"], auto_pad=rule, strides=[stride], output_shape=[whole + stride]
            )
            asks = model(
                [node],
                [tensor("x", [1, 1, 3])],
                [tensor("y", [1, 1, whole + stride])],
                [constant("w", np.ones((1, 1, 2), np.float32))],
            )
            self.assert_refused(
                self.save(asks),
                f"'output_shape' asks for {whole + stride} along spatial axis 0, where at most {whole + stride - 1}",
            )


if __name__ == "__main__":
    main()
