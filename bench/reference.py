"""What every contender is held against: onnxruntime without optimizations, on seeded inputs."""

import numpy
from tools import Failure

SEED = 1
LARGEST_ERROR = 1e-4

ELEMENTS = {
    "float": "float32",
    "double": "float64",
    "int64": "int64",
    "int32": "int32",
    "uint8": "uint8",
    "int8": "int8",
    "bool": "bool",
}


def shape_of(value, shapes, dims):
    if value.name in shapes:
        return shapes[value.name]
    shape = [dims.get(extent, extent) for extent in value.shape]
    for extent in shape:
        if not isinstance(extent, int):
            raise Failure(f"input '{value.name}' has no fixed shape ({shape}): give --dim or --input-shape")
    return shape


def draw(value, shape, random):
    """As cameo bench does: normally distributed; bytes any; other integers, which are often indices, 0 to 3."""
    element = ELEMENTS.get(value.type[len("tensor(") : -1])
    if element is None:
        raise Failure(f"input '{value.name}' is a {value.type}: compare.py has no values for it")
    if element.startswith("float"):
        return random.standard_normal(shape).astype(element)
    low, high = {"uint8": (0, 256), "int8": (-128, 128), "bool": (0, 2)}.get(element, (0, 4))
    return random.integers(low, high, shape).astype(element)


def evaluate(model, options):
    """Returns inputs by name, and names and values of the outputs."""
    from contenders.onnxruntime import open_session  # after the environment is set

    session = open_session(model, optimize=False)
    random = numpy.random.default_rng(SEED)
    shapes, dims = options.input_shape, options.dim
    inputs = {v.name: draw(v, shape_of(v, shapes, dims), random) for v in session.get_inputs()}
    unknown = set(shapes) - set(inputs)
    if unknown:
        raise Failure(f"--input-shape: there is no input '{min(unknown)}'")
    names = [value.name for value in session.get_outputs()]
    return inputs, names, session.run(names, inputs)


def deviations(outputs, references):
    """Of the worst output: largest error through largest element, and mean square of errors through that of
    elements."""
    if len(outputs) != len(references):
        return numpy.inf, numpy.inf
    return tuple(max(errors) for errors in zip(*map(deviation, outputs, references)))


def deviation(output, reference):
    # Some peers drop or add axes of extent 1.
    if output.size != reference.size:
        return numpy.inf, numpy.inf
    output = output.astype(float).ravel()
    reference = reference.astype(float).ravel()
    finite = numpy.isfinite(reference)
    if not numpy.array_equal(output[~finite], reference[~finite], equal_nan=True):
        return numpy.inf, numpy.inf
    error, reference = output[finite] - reference[finite], reference[finite]
    if not numpy.any(error):
        return 0.0, 0.0
    if not numpy.any(reference) or not numpy.all(numpy.isfinite(error)):
        return numpy.inf, numpy.inf
    return abs(error).max() / abs(reference).max(), float(error @ error) / float(reference @ reference)


def says_little(references):
    """A saturated softmax is the same whatever the logits: random weights of a deep network may end there."""
    values = numpy.concatenate([abs(reference.astype(float).ravel()) for reference in references])
    return values.size > 100 and numpy.count_nonzero(values > 1e-6 * values.max()) < 0.01 * values.size
