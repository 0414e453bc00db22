"""Networks of float16 and bfloat16: each operator computes in float32 and rounds its results, between layers numbers
stay float32, and the interface has the file's types. The references are onnxruntime, which computes one node at a time
in float32, and ml_dtypes and numpy, which round."""

import itertools
import warnings

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
from nodes import Nodes
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.reference import ReferenceEvaluator
from suite import ATTENTION_IN_16_BITS
from support import FLOAT, FULL, GeneratorTest, cameo, constant, main, model, tensor

node = helper.make_node
NARROW = {TensorProto.FLOAT16: np.float16, TensorProto.BFLOAT16: ml_dtypes.bfloat16}
AS_FLOAT32 = ["--float16", "as-float32"]
BUILDS = ["-O1 -march=x86-64", "-O3 -march=native"]


def code(dtype):
    return helper.np_dtype_to_tensor_dtype(np.dtype(dtype))


def loaded(path, dtype):
    """numpy has no name for bfloat16, and reads bytes."""
    array = np.load(path)
    return array.view(dtype) if array.dtype.kind == "V" else array


def network(element, opset=17):
    """Convolutions, a residual, pools, a normalization, moves, and float32 for a moment."""
    random = np.random.default_rng(3)
    dtype = NARROW.get(element, np.float32)
    shapes = {"w": [8, 3, 3, 3], "b": [8], "u": [8, 8, 1, 1], "s": [8], "d": [8], "k": [8, 4]}
    weights = [
        numpy_helper.from_array((random.normal(size=shape) / 3).astype(dtype), name) for name, shape in shapes.items()
    ]
    nodes = [
        node("Conv", ["x", "w", "b"], ["a"], name="conv", pads=[1, 1, 1, 1]),
        node("Relu", ["a"], ["r"], name="relu"),
        node("Conv", ["r", "u"], ["c"], name="residual"),
        node("Add", ["c", "r"], ["sum"], name="sum"),
        node("MaxPool", ["sum"], ["m"], name="max", kernel_shape=[2, 2], strides=[2, 2]),
        node("Transpose", ["m"], ["t"], name="transpose", perm=[0, 2, 3, 1]),
        node("LayerNormalization", ["t", "s", "d"], ["n"], name="normalize"),
        node("ReduceMean", ["n"], ["p"], name="mean", axes=[1, 2], keepdims=0),
        node("Cast", ["p"], ["wide"], name="widen", to=FLOAT),
        node("Exp", ["wide"], ["e"], name="exp"),
        node("Cast", ["e"], ["narrow"], name="round", to=element),
        node("MatMul", ["narrow", "k"], ["z"], name="dense"),
        node("Softmax", ["z"], ["y"], name="softmax"),
    ]
    return model(nodes, [tensor("x", [1, 3, 6, 6], element)], [tensor("y", [1, 4], element)], weights, opset=opset)


def rounded_by_node(content, x, dtype):
    """Runs a network node by node in float32, and rounds each result that is of 16 bits."""
    inferred = onnx.shape_inference.infer_shapes(content, strict_mode=True)
    types = {v.name: v.type.tensor_type.elem_type for v in [*inferred.graph.value_info, *inferred.graph.output]}
    values = {t.name: numpy_helper.to_array(t).astype(np.float32) for t in content.graph.initializer}
    values["x"] = x.astype(np.float32)
    for n in content.graph.node:
        if n.op_type == "Cast":
            values[n.output[0]] = values[n.input[0]]
        else:
            one = model([n], [tensor(k, values[k].shape) for k in n.input], [tensor(n.output[0], None)])
            session = onnxruntime.InferenceSession(one.SerializeToString(), providers=["CPUExecutionProvider"])
            (values[n.output[0]],) = session.run(None, {k: values[k] for k in n.input})
        if types[n.output[0]] == code(dtype):
            values[n.output[0]] = values[n.output[0]].astype(dtype).astype(np.float32)
    return values["y"]


def in_double(content):
    """A model of 16-bit floats, all of whose values are float64."""
    wide = onnx.ModelProto()
    wide.CopyFrom(content)
    for v in [*wide.graph.input, *wide.graph.output]:
        if v.type.tensor_type.elem_type in NARROW:
            v.type.tensor_type.elem_type = TensorProto.DOUBLE
    for a in (a for n in wide.graph.node for a in n.attribute if a.name == "softmax_precision"):
        a.i = TensorProto.DOUBLE
    return wide


class Float16(GeneratorTest):
    def run_model(self, source, dtype, *options, **inputs):
        """The output, by the operators' definitions."""
        for name, array in inputs.items():
            np.save(self.directory / f"{name}.npy", array)
        given = [f"--input={name}={self.directory / name}.npy" for name in inputs]
        done = cameo("run", source, *given, "--output-dir", self.directory, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return loaded(self.directory / "output_0.npy", dtype)

    def test_each_result_is_rounded(self):
        of_each = list(itertools.product(NARROW.items(), BUILDS)) if FULL else zip(NARROW.items(), BUILDS, strict=True)
        for (element, dtype), flags in of_each:
            with self.subTest(dtype=dtype.__name__, flags=flags):
                content = network(element)
                source = self.save(content)
                x = np.random.default_rng(5).normal(size=[1, 3, 6, 6]).astype(dtype)
                found = self.run_model(source, dtype, x=x).astype(np.float32)
                expected = rounded_by_node(content, x, dtype)
                # Sums in another order may be rounded to the next number.
                step = float(ml_dtypes.finfo(dtype).eps)
                np.testing.assert_allclose(found, expected, rtol=step)
                header = self.generate(source).read_text()
                self.assertIn(f"cameo::input<cameo::{'f16' if dtype is np.float16 else 'bf16'}<1, 3, 6, 6>>", header)
                done = cameo("verify", source, "--cxxflags", flags)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_values_stay_float32_between_layers(self):
        for element in NARROW:
            done = cameo("inspect", self.save(network(element)))
            self.assertEqual(done.returncode, 0, done.stderr)
            casts = [line for line in done.stdout.splitlines() if " cast " in line]
            self.assertEqual(len(casts), 2, done.stdout)  # of the input and of the output

    def test_as_float32(self):
        source = self.save(network(TensorProto.FLOAT16))
        x = np.random.default_rng(5).normal(size=[1, 3, 6, 6]).astype(np.float16)
        found = self.run_model(source, np.float32, *AS_FLOAT32, x=x.astype(np.float32))
        self.assertEqual(found.dtype, np.float32)
        self.assertTrue(np.array_equal(self.run_model(source, np.float32, *AS_FLOAT32, x=x), found))
        wide, narrow = network(FLOAT), network(TensorProto.FLOAT16)
        for weight, of in zip(wide.graph.initializer, narrow.graph.initializer):
            weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(of).astype(np.float32), of.name))
        session = onnxruntime.InferenceSession(wide.SerializeToString(), providers=["CPUExecutionProvider"])
        (exact,) = session.run(None, {"x": x.astype(np.float32)})
        self.assertLess(np.sum((found - exact) ** 2) / np.sum(exact**2), 1e-12)
        self.assertIn("cameo::input<cameo::f32<1, 3, 6, 6>>", self.generate(source, *AS_FLOAT32).read_text())
        done = cameo("verify", source, *AS_FLOAT32)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_cast(self):
        """All numbers of 16 bits to every type, and to them from numbers of every kind."""
        wide = np.concatenate(
            [
                np.random.default_rng(1).integers(0, 1 << 32, 20000, np.uint32).view(np.float32),
                *(np.ldexp(np.linspace(-2, 2, 4001), k) for k in (-26, -24, -15, -14, 0, 14, 120)),
            ]
        )
        for element, dtype in NARROW.items():
            nodes, expected = Nodes(), {}
            every = np.arange(65536, dtype=np.uint16).view(dtype)
            with np.errstate(all="ignore"):
                for to in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16, np.bool_):
                    expected[nodes.add("Cast", every, to=code(to))[0]] = every.astype(to)
                small = every[np.abs(every.astype(np.float32)) < 100]
                for to in (np.int8, np.int16, np.int32, np.int64):
                    expected[nodes.add("Cast", small, to=code(to))[0]] = small.astype(np.float32).astype(to)
                for of in (np.float32, np.float64):
                    expected[nodes.add("Cast", wide.astype(of), to=element)[0]] = wide.astype(of).astype(dtype)
                for of in (np.int8, np.uint16, np.int32, np.uint64):
                    y = np.arange(0, 120, 7).astype(of) ** 2
                    expected[nodes.add("Cast", y, to=element)[0]] = y.astype(np.float64).astype(dtype)
            nodes.check(self, expected, flags=["-O1", "-march=native"])

    def test_moves_keep_all_bits(self):
        """Whatever NaN there is."""
        for element, dtype in NARROW.items():
            x = np.arange(0x7F80, 0x8080, dtype=np.uint16).reshape(16, 16)
            source = self.save(
                model(
                    [node("Transpose", ["x"], ["t"]), node("Concat", ["t", "t"], ["y"], axis=1)],
                    [tensor("x", [16, 16], element)],
                    [tensor("y", [16, 32], element)],
                )
            )
            found = self.run_model(source, dtype, x=x.view(dtype))
            np.testing.assert_array_equal(found.view(np.uint16), np.concatenate([x.T, x.T], 1))

    def test_types_that_do_not_belong_together(self):
        mixed = model(
            [node("Add", ["x", "w"], ["y"], name="sum")],
            [tensor("x", [4], TensorProto.FLOAT16)],
            [tensor("y", [4], TensorProto.FLOAT16)],
            [constant("w", np.ones(4, np.float32))],
        )
        self.assert_refused(self.save(mixed), "node 'sum' (Add, opset 17): operands must have one element type")

    def test_constants(self):
        """Raw and in typed fields, folded and cast."""
        numbers = np.array([0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 6.1e-5, 0.333, np.inf, -np.inf])
        for element, dtype in NARROW.items():
            wanted = numbers.astype(dtype)
            bits = wanted.view(np.uint16)
            for field in ({"raw_data": bits.tobytes()}, {"int32_data": bits.tolist()}):
                weight = TensorProto(name="w", data_type=element, dims=[10], **field)
                nodes = [
                    node("Add", ["w", "w"], ["twice"]),
                    node("Cast", ["twice"], ["v"], to=FLOAT),
                    node("Add", ["x", "v"], ["y"]),
                ]
                source = self.save(model(nodes, [tensor("x", [10])], [tensor("y", [10])], [weight]))
                found = self.run_model(source, np.float32, x=np.zeros(10, np.float32))
                with np.errstate(over="ignore"):
                    np.testing.assert_array_equal(found, (wanted + wanted).astype(np.float32))

    def test_attention_is_nearer_to_its_definition_than_the_suite(self):
        """Where the suite allows less than a step of the type: the sum of squared differences from float64."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's, about other operators
            cases = {case.name: case for case in collect_testcases("Attention")}
        for name in ATTENTION_IN_16_BITS:
            operator = cases[name.removesuffix("_expanded")].model
            inputs, (of_suite,) = cases[name].data_sets[0]
            widened = [a.astype(np.float64) if a.dtype in NARROW.values() else a for a in inputs]
            exact = ReferenceEvaluator(in_double(operator)).run(
                None, {v.name: a for v, a in zip(operator.graph.input, widened, strict=True)}
            )[0]
            named = {v.name: a for v, a in zip(cases[name].model.graph.input, inputs, strict=True)}
            found = self.run_model(self.save(cases[name].model), of_suite.dtype, **named)
            ours, theirs = (np.square(y.astype(np.float64) - exact).sum() for y in (found, of_suite))
            with self.subTest(name, ours=ours, theirs=theirs):
                self.assertLess(ours, theirs)


if __name__ == "__main__":
    main()
