"""Quantized layers round where exact arithmetic says, also where steps of the result are finer than those of the
sums; chains of them agree with onnxruntime."""

import numpy as np
from nodes import STRICT, Fixed, Nodes
from onnx import TensorProto, helper, numpy_helper
from support import CAMEO, GeneratorTest, main, tensor

# isort: split
from compiled import check_generated_code, generate  # nodes tells where
from suite import Case, check_plain_definitions

RANDOM = np.random.default_rng(11)


class Network:
    """Layers one after another on uint8, between DequantizeLinear and QuantizeLinear, and each in exact arithmetic:
    to double, which holds its sums."""

    def __init__(self, shape, most=255):
        self.nodes, self.constants = [], []
        self.q = RANDOM.integers(0, most + 1, shape).astype(np.uint8)
        self.scale, self.zero = np.float32(RANDOM.uniform(0.01, 0.03)), np.uint8(RANDOM.integers(0, most + 1))
        self.x, self.value = self.dequantize("x"), None

    def constant(self, array):
        self.constants.append(numpy_helper.from_array(np.asarray(array), f"c{len(self.constants)}"))
        return self.constants[-1].name

    def add(self, operator, *operands, **attributes):
        self.nodes.append(
            helper.make_node(
                operator, operands, [f"v{len(self.nodes)}"], name=f"{operator}_{len(self.nodes)}", **attributes
            )
        )
        return self.nodes[-1].output[0]

    def dequantize(self, name):
        return self.add("DequantizeLinear", name, self.constant(self.scale), self.constant(self.zero))

    def conv(self, filters, taps, group, bias, most=127):
        channels = self.q.shape[1]
        w = RANDOM.integers(-most, most + 1, (filters, channels // group, taps, taps)).astype(np.int8)
        scales = RANDOM.uniform(0.004, 0.012, filters).astype(np.float32)
        weights = self.add(
            "DequantizeLinear",
            self.constant(w),
            self.constant(scales),
            self.constant(np.zeros(filters, np.int8)),
            axis=0,
        )
        steps = (self.scale * scales).astype(np.float32)
        if bias == "float":
            b = RANDOM.normal(0, 20, filters).astype(np.float32) * steps
            name = self.constant(b)
        else:
            whole = RANDOM.integers(-40, 40, filters).astype(np.int32)
            b, name = (
                whole * steps,
                self.add(
                    "DequantizeLinear",
                    self.constant(whole),
                    self.constant(steps),
                    self.constant(np.zeros(filters, np.int32)),
                    axis=0,
                ),
            )
        self.x = self.add("Conv", self.x, weights, name, pads=[taps // 2] * 4, group=group)
        x = np.pad(
            (self.q.astype(np.float64) - self.zero) * self.scale.astype(np.float64),
            ((0, 0), (0, 0), *[(taps // 2,) * 2] * 2),
        )
        windows = np.lib.stride_tricks.sliding_window_view(x, (taps, taps), (2, 3))
        parts = zip(np.split(windows, group, 1), np.split(w * scales.astype(np.float64)[:, None, None, None], group))
        self.value = (
            np.concatenate([np.einsum("nchwij,fcij->nfhw", p, f) for p, f in parts], 1)
            + b.astype(np.float64)[:, None, None]
        )

    def average(self, taps):
        self.x = self.add("AveragePool", self.x, kernel_shape=[taps, taps], strides=[1, 1])
        x = (self.q.astype(np.float64) - self.zero) * self.scale.astype(np.float64)
        self.value = np.lib.stride_tricks.sliding_window_view(x, (taps, taps), (2, 3)).mean((-1, -2))

    def quantize(self, scale):
        """Rounds the last layer; gives where its exact value lies, in steps."""
        self.scale, self.zero = np.float32(scale), np.uint8(RANDOM.integers(90, 160))
        steps = self.value / self.scale.astype(np.float64)
        self.q = np.clip(np.rint(steps) + self.zero, 0, 255).astype(np.uint8)
        name = self.add("QuantizeLinear", self.x, self.constant(self.scale), self.constant(self.zero))
        self.x = self.dequantize(name)
        return steps, name

    def model(self, shape, output):
        y = helper.make_tensor_value_info(output, TensorProto.UINT8, self.q.shape)
        used = self.nodes[: next(k for k, node in enumerate(self.nodes) if output in node.output) + 1]
        graph = helper.make_graph(used, "graph", [tensor("x", shape, TensorProto.UINT8)], [y], self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def near_the_middle(steps):
    """Where float32 may round to either side."""
    return np.abs(np.abs(steps - np.floor(steps)) - 0.5) < 1e-4


class Averages(Nodes):
    """Pools of uint8 whose results have the scale of their input: a sum of an even number of taps is often in the
    middle between two of its steps."""

    def parts(self, size=0):
        yield self

    def add_pool(self, shape, operator, **attributes):
        k = len(self.names)
        scale, zero = Fixed(np.float32(RANDOM.uniform(0.01, 0.03))), Fixed(np.uint8(RANDOM.integers(90, 160)))
        x = RANDOM.integers(0, 256, shape).astype(np.uint8)
        self.operands |= {f"x{k}": x, f"scale{k}": scale, f"zero{k}": zero}
        for of, operands, result, settings in [
            ("DequantizeLinear", [f"x{k}", f"scale{k}", f"zero{k}"], f"d{k}", {}),
            (operator, [f"d{k}"], f"a{k}", attributes),
            ("QuantizeLinear", [f"a{k}", f"scale{k}", f"zero{k}"], f"q{k}", {}),
        ]:
            self.nodes.append(helper.make_node(of, operands, [result], name=f"{of}_{k}", **settings))
        self.names.append(f"q{k}")

    def rounded_otherwise(self, found):
        """How many elements are not what exact arithmetic makes of windows of 2 x 2, halves to even."""
        x, zero = self.operands["x0"].astype(np.int64), int(self.operands["zero0"].array)
        sums = np.lib.stride_tricks.sliding_window_view(x - zero, (2, 2), (2, 3)).sum((-1, -2))
        return np.count_nonzero(found["q0"] != np.clip(np.rint(sums / 4) + zero, 0, 255))


class Steps(GeneratorTest):
    def test_averages_between_equal_scales(self):
        """Where exact arithmetic ends in the middle, the order decides in which onnxruntime sums floats: another before
        opset 19 than since."""
        for opset in (17, 22):
            nodes = Averages(opset)
            for kernel, strides, pad in [
                ([2, 2], [1, 1], 0),
                ([2, 3], [2, 2], 0),
                ([4, 4], [4, 3], 0),
                ([4, 2], [1, 1], 1),
                ([8, 8], [1, 1], 0),
                ([2, 2], [3, 3], 0),
            ]:
                nodes.add_pool((1, 40, 8, 8), "AveragePool", kernel_shape=kernel, strides=strides, pads=[pad] * 4)
            nodes.add_pool((1, 40, 6, 7), "GlobalAveragePool")
            nodes.add_pool((2, 40, 9), "AveragePool", kernel_shape=[4])
            nodes.add_pool((1, 3, 4, 4, 4), "AveragePool", kernel_shape=[2, 2, 2])
            expected = nodes.onnxruntime()
            self.assertGreater(nodes.rounded_otherwise(expected), 50)
            nodes.check(self, expected)

    def check_all(self, cases):
        """Runs all, each in one way after the other, until one is wrong."""
        for case in cases:
            check_plain_definitions(CAMEO, case)
            if not case.status:
                generate(CAMEO, case, self.directory)
            self.assertFalse(case.status, f"{case.name}: {case.reason}")
        check_generated_code(cases, self.directory, [*STRICT, "-O2", "-march=native"])
        self.assertEqual([f"{case.name}: {case.reason}" for case in cases if case.status != "passed"], [])

    def case(self, name, network, x, output):
        case = Case(name, name, self.directory / name, {"x": x}, [network.q], frozenset(), 0, 0)
        case.write(network.model(x.shape, output))
        return case

    def test_one_layer(self):
        """Depthwise, dense in channels, and an average, of results whose steps are down to a tenth of the sums'."""
        cases = []
        for kind, bias, fine in [
            (kind, bias, fine)
            for kind in ("depthwise", "conv", "average")
            for bias in ("float", "int")
            for fine in (0.1, 0.7, 3)
        ]:
            for _ in range(50):
                network = Network((1, 16, 9, 9), most=3)
                x = network.q
                if kind == "average":
                    network.average(2)
                else:
                    network.conv(16, 3 if kind == "depthwise" else 1, 16 if kind == "depthwise" else 1, bias, most=1)
                steps, output = network.quantize(fine * float(network.scale) * (0.008 if kind != "average" else 0.25))
                if not near_the_middle(steps).any():
                    break
            else:
                self.fail(f"{kind}: each of 50 networks has a number in the middle between two steps")
            cases.append(self.case(f"{kind}_{bias}_{fine}".replace(".", "_"), network, x, output))
        self.check_all(cases)

    def test_chains(self):
        """A depthwise convolution, an average and a convolution: a number that is rounded to the other side becomes
        several steps at the end."""
        cases = []
        while len(cases) < 12:
            network = Network((1, 16, 9, 9))
            x, clear = network.q, True
            for layer in (
                lambda: network.conv(16, 3, 16, RANDOM.choice(["float", "int"])),
                lambda: network.average(2),
                lambda: network.conv(8, 3, 1, "float"),
            ):
                layer()
                spread = float(np.abs(network.value).max()) / 255
                steps, output = network.quantize(spread * RANDOM.uniform(0.1, 2))
                clear = clear and not near_the_middle(steps).any()
            if clear:
                cases.append(self.case(f"chain_{len(cases)}", network, x, output))
        self.check_all(cases)


if __name__ == "__main__":
    main()
