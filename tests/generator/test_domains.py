"""Operators of other domains than ONNX's own, which onnxruntime's tools write, against doubles and onnxruntime."""

import numpy as np
from nodes import Nodes
from support import FLOAT, GeneratorTest, cameo, helper, main, model, tensor

RANDOM = np.random.default_rng(0)
MICROSOFT = "com.microsoft"


class Domains(GeneratorTest):
    def test_com_microsoft(self):
        """onnxruntime's own sigmoid is within 5e-7 of the true one, in absolute terms: doubles are the closer
        reference."""
        nodes, expected = Nodes(), {}
        x = np.append(4 * RANDOM.standard_normal(50), [0, -0.0, 30, -30, 100, -100]).astype(np.float32)
        for attributes in ({}, {"alpha": 1.0}, {"alpha": -2.5}, {"alpha": 0.0}):
            (name,) = nodes.add("QuickGelu", x, domain=MICROSOFT, **attributes)
            alpha = np.float64(np.float32(attributes.get("alpha", 1.702)))
            expected[name] = (x / (1 + np.exp(-alpha * x.astype(np.float64)))).astype(np.float32)
        for name, y in nodes.onnxruntime().items():
            np.testing.assert_allclose(y, expected[name], rtol=1e-6, atol=1e-6)
        # Vectors round alpha x to a float, of which exp makes |alpha x| half units in the last place.
        nodes.check(self, expected, rtol=3e-6, flags=["-O1", "-march=native"])

    def test_another_version_is_refused(self):
        node = helper.make_node("QuickGelu", ["x"], ["y"], name="gelu", domain=MICROSOFT)
        content = model([node], [tensor("x", [4], FLOAT)], [tensor("y", [4], FLOAT)])
        content.opset_import.append(helper.make_opsetid(MICROSOFT, 2))
        self.assert_refused(self.save(content), "gelu", "com.microsoft:QuickGelu", "opsets up to 1 are supported")

    def test_what_to_do_without(self):
        advice = {
            MICROSOFT: "ORT_ENABLE_BASIC",
            "com.microsoft.nchwc": "ORT_ENABLE_EXTENDED or below",
            "com.ms.internal.nhwc": "ORT_ENABLE_EXTENDED or below",
        }
        for domain, level in advice.items():
            node = helper.make_node("Other", ["x"], ["y"], name="other", domain=domain)
            content = model([node], [tensor("x", [4], FLOAT)], [tensor("y", [4], FLOAT)])
            content.opset_import.append(helper.make_opsetid(domain, 1))
            self.assert_refused(self.save(content), "other", f"{domain}:Other", level)

    def test_the_same_name_without_the_domain_is_unknown(self):
        node = helper.make_node("QuickGelu", ["x"], ["y"], name="gelu")
        content = model([node], [tensor("x", [4], FLOAT)], [tensor("y", [4], FLOAT)])
        self.assert_refused(self.save(content), "gelu", "this operator is not supported")

    def test_the_list_has_the_domain(self):
        row = next(line for line in cameo("operators").stdout.splitlines() if line.startswith("QuickGelu"))
        self.assertEqual(row.split()[1:3], [MICROSOFT, "1-1"])


if __name__ == "__main__":
    main()
