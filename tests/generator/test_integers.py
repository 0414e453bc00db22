"""Integers of all widths through every operator that takes them: none passes through a double, a float or an int on its
way, and what is beyond a type wraps. The references are numpy, whose integers wrap, and onnxruntime where it takes the
type."""

import itertools

import numpy as np
from nodes import UNDEFINED, Fixed, Nodes
from onnx import TensorProto, helper
from support import FULL, GeneratorTest, cameo, constant, main, model, tensor

# The sanitizer finds at any level what is undefined; what compilers make of it, they make at the highest.
WATCHED = ["-O3" if FULL else "-O0", "-march=native", *UNDEFINED]
BASELINE = ["-O1" if FULL else "-O0", *UNDEFINED]
INTEGERS = [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
OF_EACH_WIDTH = [np.int8, np.uint16, np.int32, np.uint64]
MOST, LEAST = np.iinfo(np.int64).max, np.iinfo(np.int64).min
ODD = 2**53 + 1  # the least that a double does not hold


def extremes(dtype):
    """The ends of a type, what lies around them, and what halves and quarters of its bits hold."""
    info = np.iinfo(dtype)
    bits = [1 << k for k in (4, 7, 15, 31, 53, 62, 63) if 1 << k <= info.max]
    around = {b + d for b in [info.min, info.max, 0, *bits] for d in (-1, 0, 1)} | {-b - 1 for b in bits} | {2, 3}
    return np.array(sorted(v for v in around if info.min <= v <= info.max), dtype)


def pairs(dtype):
    values = extremes(dtype)
    return np.repeat(values, values.size), np.tile(values, values.size)


def divided(a, b):
    """Towards zero; 0 where the divisor is 0."""
    q = np.array(
        [0 if y == 0 else abs(int(x)) // abs(int(y)) * (-1 if (x < 0) != (y < 0) else 1) for x, y in zip(a, b)], object
    )
    return wrapped(q, a.dtype)


def wrapped(exact, dtype):
    info = np.iinfo(dtype)
    return np.array(
        [(int(v) - info.min) % (info.max - info.min + 1) + info.min for v in np.ravel(exact)], dtype
    ).reshape(np.shape(exact))


def power(base, exponent, dtype):
    def one(x, y):
        if y >= 0:
            return pow(x, y, 2**64)
        return 1 if x == 1 else (1 if y % 2 == 0 else -1) if x == -1 else 0

    return wrapped(np.array([one(int(x), int(y)) for x, y in zip(base, exponent)], object), dtype)


def shifted(a, b, left):
    bits = 8 * a.itemsize
    exact = [
        (int(x) << int(y) if left else int(x) >> int(y)) if 0 <= y < bits else (0 if left or x >= 0 else -1)
        for x, y in zip(a, b)
    ]
    return wrapped(np.array(exact, object), a.dtype)


def exactly(x):
    return np.array([int(v) for v in x.ravel()], object).reshape(x.shape)


class Integers(GeneratorTest):
    def arithmetic(self, nodes, expected, dtype):
        def add(operator, result, *operands, **attributes):
            expected[nodes.add(operator, *operands, **attributes)[0]] = np.asarray(result)

        a, b = pairs(dtype)
        x, info = extremes(dtype), np.iinfo(dtype)
        with np.errstate(all="ignore"):
            for operator, of in {
                "Add": np.add,
                "Sub": np.subtract,
                "Mul": np.multiply,
                "Max": np.maximum,
                "Min": np.minimum,
            }.items():
                add(operator, of(a, b), a, b)
            for operator, of in {
                "Less": np.less,
                "Equal": np.equal,
                "Greater": np.greater,
                "LessOrEqual": np.less_equal,
                "GreaterOrEqual": np.greater_equal,
            }.items():
                add(operator, of(a, b), a, b)
            add("Div", divided(a, b), a, b)
            add("Mod", np.where(b == 0, 0, np.mod(a, np.where(b == 0, 1, b))).astype(dtype), a, b)
            add("Mod", np.where(b == 0, 0, np.fmod(a, np.where(b == 0, 1, b))).astype(dtype), a, b, fmod=1)
            add("Pow", power(a, b, dtype), a, b)
            add("PRelu", np.where(a < 0, a * b, a).astype(dtype), a, b)
            add("Neg", np.negative(x), x)
            add("Abs", np.abs(x), x)
            add("Sign", np.sign(x), x)
            add("Relu", np.maximum(x, 0), x)
            low, high = dtype(info.min + 2), dtype(info.max - 1)
            add("Clip", np.clip(x, low, high), x, low, high)
            add("Clip", np.clip(x, low, high), x, Fixed(low), Fixed(high))
            add("Clip", np.minimum(x, high), x, None, Fixed(high))
            for left in (True, False):
                add("BitShift", shifted(a, b, left), a, b, direction="LEFT" if left else "RIGHT")
            for lambd, bias in ((0, 3), (1.5, 0)):
                exact = np.array(
                    [int(v) + bias if v < -lambd else int(v) - bias if v > lambd else 0 for v in x], object
                )
                if x.itemsize < 8 or lambd == int(
                    lambd
                ):  # others meet their attributes in float64, as in the reference
                    add("Shrink", wrapped(exact, dtype), x, lambd=float(lambd), bias=float(bias))
            add("CumSum", np.cumsum(x, dtype=dtype), x, Fixed(np.int64(0)))
            for operator, of in {
                "ReduceMax": np.max,
                "ReduceMin": np.min,
                "ArgMax": np.argmax,
                "ArgMin": np.argmin,
            }.items():
                add(operator, np.asarray(of(x)), x, **({"axis": 0} if "Arg" in operator else {}), keepdims=0)
            if x.itemsize > 1:
                for operator, of in {"ReduceSum": np.sum, "ReduceProd": np.prod}.items():
                    add(operator, np.asarray(of(x, dtype=dtype)), x, keepdims=0)
                add("ReduceSumSquare", wrapped((exactly(x) ** 2).sum(), dtype), x, keepdims=0)
                add("ReduceL1", wrapped(abs(exactly(x)).sum(), dtype), x, keepdims=0)
            m, w = np.resize(x, (5, 7)), np.resize(x[::-1], (7, 6))
            whole = wrapped(exactly(m) @ exactly(w), dtype)
            add("MatMul", whole, m, w)
            add("MatMul", np.stack([whole, whole]), np.stack([m, m]), np.stack([w, w]))
            add(
                "Gemm",
                wrapped(3 * (exactly(m) @ exactly(w)) + 2 * exactly(w[:1]), dtype),
                m,
                w,
                w[:1],
                alpha=3.0,
                beta=2.0,
            )
            add("Einsum", whole, m, w, equation="ij,jk->ik")
            for reduction, of in {"add": np.add, "mul": np.multiply, "max": np.maximum, "min": np.minimum}.items():
                y = x[:4].copy()
                for at, update in zip([0, 1, 1, 3], x[-4:]):
                    y[at] = of(y[at], update)
                add("ScatterElements", y, x[:4], np.array([0, 1, 1, 3]), x[-4:], reduction=reduction, axis=0)

    def test_arithmetic_wraps(self):
        """Folded, by the plain definitions and by generated code, which the sanitizer watches: of one type of each
        width, and of the others with --full."""
        for dtypes, compiled in ((OF_EACH_WIDTH, True), (set(INTEGERS) - set(OF_EACH_WIDTH), FULL)):
            nodes, expected = Nodes(), {}
            for dtype in sorted(dtypes, key=INTEGERS.index):
                self.arithmetic(nodes, expected, dtype)
            nodes.check(self, expected, flags=WATCHED, compiled=compiled)

    def test_what_moves_and_orders_integers_keeps_all_bits(self):
        nodes = Nodes()
        x = extremes(np.int64)
        part = x[-7:]
        picks = np.array([0, 6, 3])
        nodes.add("TopK", x, Fixed(np.array([9])), results=2)
        nodes.add("Where", x > 0, x, x[::-1].copy())
        nodes.add("Pad", part, Fixed(np.array([2, 3])), np.int64(ODD))
        nodes.add("OneHot", picks, Fixed(np.array([8])), np.array([LEAST, MOST]))
        nodes.add("Unique", part, results=1)
        for operator in ("Gather", "GatherElements"):
            nodes.add(operator, part, picks, axis=0)
        nodes.add("Cast", x, to=TensorProto.INT32)
        nodes.add("Cast", x, to=TensorProto.INT8)
        nodes.add("Cast", x, to=TensorProto.DOUBLE)
        nodes.add("Cast", x, to=TensorProto.FLOAT)
        nodes.add("Concat", x, part, axis=0)
        nodes.add("Expand", part, Fixed(np.array([2, 7])))
        nodes.add("Tile", part, Fixed(np.array([2])))
        nodes.add("Trilu", np.resize(x, (4, 4)), Fixed(np.int64(MOST)), upper=1)
        nodes.add("Trilu", np.resize(x, (4, 4)), Fixed(np.int64(LEAST)), upper=1)
        for start, end, step in itertools.product(
            [LEAST, -3, 0, 3, MOST], [LEAST, -3, 0, 3, MOST], [LEAST, -1, 1, MOST]
        ):
            if (end > 0) == (step > 0):
                nodes.add(
                    "Slice",
                    x[:8],
                    Fixed(np.array([start])),
                    Fixed(np.array([end])),
                    Fixed(np.array([0])),
                    Fixed(np.array([step])),
                )
        expected = nodes.onnxruntime()
        # onnxruntime counts these in doubles.
        for start, limit, delta in (
            (ODD, ODD + 5, 2),
            (MOST - 4, MOST, 1),
            (LEAST, LEAST + 9, 4),
            (LEAST, MOST, 2**62),
            (MOST, LEAST, -(2**62)),
        ):
            (result,) = nodes.add("Range", *(Fixed(np.int64(v)) for v in (start, limit, delta)))
            expected[result] = np.array(range(start, limit, delta), np.int64)
        nodes.check(self, expected, flags=WATCHED)

    def test_powers_of_two_types(self):
        nodes, expected = Nodes(), {}
        for base, exponent in itertools.permutations([np.int32, np.int64], 2):
            a, b = extremes(base), np.arange(extremes(base).size).astype(exponent)
            expected[nodes.add("Pow", a, b)[0]] = power(a, b, base)
        nodes.check(self, expected, flags=WATCHED)

    def test_integer_products_wrap(self):
        """Sums of products of bytes beyond int32."""
        x, w = np.full((1, 4, 3, 3), 255, np.uint8), np.full((1, 4, 3, 3), 255, np.uint8)
        many = np.full((1, 33100), 255, np.uint8)
        nodes, expected = Nodes(), {}
        expected[nodes.add("ConvInteger", x, Fixed(w))[0]] = np.full((1, 1, 1, 1), 36 * 255**2, np.int32)
        expected[nodes.add("ConvInteger", many.reshape(1, 33100, 1, 1), many.reshape(1, 33100, 1, 1))[0]] = wrapped(
            [[[[33100 * 255**2]]]], np.int32
        )
        nodes.check(self, expected, flags=BASELINE)
        nodes = Nodes()
        (sums,) = nodes.add("MatMulInteger", many, many.T.copy())
        # A product of this depth is compiled for longer than a minute.
        nodes.check(self, {sums: wrapped([[33100 * 255**2]], np.int32)}, flags=BASELINE, compiled=FULL)

    def test_places_that_are_computed_wrap(self):
        """Lengths and write indices that are no places of the tensor: an error in ONNX, here any number without
        undefined behaviour."""
        nodes = Nodes(24)
        x = np.arange(12, dtype=np.float32).reshape(3, 4)
        for lengths in ([LEAST, MOST, 2], [ODD, -1, 4]):
            nodes.add("ReverseSequence", x, np.array(lengths), batch_axis=0, time_axis=1)
        for mode, place in itertools.product(["linear", "circular"], [LEAST, MOST, -1, ODD]):
            nodes.add(
                "TensorScatter",
                np.zeros((1, 4, 2), np.float32),
                np.ones((1, 3, 2), np.float32),
                np.array([place]),
                axis=1,
                mode=mode,
            )
        nodes.check_runs(self, flags=WATCHED)

    def test_boxes_without_a_limit(self):
        """torchvision writes max_output_boxes_per_class as the largest integer of 64 bits."""
        corners = np.random.default_rng(3).uniform(0, 1, (1, 20, 2)).astype(np.float32)
        boxes, scores = (
            np.concatenate([corners, corners + 0.01], -1),
            np.linspace(0, 1, 20, dtype=np.float32).reshape(1, 1, 20),
        )
        for most, found in ((MOST, 20), (ODD, 20), (7, 7), (0, 0), (LEAST, 0)):
            nodes = Nodes()
            nodes.add("NonMaxSuppression", boxes, scores, Fixed(np.array([most])), Fixed(np.array([0.5], np.float32)))
            path = self.save(nodes.model({"y0_0": (TensorProto.INT64, ["boxes", 3])}, True))
            done = cameo("run", path, "--output-dir", self.directory)
            self.assertEqual(done.returncode, 0, done.stderr)
            computed = np.load(self.directory / "output_0.npy")[:found]
            np.testing.assert_array_equal(computed, nodes.onnxruntime()["y0_0"][:found])
            self.assertEqual(len(nodes.onnxruntime()["y0_0"]), found)

    def test_ignore_index(self):
        """A label that a double does not hold, beside its neighbours; one that the labels' type does not hold ignores
        nothing."""
        scores = np.log(np.array([[0.25, 0.75], [0.5, 0.5]], np.float32))
        for dtype, ignored in ((np.int64, ODD), (np.int64, LEAST), (np.int32, ODD), (np.int32, -1), (np.int64, 2**32)):
            nodes = Nodes()
            labels = np.array([1, ignored if -(2**31) <= ignored < 2**31 or dtype == np.int64 else 0], dtype)
            (y,) = nodes.add("NegativeLogLikelihoodLoss", scores, labels, ignore_index=ignored)
            of = [0.75] if labels[1] else [0.75, 0.5]
            nodes.check(self, {y: np.float32(-np.mean(np.log(of)))}, rtol=1e-6, compiled=False)

    def test_numbers_that_do_not_fit_are_refused(self):
        x = [tensor("x", [4], TensorProto.INT64)]
        for attributes in ({"to": 2**32 + 1}, {"to": LEAST}):
            cast = helper.make_node("Cast", ["x"], ["y"], **attributes)
            self.assert_refused(
                self.save(model([cast], x, [tensor("y", [4])])),
                f"attribute 'to' is {attributes['to']}, which is no element type",
            )
        scaled = helper.make_node("Gemm", ["x", "w"], ["y"], alpha=0.5)
        given = model(
            [scaled],
            [tensor("x", [1, 4], TensorProto.INT64)],
            [tensor("y", [1, 2], TensorProto.INT64)],
            [constant("w", np.ones((4, 2), np.int64))],
        )
        self.assert_refused(self.save(given), "'alpha' and 'beta' must be int64")


if __name__ == "__main__":
    main()
