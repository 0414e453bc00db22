"""Ensembles of trees for bench/trees.py: trained on drawn numbers, and written for each contender."""

import typing

import numpy as np

COLUMNS = 28
ROWS = 20000


class Ensemble(typing.NamedTuple):
    """A trained regressor of a library: sklearn, lightgbm or xgboost."""

    name: str
    library: str
    trees: int
    model: typing.Any


def drawn(seed, rows):
    """Features, and what depends on few of them much and on others little."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((rows, COLUMNS)).astype(np.float32)
    y = np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2] + np.abs(x[:, 3]) + 0.3 * x[:, 4:].sum(1)
    return x, (y + 0.1 * random.standard_normal(rows)).astype(np.float32)


def forest(trees, depth):
    from sklearn.ensemble import RandomForestRegressor

    model = RandomForestRegressor(trees, max_depth=depth, max_features=0.5, random_state=1)
    return Ensemble(f"random forest, {trees} trees of depth {depth}", "sklearn", trees, model)


def lightgbm(trees, depth):
    from lightgbm import LGBMRegressor

    model = LGBMRegressor(n_estimators=trees, max_depth=depth, num_leaves=1 << depth, n_jobs=1, verbose=-1)
    return Ensemble(f"LightGBM, {trees} trees of depth {depth}", "lightgbm", trees, model)


def xgboost(trees, depth):
    from xgboost import XGBRegressor

    model = XGBRegressor(n_estimators=trees, max_depth=depth, n_jobs=1)
    return Ensemble(f"XGBoost, {trees} trees of depth {depth}", "xgboost", trees, model)


def all_ensembles(only=""):
    """Trained one after another: those whose name has `only`."""
    x, y = drawn(0, ROWS)
    for make, trees, depth in (
        (forest, 10, 8),
        (forest, 100, 8),
        (forest, 500, 8),
        (lightgbm, 100, 6),
        (lightgbm, 1000, 6),
        (xgboost, 100, 6),
        (xgboost, 1000, 6),
    ):
        ensemble = make(trees, depth)
        if only in ensemble.name:
            ensemble.model.fit(x, y)
            yield ensemble


def write_onnx(ensemble, rows, path):
    """As the library's converter writes it, for so many rows."""
    from onnxmltools.convert import convert_lightgbm, convert_xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType
    from skl2onnx import to_onnx

    if ensemble.library == "sklearn":
        model = to_onnx(ensemble.model, np.zeros((1, COLUMNS), np.float32))
    else:
        convert = convert_lightgbm if ensemble.library == "lightgbm" else convert_xgboost
        features = ensemble.model.booster_ if ensemble.library == "lightgbm" else ensemble.model
        model = convert(features, initial_types=[("x", FloatTensorType([None, COLUMNS]))])
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = rows
    path.write_bytes(model.SerializeToString())


def compile_with_lleaves(ensemble, path):
    """An object file, beside which the model lies as text. Only LightGBM's are taken."""
    import lleaves

    text = path.with_suffix(".txt")
    ensemble.model.booster_.save_model(text)
    lleaves.Model(str(text)).compile(cache=str(path))


def write_c(ensemble, trees, directory):
    """By tl2cgen, in files of so many trees, each a function: one of all takes compilers minutes."""
    import tl2cgen
    import treelite

    load = {
        "sklearn": treelite.sklearn.import_model,
        "lightgbm": lambda model: treelite.frontend.from_lightgbm(model.booster_),
        "xgboost": lambda model: treelite.frontend.from_xgboost(model.get_booster()),
    }
    tl2cgen.generate_c_code(
        load[ensemble.library](ensemble.model), dirpath=directory, params={"parallel_comp": -(-ensemble.trees // trees)}
    )
