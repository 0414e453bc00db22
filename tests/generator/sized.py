"""What tests of networks with open axes share: models node by node, and several instantiations in one program, held
against onnxruntime."""

import subprocess

import numpy as np
import onnxruntime
from network import Network
from support import MODELS, GeneratorTest, cameo, model, tensor

RANDOM = np.random.default_rng(5)

PROGRAM = '#include "tested.hpp"\n#include "run_net.hpp"\nint main()\n{\n'


def weights(*shape):
    return (RANDOM.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


class OpenNetwork(Network):
    """A network whose inputs and outputs have names and open axes."""

    def __init__(self):
        super().__init__()
        self.inputs, self.outputs = [], []
        self.zero = self.constant(np.array([0]))

    def input(self, name, shape):
        self.inputs.append(tensor(name, shape))
        return name

    def several(self, operator, count, *operands, **attributes):
        """Adds a node; gives the names of its results."""
        outputs = [f"{operator}_{len(self.nodes)}_{k}" for k in range(count)]
        self.add(operator, *operands, outputs=outputs, **attributes)
        return outputs

    def conv(self, x, channels, to, kernel=3, stride=1, relu=True):
        operands = x, self.weights(to, channels, kernel, kernel), self.weights(to)
        y = self.add("Conv", *operands, pads=[kernel // 2] * 4, strides=[stride] * 2)
        return self.add("Relu", y) if relu else y

    def extent(self, x, axis):
        return self.add("Gather", self.add("Shape", x), self.constant(np.array(axis)), axis=0)

    def range(self, limit):
        return self.add("Range", self.constant(np.array(0)), limit, self.constant(np.array(1)))

    def resized_like(self, x, other):
        """Rows and columns of x as many as the other's, as exporters write it."""
        two = self.constant(np.array([2]))
        of_x = self.add("Slice", self.add("Shape", x), self.zero, two, self.zero)
        of_other = self.add("Slice", self.add("Shape", other), two, self.constant(np.array([4])), self.zero)
        sizes = self.add("Concat", of_x, of_other, axis=0)
        return self.add(
            "Resize",
            x,
            "",
            "",
            sizes,
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )

    def output(self, name, value):
        self.add("Identity", value, outputs=[name])
        self.outputs.append(tensor(name, None))

    def model(self):
        return model(self.nodes, self.inputs, self.outputs, self.constants, opset=self.opset)


class SizedTest(GeneratorTest):
    def assert_computes(self, content, sizes, *options):
        """Instantiations for these template arguments, given with the shapes of the inputs, agree with onnxruntime."""
        source = self.save(content)
        self.generate(source, *options, "--weights", "string")
        session = onnxruntime.InferenceSession(content.SerializeToString(), providers=["CPUExecutionProvider"])
        calls, expected = "", {}
        for k, (arguments, shapes) in enumerate(sizes):
            feed = {
                value.name: RANDOM.standard_normal(shape).astype(np.float32)
                for value, shape in zip(session.get_inputs(), shapes, strict=True)
            }
            for i, array in enumerate(feed.values()):
                array.tofile(self.directory / f"{k}.in{i}")
            expected[k] = session.run(None, feed)
            calls += f'    run_net<tested::net<{", ".join(map(str, arguments))}>>("{k}");\n'
        program = self.save((PROGRAM + calls + "}\n").encode(), "program.cpp")
        self.assert_compiles("-O1", "-I", self.written, "-I", MODELS, program, "-o", self.directory / "program")
        subprocess.run([self.directory / "program"], cwd=self.directory, check=True)
        for k, outputs in expected.items():
            for i, wanted in enumerate(outputs):
                found = np.fromfile(self.directory / f"{k}.out{i}", np.float32)
                self.assertEqual(found.size, wanted.size)
                self.assertLess(np.mean((found - wanted.ravel()) ** 2) / np.mean(wanted.astype(np.float64) ** 2), 1e-9)

    def assert_verified(self, content, *options):
        done = cameo("verify", self.save(content), *options)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout.count("definitions, net<"), 2 * len(content.graph.output))
