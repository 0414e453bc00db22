"""Operators that the user brings: those of the example, as torch exports them in three ways, against SciPy."""

import numpy as np
from onnx import TensorProto, helper
from scipy import special
from support import ROOT, GeneratorTest, cameo, constant, main, model, tensor

HEADER = ROOT / "examples" / "custom_operators" / "special_functions.hpp"
DOMAIN = "org.pytorch.aten"
BY_NAME = [
    "--include",
    HEADER,
    "--custom",
    f"{DOMAIN}:special_bessel_j0=special::bessel_j0",
    "--custom",
    f"{DOMAIN}:erfinv=special::erfinv",
]
BY_TEXT = ["--include", HEADER] + [
    part
    for operator, name in (
        ("special_bessel_j0", "bessel_j0"),
        ("erfinv", "erfinv"),
        ("mul,overload_name=Tensor", "mul"),
        ("add", "add"),
    )
    for part in ("--custom", f"{DOMAIN}:ATen[operator={operator}]=::special::{name}")
]

SCALE = """#pragma once
#include <cameo/op/layer.hpp>
namespace mine {
struct scale_attributes {
    double by = 1;
    cameo::dim times = 1;
    cameo::shape axes{};
    static constexpr void each(auto visit)
    {
        visit("by", &scale_attributes::by);
        visit("times", &scale_attributes::times);
        visit("axes", &scale_attributes::axes);
    }
};
struct scale_spec : scale_attributes {
    using attributes = scale_attributes;
    cameo::tensor_type x{};
    template <class T> using signature = T(T);
    using parameters = cameo::type_list<cameo::floating_elements>;
};
enum class scale_problem { none, axes_must_be_two };
constexpr scale_problem check(const scale_spec& s)
{
    return s.axes.rank == 2 ? scale_problem::none : scale_problem::axes_must_be_two;
}
constexpr cameo::tensor_type result(const scale_spec& s) { return s.x.plain(); }
template <class T>
constexpr void evaluate(const scale_spec& s, std::span<const T> x, std::span<T> y)
{
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * static_cast<T>(s.by) * static_cast<T>(s.times + s.axes[1]);
}
template <auto Result, class Operands, scale_attributes Attributes = scale_attributes{}, class Further = cameo::into<>>
using scale = cameo::layer<scale_spec, Result, Operands, Attributes, Further>;
}
"""


def with_domain(nodes, inputs, outputs, constants=()):
    content = model(nodes, inputs, outputs, constants, opset=13)
    content.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    return content


def by_name():
    """seed3_onnx_fallthrough: 2 J0(x) + erfinv(0.1 x)."""
    nodes = [
        helper.make_node("special_bessel_j0", ["x"], ["a"], name="/special_bessel_j0", domain=DOMAIN),
        helper.make_node("Mul", ["a", "two"], ["b"], name="/Mul"),
        helper.make_node("Mul", ["x", "tenth"], ["c"], name="/Mul_1"),
        helper.make_node("erfinv", ["c"], ["d"], name="/erfinv", domain=DOMAIN),
        helper.make_node("Add", ["b", "d"], ["y"], name="/Add"),
    ]
    return with_domain(
        nodes,
        [tensor("x", [2, 3])],
        [tensor("y", [2, 3])],
        [constant("two", np.float32(2)), constant("tenth", np.float32(0.1))],
    )


def by_text(all_of_them):
    """seed3_onnx_aten, where everything is ATen's, and seed3_onnx_aten_fallback."""

    def aten(operands, result, operator, overload=""):
        return helper.make_node(
            "ATen",
            operands,
            [result],
            name=f"/{operator}_{result}",
            domain=DOMAIN,
            operator=operator,
            overload_name=overload,
        )

    scaled = [aten(["a", "two"], "b", "mul", "Tensor"), aten(["x", "tenth"], "c", "mul", "Tensor")]
    if not all_of_them:
        scaled = [helper.make_node("Mul", ["a", "two"], ["b"]), helper.make_node("Mul", ["x", "tenth"], ["c"])]
    last = aten(["b", "d", "one"], "y", "add") if all_of_them else helper.make_node("Add", ["b", "d"], ["y"])
    constants = (
        [constant("two", np.int64(2)), constant("tenth", np.float64(0.1)), constant("one", np.int64(1))]
        if all_of_them
        else [constant("two", np.float32(2)), constant("tenth", np.float32(0.1))]
    )
    nodes = [aten(["x"], "a", "special_bessel_j0"), scaled[0], scaled[1], aten(["c"], "d", "erfinv"), last]
    return with_domain(nodes, [tensor("x", [2, 3])], [tensor("y", [2, 3])], constants)


class Custom(GeneratorTest):
    def run_model(self, source, x, *options):
        path = self.directory / "x.npy"
        np.save(path, x)
        done = cameo("run", source, "--compiled", "--input", f"x={path}", "--output-dir", self.written, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return np.load(self.written / "output_0.npy")

    def assert_computes(self, content, options):
        source = self.save(content)
        x = np.array([[-9.5, -3.0, -0.25], [0.0, 1.5, 9.9]], np.float32)
        wanted = 2 * special.j0(x.astype(np.float64)) + special.erfinv(0.1 * x.astype(np.float64))
        found = self.run_model(source, x, *options)
        self.assertLess(np.max(np.abs(found - wanted)), 1e-6)
        done = cameo("verify", source, *options)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_by_name(self):
        self.assert_computes(by_name(), BY_NAME)
        header = self.generate(self.save(by_name()), *BY_NAME).read_text()
        self.assertIn('#include "special_functions.hpp"', header)
        self.assertIn(": special::erfinv<cameo::f32<2, 3>, cameo::from<", header)
        self.assertEqual(cameo("check", self.save(by_name()), *BY_NAME).returncode, 0)

    def test_selected_by_a_text(self):
        self.assert_computes(by_text(True), BY_TEXT)
        self.assert_computes(by_text(False), BY_TEXT)

    def test_the_functions_of_the_example(self):
        nodes = [helper.make_node(name, ["x"], [name], domain=DOMAIN) for name in ("special_bessel_j0", "erfinv")]
        source = self.save(
            with_domain(
                nodes,
                [tensor("x", [4001], TensorProto.DOUBLE)],
                [tensor(node.output[0], [4001], TensorProto.DOUBLE) for node in nodes],
            )
        )
        for k, (x, function) in enumerate(
            [(np.linspace(-100, 100, 4001), special.j0), (np.tanh(np.linspace(-9, 9, 4001)), special.erfinv)]
        ):
            self.run_model(source, x, *BY_NAME)
            found, wanted = np.load(self.written / f"output_{k}.npy"), function(x)
            self.assertLess(np.max(np.abs(found - wanted) / (1 + np.abs(wanted))), 1e-13)

    def test_attributes_become_members(self):
        header = self.save(SCALE.encode(), "scale.hpp")
        node = helper.make_node("Scale", ["x"], ["y"], name="scaled", domain="mine", by=0.5, times=3, axes=[7, 1])
        content = with_domain([node], [tensor("x", [2, 3])], [tensor("y", [2, 3])])
        content.opset_import.append(helper.make_opsetid("mine", 1))
        options = ["--include", header, "--custom", "mine:Scale=mine::scale"]
        self.assertIn(
            "mine::scale_attributes{.by = 0.5, .times = 3, .axes = {7, 1}}",
            self.generate(self.save(content), *options).read_text(),
        )
        x = np.ones([2, 3], np.float32)
        np.testing.assert_array_equal(self.run_model(self.save(content), x, *options), 2 * x)
        content.graph.node[0].attribute.remove(next(a for a in content.graph.node[0].attribute if a.name == "axes"))
        for path in self.written.iterdir():
            path.unlink()
        self.assert_refused(
            self.save(content), "node 'scaled' (mine:Scale, opset 1): axes must be two", options=options
        )

    def test_a_constant_is_folded(self):
        nodes = [helper.make_node("erfinv", ["c"], ["d"], domain=DOMAIN), helper.make_node("Add", ["x", "d"], ["y"])]
        content = with_domain(
            nodes, [tensor("x", [2])], [tensor("y", [2])], [constant("c", np.array([0.5, -0.5], np.float32))]
        )
        self.assertNotIn(
            "special::", self.generate(self.save(content), *BY_NAME).read_text().split("namespace tested")[1]
        )

    def test_what_is_wrong_is_said(self):
        source = self.save(by_name())
        done = cameo("check", source)
        for node in (
            "node '/special_bessel_j0' (org.pytorch.aten:special_bessel_j0, opset 1)",
            "node '/erfinv' (org.pytorch.aten:erfinv, opset 1)",
        ):
            self.assertIn(f"{node}: this operator is not supported", done.stdout)
        self.assertIn("--custom", done.stdout)
        self.assert_refused(
            source, "--custom erfinv: expected DOMAIN:OPERATOR=my::type", options=["--custom", "erfinv"]
        )
        self.assert_refused(
            source,
            "expected DOMAIN:OPERATOR=my::type",
            options=["--custom", f"{DOMAIN}:erfinv=special::erfinv{{}}; int x"],
        )
        self.assert_refused(
            source,
            "cannot compile",
            "nothing_spec",
            options=["--include", HEADER, "--custom", f"{DOMAIN}:erfinv=special::nothing"],
        )
        self.assert_refused(
            source,
            "absent.hpp",
            options=["--include", self.directory / "absent.hpp", "--custom", f"{DOMAIN}:erfinv=special::erfinv"],
        )
        self.assert_refused(
            self.save(by_text(True)),
            "attribute 'operator' is a text",
            f"--custom '{DOMAIN}:ATen[operator=special_bessel_j0]=special::bessel_j0'",
            options=["--include", HEADER, "--custom", f"{DOMAIN}:ATen=special::bessel_j0"],
        )


if __name__ == "__main__":
    main()
