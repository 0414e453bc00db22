"""A network in ONNX, node by node."""

import numpy as np
from onnx import helper, numpy_helper
from support import model, tensor


class Network:
    """Nodes and seeded weights of a network of one input, x; one along an axis "time" unless its shape says
    otherwise."""

    def __init__(self, shape=(1, 1, "time"), opset=17):
        self.random = np.random.default_rng(7)
        self.nodes, self.constants, self.shape, self.opset = [], [], list(shape), opset

    def constant(self, array):
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def weights(self, *shape):
        return self.constant((self.random.normal(size=shape) / np.sqrt(np.prod(shape[1:]) or 1)).astype(np.float32))

    def add(self, operator, *operands, outputs=None, **attributes):
        outputs = outputs or [f"{operator}_{len(self.nodes)}"]
        self.nodes.append(helper.make_node(operator, operands, outputs, name=f"/{outputs[-1]}", **attributes))
        return outputs[0]

    def causal(self, x, filters, channels, dilation=1, taps=3, **attributes):
        pads = [(taps - 1) * dilation, 0]
        return self.add(
            "Conv",
            x,
            self.weights(filters, channels, taps),
            self.weights(filters),
            dilations=[dilation],
            pads=pads,
            **attributes,
        )

    def pointwise(self, x, filters, channels):
        return self.add("Conv", x, self.weights(filters, channels, 1), self.weights(filters))

    def model(self, y, shape):
        self.nodes.append(helper.make_node("Identity", [y], ["y"]))
        return model(
            self.nodes, [tensor("x", self.shape)], [tensor("y", list(shape))], self.constants, opset=self.opset
        )
