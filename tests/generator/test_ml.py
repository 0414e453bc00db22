"""Operators of ai.onnx.ml that are composed of others: against onnxruntime, and what is refused."""

import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from support import GeneratorTest, cameo, main, tensor
from trees import ml_model, ml_node

RANDOM = np.random.default_rng(17)
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def numbers(*shape):
    return RANDOM.normal(size=shape).astype(np.float32)


class MachineLearning(GeneratorTest):
    def model_of(self, operator, inputs, outputs, version, attributes):
        names = [f"x{k}" for k in range(len(inputs))]
        results = [f"y{k}" for k in range(len(outputs))]
        return ml_model(
            [ml_node(operator, names, results, **attributes)],
            [tensor(n, x.shape, helper.np_dtype_to_tensor_dtype(x.dtype)) for n, x in zip(names, inputs)],
            [tensor(n, None, element) for n, element in zip(results, outputs)],
            version=version,
        )

    def check(self, operator, *inputs, outputs=(FLOAT,), version=1, **attributes):
        content = self.model_of(operator, inputs, outputs, version, attributes)
        source, given = self.save(content), []
        for k, x in enumerate(inputs):
            np.save(self.directory / f"x{k}.npy", x)
            given += ["--input", f"x{k}={self.directory / f'x{k}.npy'}"]
        done = cameo("run", source, *given, "--output-dir", self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        session = onnxruntime.InferenceSession(content.SerializeToString(), providers=["CPUExecutionProvider"])
        for k, expected in enumerate(session.run(None, {f"x{k}": x for k, x in enumerate(inputs)})):
            found = np.load(self.directory / f"output_{k}.npy")
            self.assertEqual((found.dtype, found.shape), (expected.dtype, expected.shape))
            np.testing.assert_allclose(found, expected, rtol=2e-6, atol=2e-6)

    def refuse(self, message, operator, *inputs, version=1, outputs=(FLOAT,), **attributes):
        content = self.model_of(operator, inputs, outputs, version, attributes)
        self.assert_refused(self.save(content), f"(ai.onnx.ml:{operator}, opset {version})", message)

    def test_linear_regressor(self):
        coefficients = {"coefficients": numbers(15).tolist(), "targets": 3}
        self.check("LinearRegressor", numbers(6, 5), **coefficients, intercepts=numbers(3).tolist())
        self.check("LinearRegressor", numbers(6, 5), **coefficients, post_transform="SOFTMAX")
        self.check("LinearRegressor", numbers(1, 5), coefficients=numbers(5).tolist())
        self.refuse(
            "3 targets of 4 features do not go with 15 coefficients", "LinearRegressor", numbers(2, 4), **coefficients
        )

    def test_linear_classifier(self):
        for classes in (1, 2, 3):
            for transform in ("NONE", "LOGISTIC", "SOFTMAX"):
                for labels in ([0, 1, 2], [5, -7, 2**40]):
                    with self.subTest(classes=classes, transform=transform, labels=labels):
                        self.check(
                            "LinearClassifier",
                            numbers(20, 4),
                            outputs=(INT64, FLOAT),
                            coefficients=numbers(4 * classes).tolist(),
                            intercepts=numbers(classes).tolist(),
                            classlabels_ints=labels[: max(classes, 2)],
                            post_transform=transform,
                        )
        attributes = {"coefficients": numbers(8).tolist(), "intercepts": [0.0, 0.0], "outputs": (INT64, FLOAT)}
        refuse = lambda message, **more: self.refuse(message, "LinearClassifier", numbers(2, 4), **attributes, **more)
        refuse("2 rows of coefficients for 3 classes", classlabels_ints=[1, 2, 3])
        refuse("must have labels as one of 'classlabels_ints' and 'classlabels_strings', found 0 and 0")

    def test_scaler(self):
        for x in (numbers(4, 3), RANDOM.integers(-9, 9, (4, 3)), numbers(3).astype(np.float64)):
            self.check("Scaler", x, offset=numbers(3).tolist(), scale=numbers(3).tolist())
            self.check("Scaler", x, offset=[0.5], scale=[3.0])
        self.refuse("3 features have 2 offsets and 2 scales", "Scaler", numbers(4, 3), offset=[1.0, 2], scale=[1.0, 2])

    def test_normalizer(self):
        x = np.float32([[1, -2, 3], [0, 0, 0], [-1, -2, -4], [0.5, 0, 0.25]])
        for norm in ("MAX", "L1", "L2"):
            for rows in (x, x.astype(np.float64), x[3]):
                self.check("Normalizer", rows, norm=norm)
        self.refuse("attribute 'norm' must be one of MAX, L1, L2, found 'L3'", "Normalizer", x, norm="L3")

    def test_imputer(self):
        x = np.float32([[1, np.nan], [np.nan, 4], [7, -1]])
        self.check("Imputer", x, imputed_value_floats=[5.0, 6.0], replaced_value_float=float("nan"))
        self.check("Imputer", x, imputed_value_floats=[5.0], replaced_value_float=7.0)
        whole = np.array([[1, 0], [2, 3]])
        self.check("Imputer", whole, outputs=(INT64,), imputed_value_int64s=[8, 9], replaced_value_int64=0)
        self.refuse("2 features have 3 numbers", "Imputer", x, imputed_value_floats=[1.0, 2.0, 3.0])

    def test_one_hot_encoder(self):
        for x in (np.array([[0, 3], [5, 1]]), np.float32([3, 1, 2.5, -1])):
            self.check("OneHotEncoder", x, cats_int64s=[0, 1, 3], zeros=1)
        self.refuse("'cats_strings': texts are not supported", "OneHotEncoder", numbers(3), cats_strings=["a"])

    def test_label_encoder(self):
        keys, floats = np.array([[4, -2], [7, 4]]), np.float32([4, 1.5, -2])
        encode = lambda *a, **k: self.check("LabelEncoder", *a, version=2, **k)
        encode(keys, outputs=(INT64,), keys_int64s=[4, 7], values_int64s=[40, 70])
        far = 2**60 + np.array([1, 2, 3])  # which doubles do not tell apart
        encode(far, outputs=(INT64,), keys_int64s=(far[1:]).tolist(), values_int64s=(far[1:] + 7).tolist())
        encode(keys, outputs=(INT64,), keys_int64s=[4, 7], values_int64s=[40, 70], default_int64=5)
        encode(keys, keys_int64s=[4, -2], values_floats=[0.5, 1.5], default_float=9.0)
        encode(floats, outputs=(INT64,), keys_floats=[1.5, 4.0], values_int64s=[3, 2])
        self.check(
            "LabelEncoder",
            keys,
            version=4,
            keys_tensor=helper.make_tensor("keys", INT64, [2], [4, 7]),
            values_tensor=helper.make_tensor("values", FLOAT, [2], [0.25, 0.5]),
            default_tensor=helper.make_tensor("default", FLOAT, [1], [-1.0]),
        )
        refuse = lambda message, **more: self.refuse(message, "LabelEncoder", keys, version=2, **more)
        refuse("has no 'keys' of numbers", keys_strings=["a"], values_int64s=[1])
        refuse("keys of int64[2] and values of int64[1]", keys_int64s=[1, 2], values_int64s=[1])

    def test_feature_vectorizer(self):
        self.check("FeatureVectorizer", numbers(4, 3), numbers(4, 2), inputdimensions=[3, 2])
        self.check("FeatureVectorizer", RANDOM.integers(0, 9, (4, 1)), inputdimensions=[1])

    KERNELS = ("LINEAR", "POLY", "RBF", "SIGMOID")

    def test_svm_regressor(self):
        for kernel in self.KERNELS:
            for one_class in (0, 1):
                self.check(
                    "SVMRegressor",
                    numbers(9, 4),
                    kernel_type=kernel,
                    kernel_params=[0.2, 0.3, 3.0],
                    n_supports=7,
                    support_vectors=numbers(28).tolist(),
                    coefficients=numbers(7).tolist(),
                    rho=[0.1],
                    one_class=one_class,
                )
        linear = {"coefficients": numbers(4).tolist(), "rho": [0.1], "kernel_params": [0.0, 0.0, 0.0]}
        self.check("SVMRegressor", numbers(9, 4), **linear)
        self.refuse(
            "7 support vectors have 2 coefficients",
            "SVMRegressor",
            numbers(2, 4),
            n_supports=7,
            rho=[0.1],
            coefficients=[1.0, 2.0],
        )

    def svm(self, classes, **attributes):
        """Attributes of a classifier with 3, 5, 7, … vectors for each class."""
        per_class = [3 + 2 * k for k in range(classes)]
        pairs = classes * (classes - 1) // 2
        return {
            "kernel_type": "RBF",
            "kernel_params": [0.2, 0.3, 2.0],
            "vectors_per_class": per_class,
            "support_vectors": numbers(4 * sum(per_class)).tolist(),
            "coefficients": numbers((classes - 1) * sum(per_class)).tolist(),
            "rho": numbers(pairs).tolist(),
            "classlabels_ints": [10 - k for k in range(classes)],
            **attributes,
        }

    def test_svm_classifier(self):
        for classes in (2, 3, 5):
            for kernel in self.KERNELS:
                with self.subTest(classes=classes, kernel=kernel):
                    given = self.svm(classes, kernel_type=kernel)
                    self.check("SVMClassifier", numbers(30, 4), outputs=(INT64, FLOAT), **given)

    def test_svm_probabilities(self):
        for classes in (2, 3, 6):
            pairs = classes * (classes - 1) // 2
            for transform in ("NONE", "SOFTMAX"):
                with self.subTest(classes=classes, transform=transform):
                    given = self.svm(
                        classes, prob_a=(-abs(numbers(pairs)) - 1).tolist(), prob_b=numbers(pairs).tolist()
                    )
                    x = numbers(30, 4)
                    self.check("SVMClassifier", x, outputs=(INT64, FLOAT), post_transform=transform, **given)

    def test_svm_refusals(self):
        def refuse(message, **changed):
            given = self.svm(3) | changed
            self.refuse(message, "SVMClassifier", numbers(2, 4), outputs=(INT64, FLOAT), **given)

        refuse("3 pairs of classes have 1 in 'rho'", rho=[1.0])
        refuse("have 2 coefficients", coefficients=[1.0, 2.0])
        refuse("attribute 'kernel_type' must be one of", kernel_type="CUBIC")
        refuse("'kernel_params' must be gamma, coef0 and degree", kernel_params=[1.0])
        refuse("15 support vectors have 3 numbers", support_vectors=[1.0, 2.0, 3.0])
        refuse("3 pairs of classes have 1 in 'prob_a'", prob_a=[1.0], prob_b=[1.0])
        refuse("3 classes have 'vectors_per_class' of 2", vectors_per_class=[3, 4])


if __name__ == "__main__":
    main()
