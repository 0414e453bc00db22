"""Operators on quantized tensors as onnxruntime's quantizer writes them, against onnxruntime: bytes within one step."""

import numpy as np
from nodes import Fixed, MicrosoftNodes
from support import GeneratorTest, main

RANDOM = np.random.default_rng(18)
TYPES = np.uint8, np.int8


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def scale(*numbers):
    return np.array(numbers if len(numbers) > 1 else numbers[0], np.float32)


def some(dtype, *shape):
    limits = np.iinfo(dtype)
    return RANDOM.integers(limits.min, limits.max + 1, shape).astype(dtype)


def zero(dtype, number=3):
    return np.array(number, dtype)


def of_bytes():
    nodes = MicrosoftNodes()
    for dtype in TYPES:
        x, of_x, y = some(dtype, 2, 3, 40), (scale(0.02), zero(dtype, 5)), (scale(0.05), zero(dtype, 7))
        for operator in ("QLinearAdd", "QLinearMul"):
            nodes.add(operator, x, *of_x, some(dtype, 3, 1), scale(0.03), zero(dtype), *y)
        nodes.add("QLinearSigmoid", x, *of_x, scale(1 / 256), zero(dtype, 0 if dtype == np.uint8 else -128))
        nodes.add("QLinearLeakyRelu", x, *of_x, *y, alpha=0.25)
        parts = (
            x,
            *of_x,
            some(dtype, 2, 1, 40),
            scale(0.05),
            zero(dtype, 7),
            some(dtype, 2, 2, 40),
            scale(0.1),
            zero(dtype),
        )
        nodes.add("QLinearConcat", *y, *parts, axis=1)
        nodes.add(
            "QLinearWhere", some(np.uint8, 3, 1) > 128, x, *of_x, some(dtype, 2, 3, 40), scale(0.05), zero(dtype), *y
        )
        image = some(dtype, 1, 4, 9, 9)
        nodes.add("QLinearGlobalAveragePool", image, *of_x, scale(0.015), zero(dtype))
        for options in ({}, {"pads": [1] * 4}, {"pads": [1] * 4, "count_include_pad": 1, "strides": [2, 2]}):
            nodes.add("QLinearAveragePool", image, *of_x, *of_x, kernel_shape=[3, 3], **options)
    return nodes


def softmaxes():
    nodes = MicrosoftNodes()
    for dtype in TYPES:
        y = scale(1 / 256), zero(dtype, 0 if dtype == np.uint8 else -128)
        for options in ({"axis": -1}, {"axis": 1}, {"axis": 1, "opset": 12}):
            nodes.add("QLinearSoftmax", some(dtype, 2, 3, 10), scale(0.1), zero(dtype), *y, **{"opset": 17, **options})
    return nodes


def products():
    nodes = MicrosoftNodes()
    for of_a, of_b in ((np.uint8, np.int8), (np.uint8, np.uint8), (np.int8, np.int8)):
        a, b = some(of_a, 5, 16), some(of_b, 16, 7)
        scales, zeros = np.abs(normal(7)) / 50 + 0.01, np.zeros(7, of_b)
        bias = RANDOM.integers(-1000, 1000, 7).astype(np.int32)
        of = a, scale(0.02), zero(of_a, 5)
        for each in ((scale(0.03), zero(of_b)), (scales, zeros)):
            for c in (None, bias):
                nodes.add("QGemm", *of, b, *each, c, scale(0.3), zero(of_a, 9))
                nodes.add("QGemm", *of, b, *each, c)
            nodes.add("QGemm", *of, np.ascontiguousarray(b.T), *each, bias, scale(0.3), zero(of_a, 9), transB=1)
    nodes.add("QGemm", *of, b, scale(0.03), zero(of_b), bias, scale(0.3), zero(of_a, 9), alpha=0.5)
    return nodes


def products_to_floats():
    nodes = MicrosoftNodes()
    for of_a, of_b in ((np.uint8, np.int8), (np.uint8, np.uint8), (np.int8, np.int8)):
        a, b, scales = some(of_a, 2, 5, 16), some(of_b, 16, 7), np.abs(normal(7)) / 50 + 0.01
        nodes.add("MatMulIntegerToFloat", a, b, scale(0.02), scale(0.03))
        nodes.add("MatMulIntegerToFloat", a, b, scale(0.02), scales, zero(of_a), None, normal(7))
        nodes.add("MatMulIntegerToFloat", a, b, scale(0.02), scale(0.03), zero(of_a), zero(of_b, 2))
    for of_b in TYPES:
        b = some(of_b, 16, 7)
        nodes.add("DynamicQuantizeMatMul", normal(5, 16), b, scale(0.03), zero(of_b), normal(7))
        nodes.add("DynamicQuantizeMatMul", normal(2, 5, 16), b, np.abs(normal(7)) / 50 + 0.01)
    return nodes


def stored():
    """Weights of 4 and 8 bits, of which the last block may be padded."""
    nodes = MicrosoftNodes()
    for bits in (2, 4, 8):
        for inner, block in ((32, 16), (40, 16), (64, 32)):
            blocks, in_a_byte = -(-inner // block), 8 // bits
            x, rows = normal(3, inner), 6
            w = Fixed(some(np.uint8, rows, blocks, block // in_a_byte))
            scales = Fixed(np.abs(normal(rows * blocks)))
            zeros = Fixed(some(np.uint8, rows * -(-blocks // in_a_byte)))
            sizes = {"K": inner, "N": rows, "bits": bits, "block_size": block}
            nodes.add("MatMulNBits", x, w, scales, **sizes)
            nodes.add("MatMulNBits", x, w, scales, zeros, **sizes)
            nodes.add("MatMulNBits", normal(2, 1, inner), w, scales, zeros, None, normal(rows), **sizes)
    return nodes


def attentions():
    nodes = MicrosoftNodes()
    x, w, bias = some(np.uint8, 2, 3, 6), some(np.int8, 6, 24), normal(24)
    mask, past = np.array([3, 2], np.int32), normal(2, 2, 2, 5, 4)
    of = scale(0.02), scale(0.01)
    nodes.add("QAttention", x, w, bias, *of, None, zero(np.uint8), num_heads=2)
    nodes.add("QAttention", x, w, bias, *of, mask, zero(np.uint8), zero(np.int8), num_heads=2)
    nodes.add("QAttention", x, w, bias, of[0], np.abs(normal(24)) / 50, None, zero(np.uint8), num_heads=2)
    options = {"num_heads": 2, "unidirectional": 1, "results": 2}
    nodes.add("QAttention", x, w, bias, *of, None, zero(np.uint8), zero(np.int8), past, **options)
    return nodes


def recurrences():
    nodes = MicrosoftNodes()
    hidden, inputs, steps = 5, 4, 7
    for dtype in TYPES:
        for directions, options in (
            (1, {}),
            (1, {"direction": "reverse", "clip": 0.5}),
            (2, {"direction": "bidirectional"}),
        ):
            x, rows = normal(steps, 1, inputs), 4 * hidden
            w, r = some(dtype, directions, inputs, rows), some(dtype, directions, hidden, rows)
            h, c = normal(directions, 1, hidden), normal(directions, 1, hidden)
            for of in ((directions,), (directions, rows)):
                scales = [np.abs(normal(*of)) / 200 + 0.005 for _ in range(2)]
                zeros = [np.full(of, 128 if dtype == np.uint8 else 0, dtype) for _ in range(2)]
                weights = scales[0], zeros[0], scales[1], zeros[1]
                bias, peepholes = normal(directions, 2 * rows), normal(directions, 3 * hidden)
                options = {"hidden_size": hidden, "results": 3, **options}
                nodes.add("DynamicQuantizeLSTM", x, w, r, None, None, None, None, None, *weights, **options)
                nodes.add("DynamicQuantizeLSTM", x, w, r, bias, None, h, c, None, *weights, **options)
                nodes.add("DynamicQuantizeLSTM", x, w, r, bias, None, h, c, peepholes, *weights, **options)
    return nodes


ALL = of_bytes, softmaxes, products, products_to_floats, stored, recurrences, attentions


class QLinear(GeneratorTest):
    def test_of_bytes(self):
        of_bytes().check_like_onnxruntime(self, 0, 1)

    def test_softmax(self):
        softmaxes().check_like_onnxruntime(self, 0, 1)

    def test_products(self):
        products().check_like_onnxruntime(self, 0, 1)

    def test_products_to_floats(self):
        products_to_floats().check_like_onnxruntime(self, 1e-5, 1e-5)

    def test_stored_weights(self):
        stored().check_like_onnxruntime(self, 1e-4, 1e-3)

    def test_recurrence(self):
        recurrences().check_like_onnxruntime(self, 1e-5, 1e-5)

    def test_attention(self):
        attentions().check_like_onnxruntime(self, 1e-5, 1e-5)


if __name__ == "__main__":
    main()
