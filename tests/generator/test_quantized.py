"""Graphs that onnxruntime's static quantizer made: they run on bytes, and within one step of what onnxruntime
computes."""

import itertools
import json
import logging
import os
import subprocess

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from support import WARNINGS, GeneratorTest, cameo, constant, main, model, tensor

logging.disable()
RANDOM = np.random.default_rng(7)
TARGETS = ["x86-64", "haswell", "native"]
PROGRAM = """#include "tested.hpp"
#include <cstdio>

static tested::net net;

int main()
{
    const auto x = net.input<tested::x>();
    if (std::fread(x.data(), sizeof(*x.data()), x.size(), stdin) != x.size()) return 1;
    net.run();
    const auto write = [](auto y) { std::fwrite(y.data(), sizeof(float), y.size(), stdout); };
    [&]<class... Output>(cameo::list<Output...>) { (write(net.output<Output>()), ...); }(tested::model::outputs{});
}
"""


def weights(*shape):
    return (RANDOM.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


class Graph:
    """Nodes one after another, each by its operator."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def add(self, operator, *inputs, **attributes):
        name = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, array):
        self.constants.append(constant(f"constant_{len(self.constants)}", array))
        return self.constants[-1].name

    def conv(self, x, channels, filters, taps=1, group=1, stride=1):
        w, b = (
            self.constant(weights(filters, channels // group, taps, taps)),
            self.constant(0.1 * weights(1, filters)[0]),
        )
        return self.add("Conv", x, w, b, pads=[taps // 2] * 4, strides=[stride] * 2, group=group)

    def model(self, x_shape, **results):
        """The model whose outputs are these values, of these shapes."""
        self.nodes += [
            helper.make_node("Identity", [value], [name], name=f"end_{name}") for name, (value, _) in results.items()
        ]
        return model(
            self.nodes,
            [tensor("x", x_shape)],
            [tensor(name, shape) for name, (_, shape) in results.items()],
            self.constants,
        )


def layers():
    """A layer of each kind, none after another."""
    g = Graph()
    image, half = [1, 16, 9, 11], [1, 16, 5, 6]
    pool = {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    c = g.conv("x", 16, 16, taps=3)
    return g.model(
        image,
        dense=(g.conv("x", 16, 37, taps=3, stride=2), [1, 37, 5, 6]),
        pointwise=(g.add("Relu", g.conv("x", 16, 40)), [1, 40, 9, 11]),
        depthwise=(g.conv("x", 16, 16, taps=5, group=16), image),
        wide=(g.conv("x", 16, 100), [1, 100, 9, 11]),
        sum=(g.add("Relu", g.add("Add", c, "x")), image),
        product=(g.add("Mul", "x", "x"), image),
        largest=(g.add("MaxPool", "x", **pool), half),
        average=(g.add("AveragePool", "x", **pool), half),
        joined=(g.add("Concat", c, "x", axis=1), [1, 32, 9, 11]),
        gate=(g.add("Sigmoid", "x"), image),
        turned=(g.add("Transpose", "x", perm=[0, 2, 3, 1]), [1, 9, 11, 16]),
        mean=(g.add("GlobalAveragePool", "x"), [1, 16, 1, 1]),
        product_of_rows=(
            g.add("MatMul", g.add("Reshape", "x", g.constant(np.array([1, 16, 99]))), g.constant(weights(99, 21))),
            [1, 16, 21],
        ),
        sum_of_all=(
            g.add(
                "Gemm", g.add("Flatten", "x"), g.constant(weights(10, 16 * 99)), g.constant(weights(1, 10)[0]), transB=1
            ),
            [1, 10],
        ),
    )


def residual_network():
    g = Graph()
    a = g.add("Relu", g.conv("x", 3, 20, taps=3, stride=2))
    b = g.add("Relu", g.conv(a, 20, 20, taps=3))
    c = g.add("Relu", g.add("Add", g.conv(b, 20, 20), a))
    pooled = g.add("MaxPool", c, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    flat = g.add("Flatten", g.add("GlobalAveragePool", pooled))
    return g.model(
        [1, 3, 21, 19],
        y=(g.add("Gemm", flat, g.constant(weights(10, 20)), g.constant(weights(1, 10)[0]), transB=1), [1, 10]),
    )


def depthwise_network():
    g = Graph()
    a = g.add("Clip", g.conv("x", 16, 40), g.constant(np.float32(0)), g.constant(np.float32(6)))
    b = g.add("Clip", g.conv(a, 40, 40, taps=3, group=40), g.constant(np.float32(0)), g.constant(np.float32(6)))
    c = g.conv(b, 40, 16)
    d = g.conv(g.add("Add", c, "x"), 16, 24, taps=5, stride=2)
    return g.model([1, 16, 12, 12], y=(g.add("Sigmoid", d), [1, 24, 6, 6]))


def joined_network():
    g = Graph()
    a, b = g.conv("x", 8, 16, taps=3), g.conv("x", 8, 32)
    joined = g.add("Concat", a, g.add("Relu", b), axis=1)
    pooled = g.add("AveragePool", joined, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    turned = g.add("Transpose", g.conv(pooled, 48, 12), perm=[0, 2, 3, 1])
    return g.model([1, 8, 8, 8], y=(g.add("Reshape", turned, g.constant(np.array([1, 16, 12]))), [1, 16, 12]))


def dense_network():
    g = Graph()
    a = g.add("Add", g.add("MatMul", "x", g.constant(weights(24, 30))), g.constant(weights(1, 30)[0]))
    b = g.add("MatMul", g.add("Relu", a), g.constant(weights(30, 24)))
    return g.model([1, 7, 24], y=(g.add("Mul", b, "x"), [1, 7, 24]))


NETWORKS = {
    "residual": residual_network,
    "depthwise": depthwise_network,
    "joined": joined_network,
    "dense": dense_network,
}
WAYS = {
    "uint8": (QuantType.QUInt8, False, False),
    "int8": (QuantType.QInt8, True, False),
    "symmetric": (QuantType.QInt8, True, True),
}


class Samples(CalibrationDataReader):
    def __init__(self, shape):
        self.left = [{"x": RANDOM.standard_normal(shape).astype(np.float32)} for _ in range(3)]

    def get_next(self):
        return self.left.pop() if self.left else None


def steps(found, expected):
    """Of the quantization of an output, by which results differ at most."""
    levels = np.unique(np.concatenate([found.ravel(), expected.ravel()]))
    distances = np.diff(levels)
    step = distances[distances > 1e-4 * np.abs(levels).max()].min()
    return np.abs(found.astype(np.float64) - expected).max() / step


class Quantized(GeneratorTest):
    def quantize(self, network, way, name):
        activations, per_channel, symmetric = WAYS[way]
        floats, source = self.save(network, f"{name}_float.onnx"), self.directory / f"{name}.onnx"
        shape = [d.dim_value for d in network.graph.input[0].type.tensor_type.shape.dim]
        quantize_static(
            floats,
            source,
            Samples(shape),
            quant_format=QuantFormat.QDQ,
            per_channel=per_channel,
            activation_type=activations,
            weight_type=QuantType.QInt8,
            extra_options={"ActivationSymmetric": symmetric},
        )
        return source, RANDOM.standard_normal(shape).astype(np.float32)

    def expected(self, source, x):
        """What onnxruntime computes node by node, and with integer operators."""
        for level in (
            onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL,
            onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL,
        ):
            options = onnxruntime.SessionOptions()
            options.graph_optimization_level, options.log_severity_level = level, 4
            yield onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"]).run(None, {"x": x})

    def computed(self, header, x, target, shapes):
        """What generated code for a target computes."""
        source = self.save(PROGRAM.encode(), "program.cpp")
        program = self.directory / "program"
        self.assert_compiles(*WARNINGS, "-O1", f"-march={target}", "-I", header.parent, source, "-o", program)
        data = np.frombuffer(
            subprocess.run([program], input=x.tobytes(), capture_output=True, check=True).stdout, np.float32
        )
        return [
            part.reshape(shape)
            for part, shape in zip(np.split(data, np.cumsum([np.prod(s) for s in shapes])[:-1]), shapes, strict=True)
        ]

    def assert_on_bytes(self, source):
        operators = {layer["operator"] for layer in json.loads(cameo("inspect", source, "--json").stdout)["layers"]}
        self.assertIn("quantized_conv", operators)
        self.assertFalse(
            operators
            & {
                "conv",
                "winograd",
                "gemm",
                "matmul",
                "average_pool",
                "elementwise",
                "quantize_linear",
                "dequantize_linear",
            },
            operators,
        )

    def test_layers(self):
        """Each within a step, and the same on every target."""
        for way in WAYS:
            network = layers()
            source, x = self.quantize(network, way, f"layers_{way}")
            self.assert_on_bytes(source)
            header = self.generate(source, "--weights", "inline")
            references = list(self.expected(source, x))
            results = [self.computed(header, x, target, [r.shape for r in references[0]]) for target in TARGETS]
            for k, output in enumerate(network.graph.output):
                with self.subTest(layer=output.name, way=way):
                    for found in results:
                        np.testing.assert_array_equal(found[k], results[0][k])
                    for reference in references:
                        self.assertLessEqual(steps(results[0][k], reference[k]), 1.01)

    def int8_convolutions(self, zero_points):
        """Of an int8 input, once for each of the quantizations that it is read by."""
        g = Graph()
        scale, w = g.constant(np.float32(0.03)), g.constant(RANDOM.integers(-128, 128, (8, 16, 3, 3)).astype(np.int8))
        filters = g.add("DequantizeLinear", w, g.constant(np.float32(0.01)))
        results = {}
        for k, zero in enumerate(g.constant(np.int8(z)) for z in zero_points):
            y = g.add("Conv", g.add("DequantizeLinear", "x", scale, zero), filters, pads=[1] * 4)
            results[f"y{k}"] = (
                g.add("DequantizeLinear", g.add("QuantizeLinear", y, scale, zero), scale, zero),
                [1, 8, 6, 7],
            )
        network = g.model([1, 16, 6, 7], **results)
        network.graph.input[0].type.tensor_type.elem_type = TensorProto.INT8
        return network

    def test_int8_inputs(self):
        """A value that two nodes take for numbers of different quantizations is convolved in float: one halo cannot
        hold both zero points."""
        for zero_points, operator in [((5,), "quantized_conv"), ((5, -20), "conv")]:
            network = self.int8_convolutions(zero_points)
            source = self.save(network)
            self.assertIn(f"= {operator}(", cameo("generate", source, "--dump=graph").stdout)
            header = self.generate(source, "--weights", "inline")
            x = RANDOM.integers(-128, 128, (1, 16, 6, 7)).astype(np.int8)
            references = list(self.expected(source, x))
            results = self.computed(header, x, "native", [r.shape for r in references[0]])
            for reference in references:
                for found, expected in zip(results, reference, strict=True):
                    self.assertLessEqual(steps(found, expected), 1.01)

    def test_networks(self):
        """One layer after another, a step becomes several: no further from onnxruntime than its own two ways are from
        each other, and a step."""
        for (kind, make), way in zip(NETWORKS.items(), itertools.cycle(WAYS)):
            with self.subTest(network=kind, way=way):
                source, x = self.quantize(make(), way, f"{kind}_{way}")
                self.assert_on_bytes(source)
                (by_node,), (by_integers,) = self.expected(source, x)
                header = self.generate(source, "--weights", "inline")
                (found,) = self.computed(header, x, "native", [by_node.shape])
                self.assertLessEqual(
                    min(steps(found, by_node), steps(found, by_integers)), steps(by_node, by_integers) + 1.01
                )


if __name__ == "__main__":
    main()
