"""`cameo operators`: docs/operators.md holds what it prints, and what it prints is what importing nodes of ONNX's own
tests shows."""

import functools
import json
import re
import warnings

import numpy as np
import onnx
import reference_pages
from onnx.backend.test.case.node import collect_testcases
from support import ROOT, GeneratorTest, cameo, main

# What layers of other operators may need around them.
AROUND = {"cast", "concat", "elementwise", "expand", "pad", "reorder", "reshape", "slice", "transpose", "where"}
# Steps that are no layers, and networks within the network.
OTHERS = {"input", "further result", "state", "if_else", "loop"}
NUMBERS = {name for name in onnx.TensorProto.DataType.keys() if not re.match("UNDEFINED|STRING|COMPLEX", name)}
NAMES = {onnx.TensorProto.DataType.Value(name): name.lower() for name in NUMBERS}
NAMES |= {onnx.TensorProto.FLOAT: "float32", onnx.TensorProto.DOUBLE: "float64"}
TESTS_OF_EACH = 2


# onnxruntime adds it to ONNX's domain.
NOT_OF_ONNX = {"SimplifiedLayerNormalization"}


def listed():
    return json.loads(cameo("operators", "--json").stdout)


def of_onnx():
    """ONNX's operators, of all its domains, by name."""
    return {o["name"]: o for o in listed() if o["domain"].startswith("ai.onnx") and o["name"] not in NOT_OF_ONNX}


class Operators(GeneratorTest):
    def test_page_holds_what_the_command_prints(self):
        self.assertEqual(
            reference_pages.OPERATORS.read_text(),
            reference_pages.operators_page(),
            "run tests/generator/reference_pages.py",
        )

    def test_three_forms_agree(self):
        rows = cameo("operators", "--markdown").stdout.splitlines()[2:]
        text = cameo("operators").stdout.splitlines()[1:]
        for row, line, facts in zip(rows, text, listed(), strict=True):
            cells = row.strip("| ").split(" | ")
            self.assertEqual(cells[:2], [facts["name"], facts["domain"]])
            self.assertEqual(cells[2], f"{facts['definitions'][0]}-{facts['newest']}")
            self.assertEqual(line.split()[:3], cells[:3])
            for layer in facts["layers"]:
                self.assertIn(f"{layer['name']} ({'fast' if layer['fast_kernel'] else 'plain'})", cells[4])

    def test_fast_layers_have_a_kernel(self):
        for facts in listed():
            for layer in facts["layers"]:
                self.assertTrue((ROOT / f"include/cameo/op/{layer['name']}.hpp").exists(), layer)
                if layer["fast_kernel"]:
                    self.assertTrue((ROOT / f"include/cameo/kernel/{layer['name']}.hpp").exists(), layer)

    def test_definitions_are_those_of_onnx(self):
        """Each definition that ONNX has from the first known one on is listed, or changed nothing for cameo."""
        for name, facts in of_onnx().items():
            domain = "" if facts["domain"] == "ai.onnx" else facts["domain"]
            known = {
                s.since_version
                for s in onnx.defs.get_all_schemas_with_history()
                if (s.name, s.domain) == (name, domain)
            }
            self.assertTrue(known, f"{name} is not ONNX's")
            self.assertLessEqual(facts["definitions"][0], max(known), name)

    def test_layers_and_element_types_are_what_imports_show(self):
        operators, seen = of_onnx(), {}
        for name, model, constants in self.node_tests():
            done = cameo("inspect", "--no-fuse", "--json", "--inference", self.save(model))
            if done.returncode:
                done = cameo("inspect", "--no-fuse", "--json", "--inference", self.save(model), *self.bound(constants))
            if done.returncode:
                continue
            found = seen.setdefault(name, set())
            found |= {layer["operator"] for layer in json.loads(done.stdout)["layers"]}
            if element := first_operand(model):
                with self.subTest(operator=name):
                    self.assertIn(element, (operators[name]["element_types"] or [list(NAMES.values())])[0])
        self.assertGreater(len(seen), 100)
        for name, found in seen.items():
            layers = {layer["name"] for layer in operators[name]["layers"]}
            with self.subTest(operator=name, found=found, listed=layers):
                self.assertLessEqual(found - AROUND - OTHERS, layers)
                self.assertTrue(not layers or found & layers or not found - AROUND - OTHERS)

    def bound(self, constants):
        """Options that bind operands which decide shapes."""
        for name, array in constants.items():
            np.save(self.directory / f"{name}.npy", array)
            yield from ["--constant", f"{name}={self.directory / name}.npy"]

    def node_tests(self):
        """Models of one node, a few of each operator, with the data of all inputs but the first."""
        count = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cases = collect_testcases(None)
        for case in cases:
            graph = case.model.graph
            name = graph.node[0].op_type
            if len(graph.node) == 1 and name in listed_names() and count.get(name, 0) < TESTS_OF_EACH:
                count[name] = count.get(name, 0) + 1
                inputs = dict(zip([v.name for v in graph.input], case.data_sets[0][0]))
                yield name, case.model, {k: inputs[k] for k in list(inputs)[1:] if isinstance(inputs[k], np.ndarray)}


@functools.cache
def listed_names():
    return {name for name, facts in of_onnx().items() if facts["domain"] == "ai.onnx"}


def first_operand(model):
    """The element type of the first operand, where the model's node has one."""
    types = {v.name: v.type.tensor_type.elem_type for v in model.graph.input}
    operands = model.graph.node[0].input
    return NAMES.get(types.get(operands[0])) if operands else None


if __name__ == "__main__":
    main()
