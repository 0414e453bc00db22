"""Operators of com.microsoft that onnxruntime's optimizers write, with their options, against onnxruntime."""

import numpy as np
from nodes import MicrosoftNodes, Nodes
from support import GeneratorTest, main

RANDOM = np.random.default_rng(16)


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def products():
    nodes = MicrosoftNodes()
    for transposed in ({}, {"transA": 1}, {"transB": 1}, {"transA": 1, "transB": 1, "alpha": 0.125}):
        a = normal(4, 3) if transposed.get("transA") else normal(3, 4)
        b = normal(5, 4) if transposed.get("transB") else normal(4, 5)
        nodes.add("FusedMatMul", a, b, **transposed)
        nodes.add("FusedMatMul", np.stack([a, a + 1]), np.stack([b, b - 1]), **transposed)
        nodes.add("TransposeMatMul", a, b, **transposed)
        for c in (None, normal(5), normal(3, 1), normal(3, 5)):
            nodes.add("FusedGemm", a, b, c, activation="Relu", beta=0.5, **transposed)
    nodes.add("FusedMatMul", normal(3, 2, 4), normal(2, 4, 5), transBatchA=1)
    nodes.add("FusedMatMul", normal(4, 2, 3), normal(2, 4, 5), transBatchA=1, transA=1)
    nodes.add("FusedMatMul", normal(2, 3, 4), normal(4, 2, 5), transBatchB=1)
    nodes.add("FusedMatMul", normal(2, 3, 4), normal(5, 2, 4), transBatchB=1, transB=1)
    nodes.add("FusedMatMul", normal(4), normal(5, 4), transB=1, transA=1)
    nodes.add("FusedGemm", normal(3, 4), normal(4, 5), activation="LeakyRelu", activation_alpha=0.25)
    nodes.add("FusedGemm", normal(3, 4), normal(4, 5), activation="Sigmoid")
    nodes.add(
        "FusedGemm", normal(3, 4), normal(4, 5), activation="HardSigmoid", activation_alpha=0.3, activation_beta=0.6
    )
    return nodes


def convolutions():
    nodes = MicrosoftNodes()
    x, w, b, z = normal(1, 4, 6, 6), normal(8, 2, 3, 3), normal(8), normal(1, 8, 4, 4)
    for activation in (
        {},
        {"activation": "Relu"},
        {"activation": "Tanh"},
        {"activation": "Sigmoid"},
        {"activation": "LeakyRelu", "activation_params": [0.125]},
        {"activation": "Clip", "activation_params": [-0.5, 1.5]},
        {"activation": "HardSigmoid", "activation_params": [0.25, 0.4]},
    ):
        nodes.add("FusedConv", x, w, b, group=2, **activation)
        nodes.add("FusedConv", x, w, b, z, group=2, **activation)
    nodes.add("FusedConv", x, w, group=2, strides=[2, 2], auto_pad="SAME_LOWER", activation="Relu")
    return nodes


def functions():
    nodes = MicrosoftNodes()
    x = 3 * normal(2, 5, 8)
    nodes.add("Gelu", x)
    nodes.add("BiasGelu", x, normal(8))
    nodes.add("FastGelu", x)
    nodes.add("FastGelu", x, normal(8))
    return nodes


def normalizations():
    nodes = MicrosoftNodes()
    x, scale, beta, bias = normal(2, 5, 8), normal(8), normal(8), normal(8)
    for skip in (normal(2, 5, 8), normal(1, 5, 8), normal(5, 8)):
        nodes.add("SkipLayerNormalization", x, skip, scale)
        nodes.add("SkipLayerNormalization", x, skip, scale, beta, epsilon=0.01)
        nodes.add("SkipSimplifiedLayerNormalization", x, skip, scale)
    nodes.add("SkipSimplifiedLayerNormalization", x, normal(2, 5, 8), scale, bias, epsilon=0.01)
    nodes.add("SkipLayerNormalization", normal(5, 8), normal(5, 8), scale, beta, bias)
    Nodes.add(nodes, "SimplifiedLayerNormalization", x, scale)
    Nodes.add(nodes, "SimplifiedLayerNormalization", x, scale, axis=2, epsilon=0.5)
    return nodes


def sums():
    """Further results: the sum that is normalized. The mean and the deviation, onnxruntime leaves unset."""
    x, skip, scale, bias = normal(2, 5, 8), normal(2, 5, 8), normal(8), normal(8)
    nodes = MicrosoftNodes()
    nodes.add("SkipLayerNormalization", x, skip, scale, None, bias, results=4)
    nodes.add("SkipSimplifiedLayerNormalization", x, skip, scale, bias, results=4)
    for node in nodes.nodes:
        nodes.names.remove(node.output[1])
        nodes.names.remove(node.output[2])
        node.output[1] = node.output[2] = ""
    return nodes


def embeddings():
    nodes = MicrosoftNodes()
    ids, segments = np.array([[3, 1, 0], [9, 9, 2]], np.int32), np.array([[0, 1, 1], [1, 0, 0]], np.int32)
    places, mask = np.array([[2, 0, 1]], np.int32), np.array([[1, 1, 0], [1, 0, 0]], np.int32)
    words, of_places, of_segments = normal(10, 8), normal(4, 8), normal(2, 8)
    scale, beta = normal(8), normal(8)
    nodes.add("EmbedLayerNormalization", ids, None, words, of_places, None, scale, beta, results=2)
    nodes.add("EmbedLayerNormalization", ids, segments, words, of_places, of_segments, scale, beta, results=2)
    nodes.add("EmbedLayerNormalization", ids, segments, words, of_places, of_segments, scale, beta, mask, results=3)
    nodes.add(
        "EmbedLayerNormalization",
        ids,
        None,
        words,
        of_places,
        None,
        scale,
        beta,
        mask,
        places.repeat(2, 0),
        results=2,
        epsilon=0.25,
    )
    return nodes


ALL = products, convolutions, functions, normalizations, sums, embeddings


class Optimized(GeneratorTest):
    def test_products(self):
        products().check_like_onnxruntime(self, 1e-6, 2e-6)

    def test_convolutions(self):
        convolutions().check_like_onnxruntime(self, 1e-6, 2e-6)

    def test_functions(self):
        functions().check_like_onnxruntime(self, 1e-6, 2e-6)

    def test_normalizations(self):
        normalizations().check_like_onnxruntime(self, 1e-5, 1e-5)

    def test_further_results(self):
        sums().check_like_onnxruntime(self, 1e-5, 1e-5)

    def test_embeddings(self):
        embeddings().check_like_onnxruntime(self, 1e-5, 1e-5)


if __name__ == "__main__":
    main()
