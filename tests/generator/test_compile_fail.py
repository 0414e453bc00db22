"""What must not compile, and that the compiler's error says why in words."""

from support import MODELS, GeneratorTest, compile_cpp, main

USE = '#include "mlp.hpp"\n#include <array>\n'


class CompileFail(GeneratorTest):
    def setUp(self):
        super().setUp()
        self.header = self.generate(MODELS / "mlp_jet.onnx", "--no-fuse", name="mlp")

    def replace(self, old, new):
        text = self.header.read_text()
        self.assertEqual(text.count(old), 1, old)
        self.header.write_text(text.replace(old, new))

    def test_what_is_right_compiles(self):
        source = self.save(
            (
                USE + "mlp::net net; void run() { net(std::array<float, 16>{}); net.input<mlp::x>()(0, 15) = 1; }"
            ).encode(),
            "right.cpp",
        )
        self.assert_compiles("-fsyntax-only", "-I", self.written, source)

    def test_input_of_another_size(self):
        self.assert_does_not_compile(USE + "void run(mlp::net& net) { net(std::array<float, 15>{}); }", "15", "16")

    def test_input_of_another_element_type(self):
        self.assert_does_not_compile(
            USE + "void run(mlp::net& net) { net(std::array<double, 16>{}); }", "double", "float"
        )

    def test_position_of_another_rank(self):
        self.assert_does_not_compile(USE + "float run(mlp::net& net) { return net.input<mlp::x>()(3); }", "operator()")

    def test_unknown_name(self):
        self.assert_does_not_compile(USE + "void run(mlp::net& net) { net.input<mlp::imag>(); }", "imag")

    def test_layer_that_is_no_input(self):
        self.assert_does_not_compile(
            USE + "void run(mlp::net& net) { net.input<mlp::g0>(); }", "not an input of this network"
        )

    def test_layer_that_is_no_output(self):
        self.assert_does_not_compile(
            USE + "void run(mlp::net& net) { net.output<mlp::g0>(); }",
            "not an output of this network: only outputs keep their memory",
        )

    def test_results_are_read_only(self):
        self.assert_does_not_compile(
            USE + "void run(mlp::net& net) { net(std::array<float, 16>{})(0, 0) = 1; }",
            "read-only" if self.gnu() else "const",
        )

    def test_another_abi(self):
        self.replace("static_assert(cameo::abi == 3", "static_assert(cameo::abi == 4")
        self.assert_does_not_compile(USE, "this header was generated for cameo abi 3: generate it again")

    def test_result_that_is_not_the_derived_one(self):
        self.replace("struct g1 : cameo::gemm<cameo::f32<1, 32>", "struct g1 : cameo::gemm<cameo::f32<1, 33>")
        self.assert_does_not_compile(
            USE + "mlp::net net;", "layer_has<mlp::g1", "declared_result_differs_from_the_derived_one"
        )

    def test_operands_that_do_not_fit(self):
        self.replace("struct x : cameo::input<cameo::f32<1, 16>>", "struct x : cameo::input<cameo::f32<1, 17>>")
        self.assert_does_not_compile(
            USE + "mlp::net net;", "layer_has<mlp::g0", "inner_extents_of_a_and_b_must_be_equal"
        )

    def test_a_mistake_is_one_error(self):
        self.replace("struct x : cameo::input<cameo::f32<1, 16>>", "struct x : cameo::input<cameo::f32<1, 17>>")
        source = self.save((USE + "mlp::net net;").encode(), "one.cpp")
        errors = [
            line
            for line in compile_cpp("-fsyntax-only", "-I", self.written, source).stderr.splitlines()
            if " error: " in line
        ]
        self.assertEqual(len(errors), 1, errors)

    def test_forward_pass_with_weights_in_a_blob(self):
        self.header = self.generate(MODELS / "mlp_jet.onnx", "--weights", "string", name="mlp")
        self.assert_does_not_compile(
            USE
            + (
                "#include <cameo/network/forward.hpp>\nconstexpr auto y = "
                "cameo::forward<mlp::model>(std::array<float, 16>{});"
            ),
            "generate with --weights inline",
        )

    @staticmethod
    def gnu():
        return "clang" not in compile_cpp("--version").stdout


if __name__ == "__main__":
    main()
