"""What results of a quantized network are held against: steps of the output's scale. Where a sum lies between two
steps, rounding to float32 decides, and each runtime sums in an order of its own: further on one step becomes several.

The limits are about twice what onnxruntime's own optimizer moves networks whose scales are calibrated (version 1.31.1,
AVX-512, drawn weights, 20 inputs each, 3 of the five deep networks for images):

network                                             most steps  on average  mean square of errors
GPT-2 with its cache, weights of 8 and 4 bits                3        0.49  5.7e-4
MobileNetV2, ShuffleNetV2, ResNet-50, GoogLeNet, SqueezeNet  1        0.09  6.2e-5
U-Net of 8 bits                                              1        0.03  8.6e-6
CNN, MLP and BERT of 8 and 16 bits                           0        0     0
BERT of dynamic scales, whose outputs are floats             -        -     5.4e-5

Scales far below what the values need are no such networks: of random chains of a depthwise convolution, an average and
a convolution, with steps down to a tenth of that, onnxruntime's optimizer moves one by 44 steps.
"""

import numpy
import onnx
from onnx import numpy_helper

MOST_STEPS, MOST_ON_AVERAGE = 6, 1.0  # of 255
LARGEST_MSE = 1e-3  # of a network whose outputs are not quantized

QUANTIZES = {"QuantizeLinear", "QLinearConv", "QLinearMatMul", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger"}
MOVES = {
    "Identity",
    "Reshape",
    "Flatten",
    "Squeeze",
    "Unsqueeze",
    "Transpose",
    "Slice",
    "Gather",
    "Relu",
    "Clip",
    "MaxPool",
    "Concat",
}


class Steps:
    """How the outputs of a model are quantized."""

    def __init__(self, model):
        graph = onnx.load(str(model), load_external_data=False).graph
        self.quantized = any(node.op_type in QUANTIZES for node in graph.node)
        self.producers = {name: node for node in graph.node for name in node.output}
        self.constants = {t.name: t for t in graph.initializer}
        self.constants |= {
            node.output[0]: a.t
            for node in graph.node
            if node.op_type == "Constant"
            for a in node.attribute
            if a.name == "value"
        }
        self.of_outputs = [self.step(value.name) for value in graph.output]

    def step(self, name):
        """The distance of two neighbouring numbers that the value can have; None where it can have any."""
        node = self.producers.get(name)
        while node is not None and node.op_type in MOVES:
            node = self.producers.get(node.input[0])
        if node is None:
            return None
        if node.op_type in ("QuantizeLinear", "QLinearConv", "QLinearMatMul"):
            return 1.0
        if node.op_type != "DequantizeLinear" or node.input[0] in self.constants or node.input[1] not in self.constants:
            return None
        return float(numpy.max(numpy_helper.to_array(self.constants[node.input[1]])))

    def problem(self, outputs, references, mse):
        """Why these results are wrong; an empty text where they are not. `mse` is the relative one of the worst
        output."""
        if None in self.of_outputs or len(outputs) != len(self.of_outputs):
            return "" if mse <= LARGEST_MSE else f"relative mean square of errors {mse:.1e}"
        for output, expected, step in zip(outputs, references, self.of_outputs):
            if output.size != expected.size:
                return "another shape"
            steps = abs(output.astype(float).ravel() - expected.astype(float).ravel()) / step
            if not (steps.max(initial=0) <= MOST_STEPS + 0.5 and (steps.size == 0 or steps.mean() <= MOST_ON_AVERAGE)):
                return f"{steps.max():.0f} steps off, {steps.mean():.2f} on average"
        return ""
