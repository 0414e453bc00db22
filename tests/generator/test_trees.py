"""Ensembles of decision trees: against onnxruntime, by plain definitions and by generated code."""

import numpy as np
import onnxruntime
from onnx import TensorProto
from support import GeneratorTest, cameo, main, tensor
from trees import MODES, Forest, ml_model, ml_node

RANDOM = np.random.default_rng(16)


class TreeTest(GeneratorTest):
    def results(self, source, x, compiled=False):
        np.save(self.directory / "x.npy", x)
        way = ["--compiled"] if compiled else []
        done = cameo(
            "run", source, "--input", f"x={self.directory / 'x.npy'}", *way, "--output-dir", self.directory / "found"
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        count = len(list((self.directory / "found").glob("output_*.npy")))
        return [np.load(self.directory / "found" / f"output_{k}.npy") for k in range(count)]

    def assert_agrees(self, content, x, bound, compiled=True, expected=None):
        """With onnxruntime, or what is given: labels are equal, scores within 4 ULP of `bound`, the sum of the terms'
        magnitudes."""
        session = onnxruntime.InferenceSession(content.SerializeToString(), providers=["CPUExecutionProvider"])
        expected = expected or session.run(None, {"x": x})
        source = self.save(content)
        for way in (False, True) if compiled else (False,):
            found = self.results(source, x, way)
            for result, wanted in zip(found, expected, strict=True):
                self.assertEqual((result.dtype, result.shape), (wanted.dtype, wanted.shape))
                if result.dtype.kind == "f":
                    np.testing.assert_allclose(result, wanted, rtol=0, atol=4 * 2**-23 * bound)
                else:
                    np.testing.assert_array_equal(result, wanted)


class Regressor(TreeTest):
    def regressor(self, forest, rows, **attributes):
        node = ml_node(
            "TreeEnsembleRegressor",
            ["x"],
            ["y"],
            n_targets=forest.targets,
            **forest.attributes("target"),
            **attributes,
        )
        return ml_model(
            [node], [tensor("x", [rows, forest.features])], [tensor("y", [rows, forest.targets])], version=1
        )

    def check(self, forest, compiled=True, expected=None, **attributes):
        """Against onnxruntime, or what expected(rows) gives."""
        x = forest.rows(40)
        magnitude = max(1, sum(abs(weight) for *_, weight in forest.weights) / 20)
        given = expected and [np.float32(expected(x))]
        self.assert_agrees(self.regressor(forest, 40, **attributes), x, magnitude, compiled, given)

    def test_depths(self):
        for depth in (0, 1, 3, 4, 5, 8, 11):
            with self.subTest(depth):
                self.check(Forest(RANDOM, 7, depth), compiled=depth in (0, 5, 11))

    def test_full_trees_are_perfect(self):
        """Blocks of trees with room for many more leaves say where they lead."""
        for depth, leaf, perfect in ((6, 0, True), (8, 0.02, True), (12, 0.35, False)):
            with self.subTest(depth, leaf=leaf):
                forest = Forest(RANDOM, 7, depth, leaf=leaf, missing=True)
                header = self.generate(self.save(self.regressor(forest, 40))).read_text()
                self.assertEqual("i32<" not in header, perfect)
                self.check(forest)

    def test_modes(self):
        for mode in MODES:
            for missing in (False, True):
                with self.subTest(mode, missing=missing):
                    self.check(Forest(RANDOM, 9, 6, modes=[mode], missing=missing), compiled=False)
        self.check(Forest(RANDOM, 9, 6, modes=MODES, missing=True))

    def test_aggregates(self):
        for aggregate in ("SUM", "AVERAGE", "MIN", "MAX"):
            for targets in (1, 4):
                with self.subTest(aggregate, targets=targets):
                    forest = Forest(RANDOM, 5, 4, targets=targets, per_leaf=min(targets, 2))
                    base = RANDOM.normal(size=targets).astype(np.float32)
                    attributes = {"aggregate_function": aggregate, "base_values": base.tolist()}
                    # onnxruntime leaves the base out where no leaf has a weight for one of several targets.
                    self.check(forest, aggregate == "MIN", lambda x: forest.scores(x, aggregate, base), **attributes)
                    if targets == 1:
                        self.check(forest, False, **attributes)

    def test_post_transforms(self):
        for transform in ("SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"):
            with self.subTest(transform):
                self.check(Forest(RANDOM, 5, 3, targets=3, per_leaf=2), False, post_transform=transform)

    def test_probit(self):
        """By onnxruntime's approximation of the inverse error function, in double."""

        def quantile(p):
            logarithm = np.log(4 * p * (1 - p))
            half = 2 / (np.pi * 0.147) + logarithm / 2
            return np.sign(p - 0.5) * np.sqrt(2 * (np.sqrt(half**2 - logarithm / 0.147) - half))

        forest = Forest(RANDOM, 5, 3, targets=3, per_leaf=2)
        forest.weights = [(*rest, np.float32(abs(w) % 0.15 + 0.01)) for *rest, w in forest.weights]
        self.check(forest, True, lambda x: quantile(forest.scores(x)), post_transform="PROBIT")


class Classifier(TreeTest):
    def classifier(self, forest, labels, **attributes):
        node = ml_node(
            "TreeEnsembleClassifier",
            ["x"],
            ["label", "y"],
            classlabels_int64s=labels,
            **forest.attributes("class"),
            **attributes,
        )
        outputs = [tensor("label", [40], TensorProto.INT64), tensor("y", [40, len(labels)])]
        return ml_model([node], [tensor("x", [40, forest.features])], outputs)

    def check(self, forest, labels, compiled=False, **attributes):
        self.assert_agrees(self.classifier(forest, labels, **attributes), forest.rows(40), 4, compiled)

    def test_several_classes(self):
        for transform in ("NONE", "SOFTMAX", "LOGISTIC"):
            for base in ([], [0.5, -0.25, 0.125]):
                with self.subTest(transform, base=base):
                    forest = Forest(RANDOM, 6, 4, targets=3, per_leaf=3)
                    attributes = {"post_transform": transform, **({"base_values": base} if base else {})}
                    self.check(forest, [7, -3, 2**40] if base else [0, 1, 2], not base, **attributes)

    def test_two_classes_of_one_score(self):
        for transform in ("NONE", "SOFTMAX", "LOGISTIC"):
            for positive in (False, True):
                for base in ([], [-0.5]):
                    with self.subTest(transform, positive=positive, base=base):
                        forest = Forest(RANDOM, 6, 4)
                        if positive:
                            forest.weights = [(*rest, np.float32(abs(w) % 0.1 + 0.06)) for *rest, w in forest.weights]
                        attributes = {"post_transform": transform, **({"base_values": base} if base else {})}
                        self.check(forest, [0, 1] if base else [4, 2], transform == "LOGISTIC", **attributes)

    def test_labels_that_are_texts(self):
        """The network gives the number of the class, the header has the texts."""
        texts = ["no", 'y"es', "maybe\n"]
        forest = Forest(RANDOM, 3, 3, targets=3, per_leaf=3)
        node = ml_node(
            "TreeEnsembleClassifier", ["x"], ["label", "y"], classlabels_strings=texts, **forest.attributes("class")
        )
        outputs = [tensor("label", [4], TensorProto.STRING), tensor("y", [4, 3])]
        source = self.save(ml_model([node], [tensor("x", [4, forest.features])], outputs))
        x = forest.rows(4)
        session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
        labels = self.results(source, x)[0]
        self.assertEqual([texts[label] for label in labels], session.run(["label"], {"x": x})[0].tolist())
        self.generate(source)
        program = """#include "tested.hpp"
        static_assert(std::size(tested::model::labels) == 3 && tested::model::labels[1] == "y\\"es");
        static_assert(tested::model::labels[2] == "maybe\\n");"""
        self.assert_compiles("-fsyntax-only", "-I", self.written, self.save(program.encode(), "labels.cpp"))

    def test_refusals(self):
        forest = Forest(RANDOM, 2, 2, targets=2, per_leaf=2)
        content = self.classifier(forest, [0, 1], base_values=[0.0, 1.0])
        self.assert_refused(self.save(content), "2 classes with 2 base values: it is not known what this means")
        content = self.classifier(Forest(RANDOM, 2, 2), [0, 1], post_transform="PROBIT")
        self.assert_refused(self.save(content), "onnxruntime leaves the second score to chance")


class Broken(TreeTest):
    """Attributes that contradict each other are refused in words."""

    def refuse(self, message, **changed):
        attributes = Forest(np.random.default_rng(2), 2, 3).attributes("target") | changed
        given = {name: value for name, value in attributes.items() if value != []}
        node = ml_node("TreeEnsembleRegressor", ["x"], ["y"], **given)
        content = ml_model([node], [tensor("x", [4, 10])], [tensor("y", [4, 1])])
        self.assert_refused(self.save(content), "(ai.onnx.ml:TreeEnsembleRegressor, opset 3)", message)

    def test_attributes(self):
        whole = Forest(np.random.default_rng(2), 2, 3).attributes("target")
        first = whole["nodes_modes"].index("BRANCH_LEQ")

        def with_first(name, value):
            return {name: [value if k == first else v for k, v in enumerate(whole[name])]}

        self.refuse("'nodes_values' has 1 elements", nodes_values=[1.0])
        self.refuse("a node has the mode 'MAYBE'", **with_first("nodes_modes", "MAYBE"))
        self.refuse("a node reads feature 10 of 10", **with_first("nodes_featureids", 10))
        self.refuse("a node reads feature -1 of 10", **with_first("nodes_featureids", -1))
        self.refuse("there is no node 99 of tree", **with_first("nodes_truenodeids", 99))
        self.refuse("a branch compares with NaN", **with_first("nodes_values", float("nan")))
        self.refuse("there are two nodes", nodes_nodeids=[0] * len(whole["nodes_nodeids"]))
        self.refuse("has no tree", **{name: [] for name in whole})
        self.refuse("a weight is of target 5 of 1", target_ids=[5] * len(whole["target_ids"]))
        self.refuse("'n_targets' must be positive", n_targets=0)

    def test_a_circle(self):
        loop = {"treeids": [0] * 3, "nodeids": [0, 1, 2], "featureids": [0] * 3, "values": [0.0] * 3}
        loop |= {"modes": ["BRANCH_LEQ", "BRANCH_LEQ", "LEAF"], "truenodeids": [1, 1, 0], "falsenodeids": [2, 2, 0]}
        attributes = {f"nodes_{name}": column for name, column in loop.items()}
        attributes["nodes_missing_value_tracks_true"] = [0] * 3
        weights = {"target_treeids": [0], "target_nodeids": [2], "target_ids": [0], "target_weights": [1.0]}
        self.refuse("its nodes form a circle", **attributes, **weights)


if __name__ == "__main__":
    main()
