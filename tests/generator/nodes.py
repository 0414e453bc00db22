"""Many small nodes in one model, computed in every way that there is: by the plain definitions, folded at generation,
and by generated code."""

import os
import sys
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from support import CAMEO, ROOT, cameo

sys.path.append(str(ROOT / "tests" / "onnx"))
from compiled import check_generated_code, generate
from suite import Case

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
UNDEFINED = ["-fsanitize=undefined", "-fno-sanitize-recover=all"]


class Fixed:
    """An operand that is a constant of the file in every way to compute it."""

    def __init__(self, array):
        self.array = np.asarray(array)


class Nodes:
    """Nodes that read nothing of each other, in one model of one opset."""

    in_a_model = 40

    def __init__(self, opset=22):
        self.opset, self.nodes, self.operands, self.names = opset, [], {}, []

    def add(self, operator, *operands, results=1, **attributes):
        """Adds a node: an operand is an array, Fixed or None. Gives the names of its results."""
        names = []
        for k, operand in enumerate(operands):
            names.append("" if operand is None else f"x{len(self.nodes)}_{k}")
            if operand is not None:
                self.operands[names[-1]] = operand if isinstance(operand, Fixed) else np.asarray(operand)
        outputs = [f"y{len(self.nodes)}_{k}" for k in range(results)]
        self.nodes.append(
            helper.make_node(operator, names, outputs, name=f"{operator}_{len(self.nodes)}", **attributes)
        )
        self.names += outputs
        return outputs

    def parts(self, size=None):
        """The same nodes in models of so many: compilers have a limit for what they compute, such as the memory plan
        of many values that live long."""
        size = size or self.in_a_model
        for first in range(0, len(self.nodes), size):
            part = Nodes(self.opset)
            part.nodes = self.nodes[first : first + size]
            part.names = [name for node in part.nodes for name in node.output if name]
            part.operands = {name: self.operands[name] for node in part.nodes for name in node.input if name}
            yield part

    def model(self, types, folded):
        """The model whose operands are inputs, or all of them constants."""
        fixed = {
            name: x.array if isinstance(x, Fixed) else x
            for name, x in self.operands.items()
            if folded or isinstance(x, Fixed)
        }
        inputs = [
            helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(x.dtype), x.shape)
            for name, x in self.operands.items()
            if name not in fixed
        ]
        outputs = [
            helper.make_tensor_value_info(name, *types[name]) if types else onnx.ValueInfoProto(name=name)
            for name in self.names
        ]
        graph = helper.make_graph(
            self.nodes, "nodes", inputs, outputs, [numpy_helper.from_array(x, name) for name, x in fixed.items()]
        )
        opsets = {"": self.opset} | {node.domain: 1 for node in self.nodes if node.domain}
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid(*opset) for opset in opsets.items()], ir_version=10
        )

    def inputs(self):
        return {name: x for name, x in self.operands.items() if not isinstance(x, Fixed)}

    def onnxruntime(self):
        """What onnxruntime computes without optimizations, by name of the result."""
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            self.model(None, False).SerializeToString(), options, ["CPUExecutionProvider"]
        )
        return dict(zip(self.names, session.run(None, self.inputs())))

    def check_like_onnxruntime(self, test, rtol, atol, alike=None):
        """Compares with what onnxruntime computes of these nodes, or of others that are to be alike."""
        self.check(test, (alike or self).onnxruntime(), rtol=rtol, atol=atol, flags=["-O1", "-march=native"])

    def check(
        self, test, expected, rtol=0.0, atol=0.0, flags=("-O3", "-march=native"), compiled=True, ways=(False, True)
    ):
        """Compares all results, by name, in every way, folded and not: exactly, unless tolerances say otherwise.
        `test` is a GeneratorTest."""
        types = {name: (helper.np_dtype_to_tensor_dtype(y.dtype), y.shape) for name, y in expected.items()}
        directory = test.directory / f"nodes_{len(list(test.directory.iterdir()))}"
        directory.mkdir()
        cases, wrong = [], []
        for k, part in enumerate(self.parts()):
            for folded in ways:
                name = f"{'folded' if folded else 'at_run_time'}_{k}"
                case = Case(
                    name,
                    name,
                    directory / name,
                    {} if folded else part.inputs(),
                    [expected[y] for y in part.names],
                    frozenset(),
                    rtol,
                    atol,
                )
                case.write(part.model(types, folded))
                wrong += [f"cameo run, {name}: {line}" for line in part.differences(case, self.run_plainly(test, case))]
                cases.append(case)
        test.assertFalse(wrong, "\n".join(wrong[:20]))
        if compiled:
            for case in cases:
                generate(CAMEO, case, directory)
                test.assertNotEqual(case.status, "refused", case.reason)
            # Of folded nodes there are numbers to copy: no compiler has to optimize that.
            at_run_time = [case for case in cases if case.inputs]
            check_generated_code(at_run_time, directory, [*STRICT, *flags])
            if folded := [case for case in cases if not case.inputs]:
                check_generated_code(folded, directory, [*STRICT, "-O0"])
            test.assertEqual([f"{case.name}: {case.reason[:2000]}" for case in cases if case.status != "passed"], [])

    def check_runs(self, test, flags):
        """Generated code computes what the plain definitions do, whatever that is. Each result is of the type of its
        node's first operand."""
        like = {node.output[0]: self.operands[node.input[0]] for node in self.nodes}
        types = {name: (helper.np_dtype_to_tensor_dtype(x.dtype), x.shape) for name, x in like.items()}
        case = Case("plain", "plain", test.directory / "plain", self.inputs(), list(like.values()), frozenset(), 0, 0)
        case.write(self.model(types, False))
        self.check(test, dict(zip(self.names, self.run_plainly(test, case))), flags=flags, ways=(False,))

    def run_plainly(self, test, case):
        given = [
            option
            for k, name in enumerate(case.inputs)
            for option in ("--input", f"{name}={case.directory / f'input_{k}.npy'}")
        ]
        done = cameo("run", case.model, *given, "--output-dir", case.directory)
        test.assertEqual(done.returncode, 0, done.stderr)
        return [np.load(case.directory / f"output_{k}.npy") for k in range(len(case.outputs))]

    def differences(self, case, found):
        """A line for each result that is wrong."""
        for k, name in enumerate(self.names):
            one = Case("", "", Path(), {}, [case.outputs[k]], frozenset(), case.rtol, case.atol)
            if difference := one.difference([found[k]]):
                node = next(n for n in self.nodes if name in n.output)
                given = [
                    self.operands[i].array if isinstance(self.operands[i], Fixed) else self.operands[i]
                    for i in node.input
                    if i in self.operands
                ]
                yield (
                    f"{node.name} {[helper.printable_attribute(a) for a in node.attribute]} of "
                    f"{[x.tolist() if x.size < 40 else x.shape for x in given]}: {difference}"
                )


class MicrosoftNodes(Nodes):
    """Nodes of operators of com.microsoft, which become several layers each."""

    in_a_model = 10

    def add(self, operator, *operands, **attributes):
        return super().add(operator, *operands, domain="com.microsoft", **attributes)
