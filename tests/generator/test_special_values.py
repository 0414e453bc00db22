"""Infinities, NaN, zeros, subnormal and largest numbers through every elementwise function, and NaN at each place of
what looks for the largest: against the formulas of ONNX's reference, by the plain definitions, folded, and by generated
code for several targets."""

import itertools
import math

import numpy as np
from nodes import Fixed, Nodes
from support import FULL, GeneratorTest, main

OPTIMIZED = "-O2" if FULL else "-O1"

# Of these targets all ways are tried at one, at the others what vectors compute.
WAYS = {"x86-64": (False, True), "x86-64-v3": (False,), "native": (False,)}
SPECIAL = [math.nan, math.inf, 0.0, 1.0, 0.5, 2.0, 3.0, 1e-3, 30.0]
# Exponentials are subnormal, and infinite: of floats, of doubles.
EXPONENTS = [88.0, 100.0, 104.0, 38.0, 708.5, 715.0, 740.0]
# Where the formula of ONNX is -inf times 0, and cameo gives the limit: docs/numerics.md.
LIMITS = {"Gelu": 0.0, "Gelu tanh": 0.0}


def special(dtype):
    info = np.finfo(dtype)
    least = info.smallest_subnormal
    values = [*SPECIAL, *EXPONENTS, info.max, info.max / 2, info.tiny, info.tiny / 2, least, 3 * least, info.eps]
    # More than the widest vector, so that whole vectors and what is left over are computed.
    return np.array([*values, *(-v for v in values)], dtype)


def erf(x):
    return np.array([math.erf(v) for v in x])


def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def softplus(x):
    return np.where(np.isnan(x), x, np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))))


def times_exp(x):
    """x exp(x), also where the exponential is subnormal."""
    return x * np.exp(x / 2) * np.exp(x / 2)


F32 = lambda v: float(np.float32(v))
UNARY = {
    "Abs": np.abs,
    "Neg": np.negative,
    "Ceil": np.ceil,
    "Floor": np.floor,
    "Round": np.rint,
    "Sqrt": np.sqrt,
    "Exp": np.exp,
    "Log": np.log,
    "Sin": np.sin,
    "Cos": np.cos,
    "Tan": np.tan,
    "Asin": np.arcsin,
    "Acos": np.arccos,
    "Atan": np.arctan,
    "Sinh": np.sinh,
    "Cosh": np.cosh,
    "Tanh": np.tanh,
    "Asinh": np.arcsinh,
    "Acosh": np.arccosh,
    "Atanh": np.arctanh,
    "Erf": erf,
    "Sign": np.sign,
    "Reciprocal": lambda x: 1 / x,
    "Relu": lambda x: np.maximum(x, 0),
    "Sigmoid": sigmoid,
    "Softplus": softplus,
    "Softsign": lambda x: x / (1 + np.abs(x)),
    "Elu": lambda x: np.where(x > 0, x, np.expm1(x)),
    "Celu": lambda x: np.maximum(x, 0) + np.minimum(0, np.expm1(x)),
    "Selu": lambda x: F32(1.0507009873554805) * np.where(x > 0, x, F32(1.6732632423543772) * np.expm1(x)),
    "LeakyRelu": lambda x: np.where(x < 0, F32(0.01) * x, x),
    "ThresholdedRelu": lambda x: np.where(x > 1, x, 0),
    "HardSigmoid": lambda x: np.maximum(0, np.minimum(1, F32(0.2) * x + 0.5)),
    "HardSwish": lambda x: x * np.maximum(0, np.minimum(1, x / 6 + 0.5)),
    "Swish": lambda x: np.where(x < -40, times_exp(x), x * sigmoid(x)),
    "Mish": lambda x: np.where(x < -40, times_exp(x), x * np.tanh(softplus(x))),
    "Gelu": lambda x: 0.5 * x * np.array([math.erfc(-v / math.sqrt(2)) for v in x]),
    "Gelu tanh": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "Shrink": lambda x: np.where(x < -0.5, x, np.where(x > 0.5, x, 0)),
}
BINARY = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.divide,
    "Max": np.maximum,
    "Min": np.minimum,
    "PRelu": lambda x, s: np.where(x < 0, s * x, x),
}
PREDICATES = {
    "Less": np.less,
    "Greater": np.greater,
    "LessOrEqual": np.less_equal,
    "GreaterOrEqual": np.greater_equal,
    "Equal": np.equal,
}


class SpecialValues(GeneratorTest):
    def functions(self, dtype):
        nodes, expected, x = Nodes(24), {}, special(dtype)
        with np.errstate(all="ignore"):
            for name, of in UNARY.items():
                operator, *approximate = name.split()
                y = of(x.astype(np.float64))
                if name in LIMITS:
                    self.assertTrue(np.isnan(y[x == -math.inf]).all(), f"{name}: no exception is needed")
                    y[x == -math.inf] = LIMITS[name]
                (result,) = nodes.add(operator, x, **({"approximate": "tanh"} if approximate else {}))
                expected[result] = y.astype(dtype)
            a, b = np.repeat(x, x.size), np.tile(x, x.size)
            for operator, of in BINARY.items():
                expected[nodes.add(operator, a, b)[0]] = of(a, b)
            for operator, of in PREDICATES.items():
                expected[nodes.add(operator, a, b)[0]] = of(a, b)
            expected[nodes.add("Pow", a, b)[0]] = np.power(a.astype(np.float64), b.astype(np.float64)).astype(dtype)
            expected[nodes.add("Mod", a, b, fmod=1)[0]] = np.fmod(a, b)
            expected[nodes.add("IsNaN", x)[0]] = np.isnan(x)
            expected[nodes.add("IsInf", x)[0]] = np.isinf(x)
            for low, high in itertools.product([-math.inf, -1.0, 2.0], [0.5, math.inf]):
                clipped = np.minimum(np.maximum(x, low), high).astype(dtype)
                expected[nodes.add("Clip", x, dtype(low), dtype(high))[0]] = clipped
        return nodes, expected

    def test_functions_of_floats(self):
        nodes, expected = self.functions(np.float32)
        for target in WAYS:
            nodes.check(self, expected, rtol=1e-6, atol=1e-44, flags=[OPTIMIZED, f"-march={target}"], ways=WAYS[target])

    def test_functions_of_doubles(self):
        nodes, expected = self.functions(np.float64)
        nodes.check(self, expected, rtol=1e-12, atol=1e-322, flags=[OPTIMIZED, "-march=native"])

    def test_bounds_of_clip_before_opset_11(self):
        """The defaults are the largest floats: an infinity becomes one of them."""
        x, largest = special(np.float32), np.finfo(np.float32).max
        nodes, expected = Nodes(6), {}
        for attributes in ({}, {"min": 0.0}, {"max": 6.0}, {"min": -1.0, "max": 1.0}):
            low, high = (np.float32(attributes.get(*bound)) for bound in (("min", -largest), ("max", largest)))
            expected[nodes.add("Clip", x, **attributes)[0]] = np.clip(x, low, high)
        nodes.check(self, expected, flags=[OPTIMIZED, "-march=native"])


class NaNAtEachPlace(GeneratorTest):
    """What looks for the largest propagates NaN, in whatever order the elements lie; -inf is a number as any other."""

    def rows(self, width):
        """Rows with NaN at each place, and at two, among numbers, infinities and -inf alone."""
        numbers = np.random.default_rng(1).standard_normal(width).astype(np.float32)
        lowest = np.full(width, -np.inf, np.float32)
        all_of = [numbers, lowest]
        all_places = [*((k,) for k in range(width)), (0, width - 1), (width // 2, width - 1)]
        for base, places in itertools.product([numbers, lowest], all_places):
            all_of.append(base.copy())
            all_of[-1][list(places)] = np.nan
        for place in range(width):
            all_of.append(numbers.copy())
            all_of[-1][place] = np.inf
        return np.stack(all_of)

    def windows(self, x, size, stride, pad):
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad)), constant_values=-np.inf)
        return np.stack([padded[:, :, i : i + size] for i in range(0, padded.shape[2] - size + 1, stride)], 2)

    def test_reductions(self):
        nodes, expected = Nodes(17), {}
        with np.errstate(all="ignore"):
            for width in (3, 19):
                x = self.rows(width)
                for operand, axis in ((x, 1), (x.T.copy(), 0)):

                    def add(operator, y, **attributes):
                        expected[nodes.add(operator, operand, **attributes)[0]] = y

                    add("ReduceMax", operand.max(axis), axes=[axis], keepdims=0)
                    add("ReduceMin", operand.min(axis), axes=[axis], keepdims=0)
                    add("ArgMax", operand.argmax(axis), axis=axis, keepdims=0)
                    add("ArgMin", operand.argmin(axis), axis=axis, keepdims=0)
                    place = np.arange(width).reshape((-1, 1) if axis == 0 else (1, -1))
                    hardmax = np.expand_dims(operand.argmax(axis), axis) == place
                    add("Hardmax", hardmax.astype(np.float32), axis=axis)
                    e = np.exp(operand - operand.max(axis, keepdims=True))
                    add("Softmax", (e / e.sum(axis, keepdims=True)).astype(np.float32), axis=axis)
        for target in WAYS:
            nodes.check(self, expected, rtol=1e-5, atol=1e-6, flags=[OPTIMIZED, f"-march={target}"], ways=WAYS[target])

    def test_pools(self):
        """Windows over one and two axes, of few channels and of blocks of them."""
        nodes, expected = Nodes(), {}
        rows = self.rows(7)
        for dtype, channels in itertools.product([np.float32, np.float64], [rows.shape[0], 16]):
            x = np.resize(rows, (1, channels, 7)).astype(dtype)
            for size, stride, pad in ((2, 1, 0), (3, 2, 1), (7, 1, 0)):
                y = self.windows(x, size, stride, pad).max(-1)
                expected[nodes.add("MaxPool", x, kernel_shape=[size], strides=[stride], pads=[pad, pad])[0]] = y
                square = np.repeat(x[:, :, None], 7, 2)
                wide = np.repeat(y[:, :, None], y.shape[2], 2)
                pool = nodes.add("MaxPool", square, kernel_shape=[size] * 2, strides=[stride] * 2, pads=[pad] * 4)
                expected[pool[0]] = wide
            expected[nodes.add("GlobalMaxPool", x)[0]] = x.max(2, keepdims=True)
            expected[nodes.add("LpPool", x, kernel_shape=[3])[0]] = np.sqrt((self.windows(x, 3, 1, 0) ** 2).sum(-1))
            expected[nodes.add("AveragePool", x, kernel_shape=[3])[0]] = self.windows(x, 3, 1, 0).mean(-1)
        for target in WAYS:
            nodes.check(self, expected, rtol=1e-6, atol=1e-6, flags=[OPTIMIZED, f"-march={target}"], ways=WAYS[target])

    def test_places_of_the_largest(self):
        """MaxPool's Indices and TopK: NaN is larger than any number, the first of equals counts."""
        nodes, expected = Nodes(), {}
        x = self.rows(5)
        _, places = nodes.add("MaxPool", x[None], kernel_shape=[5], results=2)
        expected[nodes.names[0]] = x.max(1)[None, :, None]
        expected[places] = (x.argmax(1) + 5 * np.arange(len(x)))[None, :, None]
        not_nan = ~np.isnan(x)
        order = np.lexsort((np.where(not_nan, -x, 0), not_nan), axis=1)  # stable: NaN first, then the largest
        values, indices = nodes.add("TopK", x, Fixed(np.array([3])), results=2)
        expected[values], expected[indices] = np.take_along_axis(x, order[:, :3], 1), order[:, :3]
        nodes.check(self, expected, flags=[OPTIMIZED, "-march=native"])


if __name__ == "__main__":
    main()
