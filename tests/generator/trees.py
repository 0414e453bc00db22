"""Random ensembles of decision trees, as the operators of ai.onnx.ml have them."""

import numpy as np
from onnx import TensorProto, helper

MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]


class Forest:
    """Trees in the form of TreeEnsembleRegressor and TreeEnsembleClassifier: thresholds are from a few numbers, so that
    features equal them."""

    def __init__(
        self, random, trees, depth, features=10, targets=1, modes=("BRANCH_LEQ",), missing=False, per_leaf=1, leaf=0.1
    ):
        self.random, self.features, self.targets = random, features, targets
        self.modes, self.missing, self.per_leaf, self.leaf_share = modes, missing, per_leaf, leaf
        self.nodes, self.weights = [], []
        for tree in range(trees):
            self.tree, self.count = tree, 0
            self.grow(depth)

    def number(self):
        return np.float32(self.random.integers(-8, 9)) / 4

    def grow(self, depth):
        """Adds a node, those below it and their weights, and returns its number."""
        number, self.count = self.count, self.count + 1
        node = {"treeids": self.tree, "nodeids": number, "truenodeids": 0, "falsenodeids": 0}
        self.nodes.append(node)
        node |= {"featureids": self.random.integers(self.features), "values": self.number()}
        node["missing_value_tracks_true"] = self.random.integers(2) if self.missing else 0
        node["modes"] = self.random.choice(self.modes) if depth and self.random.random() >= self.leaf_share else "LEAF"
        if node["modes"] == "LEAF":
            chosen = self.random.choice(self.targets, self.per_leaf, replace=False)
            self.weights += [(self.tree, number, target, np.float32(self.random.normal())) for target in chosen]
        else:
            node["truenodeids"], node["falsenodeids"] = self.grow(depth - 1), self.grow(depth - 1)
        return number

    def attributes(self, prefix):
        columns = {f"nodes_{name}": [node[name] for node in self.nodes] for name in self.nodes[0]}
        for k, name in enumerate(("treeids", "nodeids", "ids", "weights")):
            columns[f"{prefix}_{name}"] = [weight[k] for weight in self.weights]
        return {name: np.array(column).tolist() for name, column in columns.items()}

    def leaf(self, tree, row):
        """The number of the leaf that a row reaches."""
        compare = dict(zip(MODES, (np.less_equal, np.less, np.greater_equal, np.greater, np.equal, np.not_equal)))
        nodes = {node["nodeids"]: node for node in self.nodes if node["treeids"] == tree}
        node = nodes[0]
        while node["modes"] != "LEAF":
            v = row[node["featureids"]]
            yes = compare[node["modes"]](v, node["values"]) or (np.isnan(v) and node["missing_value_tracks_true"])
            node = nodes[node["truenodeids" if yes else "falsenodeids"]]
        return node["nodeids"]

    def scores(self, rows, aggregate="SUM", base=0):
        """ONNX's definition in double: a target for which no leaf of a row has a weight is 0, and the base."""
        combine = {"SUM": np.sum, "AVERAGE": np.sum, "MIN": np.min, "MAX": np.max}[aggregate]
        trees = sorted({node["treeids"] for node in self.nodes})
        totals = np.zeros((len(rows), self.targets))
        for row, total in zip(rows, totals):
            leaves = {(tree, self.leaf(tree, row)) for tree in trees}
            for target in range(self.targets):
                found = [float(w) for tree, leaf, to, w in self.weights if to == target and (tree, leaf) in leaves]
                total[target] = combine(found) if found else 0
        return totals / (len(trees) if aggregate == "AVERAGE" else 1) + base

    def rows(self, count):
        """Features of which many are thresholds, some infinite and, where that has a meaning of its own, NaN."""
        rows = np.float32(self.random.integers(-9, 10, (count, self.features))) / 4
        rows[self.random.random(rows.shape) < 0.3] += np.float32(0.1)
        rows[self.random.random(rows.shape) < 0.02] = np.inf
        rows[self.random.random(rows.shape) < 0.02] = -np.inf
        if self.missing:
            rows[self.random.random(rows.shape) < 0.1] = np.nan
        return rows


def ml_model(nodes, inputs, outputs, constants=(), version=3):
    graph = helper.make_graph(nodes, "graph", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", version)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def ml_node(operator, inputs, outputs, **attributes):
    return helper.make_node(operator, inputs, outputs, domain="ai.onnx.ml", **attributes)


INT64 = TensorProto.INT64
