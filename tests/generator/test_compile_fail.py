"""What must not compile, and that the compiler's error is short and says why in words."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from onnx import helper
from support import COMPILERS, MODELS, GeneratorTest, compile_cpp, constant, main, model, tensor, without_target

MOST_LINES = 8
CALL = "void use({0}::net& net) {{ {1} }}"

# A call of `net`, mostly of parted, which is mlp with --split and compiles fast: the mistake, the statement, and what
# g++ and clang say. N is the namespace of the network.
CALLS = [
    (
        "no input",
        "net();",
        ["std::span<const float, 16> >::given<>", "requires single argument 'x', but no arguments were provided"],
    ),
    (
        "two inputs",
        "std::array<float, 16> a{}; net(a, a);",
        [
            "span<const float, 16> >::given<std::array<float, 16>&, std::",
            "requires single argument 'x', but 2 arguments were provided",
        ],
    ),
    (
        "another size",
        "net(std::array<float, 15>{});",
        [
            "expected_arguments<std::span<const float, 16> >::given<std::array<float, 15> >",
            "no known conversion from 'std::array<float, 15>' to 'argument_of<only_input>' (aka 'span<const float, 16",
        ],
    ),
    (
        "another element type",
        "net(std::array<double, 16>{});",
        ["span<const float, 16> >::given<std::array<double, 16> >", "conversion from 'std::array<double, 16>'"],
    ),
    ("too few indices", "net.input<N::x>()(3) = 1;", ["expected_indices<2>::given<int>"] * 2),
    ("too many indices", "net.input<N::x>()(0, 0, 3) = 1;", ["expected_indices<2>::given<int, int, int>"] * 2),
    ("no index", 'net.input<N::x>()(0, "a") = 1;', ["indices<2>::given<int, const char*>", "given<int, const char *>"]),
    ("no input of this network", "net.input<N::y>();", ["expected_one_of<N::x>::given<N::y>"] * 2),
    ("no output of this network", "net.output<N::x>();", ["expected_one_of<N::y>::given<N::x>"] * 2),
    ("no value", "net.output<N::model>();", ["expected_one_of<N::y>::given<N::model>"] * 2),
    ("another network's input", "net.input<cell::x>();", ["expected_one_of<N::x>::given<cell::x>"] * 2),
    ("results are read-only", "net(std::array<float, 16>{})(0, 0) = 1;", ["read-only location", "const"]),
]

OBSERVER = "expected_function_of_layer_and_view<mlp::model>::given<"
# As before, with the whole of the source.
SOURCES = [
    ("layer that is no output", CALL.format("mlp", "net.output<mlp::g0>();"), ["one_of<mlp::y>::given<mlp::g0>"] * 2),
    ("observer of one argument", CALL.format("mlp", "net.run([](auto) {});"), [OBSERVER] * 2),
    ("observer of one layer", CALL.format("mlp", "net.run([](mlp::g0, auto) {});"), [OBSERVER] * 2),
    ("no observer", CALL.format("mlp", "net.run(3);"), [OBSERVER + "int&>", OBSERVER + "int &>"]),
    (
        "forward pass of another size",
        "constexpr auto y = cameo::forward<mlp::model>(std::array<float, 15>{});",
        [
            "expected_arguments<std::span<const float, 16> >::given<const std::array<float, 15>&>",
            "expected_arguments<std::span<const float, 16>>::given<const std::array<float, 15> &>",
        ],
    ),
    (
        "forward pass of too few",
        "constexpr auto y = cameo::forward<cell::model>(std::array{0.5f});",
        ["given<const std::array<float, 1>&>", "given<const std::array<float, 1> &>"],
    ),
    (
        "forward pass of a network instead of its model",
        "constexpr auto y = cameo::forward<mlp::net>(std::array<float, 16>{});",
        [
            "expected_model_of_a_header::given<const std::array<float, 16>&>",
            "'detail::expected_inputs<net>::given<const std::array<float, 16> &>' was not satisfied",
        ],
    ),
    ("unknown result", CALL.format("cell", "net({}).z(0, 0);").replace("{}", "*(cell::arguments*)0"), ["'z'", "'z'"]),
]

# An edit of the header of mlp: what is replaced, by what, and what the output says.
EDITS = [
    (
        "g1 : cameo::gemm<cameo::f32<1, 32>",
        "g1 : cameo::gemm<cameo::f32<1, 33>",
        "layer_has<mlp::g1, cameo::layer_problem::declared_result_differs_from_the_derived_one>",
    ),
    (
        "g1 : cameo::gemm<cameo::f32<1, 32>",
        "g1 : cameo::gemm<cameo::f32<1, 1, 32>",
        "layer_has<mlp::g1, cameo::layer_problem::declared_result_differs_from_the_derived_one>",
    ),
    (
        "x : cameo::input<cameo::f32<1, 16>>",
        "x : cameo::input<cameo::f32<1, 17>>",
        "layer_has<mlp::g0, cameo::gemm_problem::inner_extents_of_a_and_b_must_be_equal>",
    ),
    (
        "x : cameo::input<cameo::f32<1, 16>>",
        "x : cameo::input<cameo::f32<1, 1, 16>>",
        "layer_has<mlp::g0, cameo::gemm_problem::operands_must_be_matrices>",
    ),
    (
        "static_assert(cameo::abi == 3",
        "static_assert(cameo::abi == 4",
        "this header was generated for cameo abi 3: generate it again",
    ),
]


def is_clang(compiler):
    return "clang" in compile_cpp("--version", compiler=compiler).stdout


class CompileFail(GeneratorTest):
    def setUp(self):
        super().setUp()
        self.generate(MODELS / "mlp_jet.onnx", name="mlp")

    def judge(self, compiler, source, folder, number):
        """The lines that a compiler says of a source, without the namespace of the target."""
        path = self.save(source.encode(), f"rejected{number}.cpp")
        done = compile_cpp("-fsyntax-only", "-I", folder, "-I", self.written, path, compiler=compiler)
        return without_target(done.stderr).replace("‘", "'").replace("’", "'").splitlines()

    def assert_short(self, cases, of_layer=False):
        """Each case, (title, source, text of g++, text of clang, folder of headers), is one error of few lines. Clang
        takes one more for a layer: it shows where the network is, and counts its errors."""
        for compiler in COMPILERS:
            clang = is_clang(compiler)
            most = MOST_LINES + (clang and of_layer)
            with ThreadPoolExecutor(4) as pool:
                found = pool.map(
                    lambda k, compiler=compiler: self.judge(compiler, cases[k][1], cases[k][4], k), range(len(cases))
                )
                for (title, _, gnu_text, clang_text, _), lines in zip(cases, found, strict=True):
                    with self.subTest(compiler=compiler, mistake=title):
                        said = "\n".join(lines)
                        self.assertEqual(sum(" error: " in line for line in lines), 1, said)
                        self.assertLessEqual(len(lines), most, said)
                        self.assertIn(clang_text if clang else gnu_text, said)

    def test_what_is_right_compiles(self):
        source = self.save(
            b'#include "mlp.hpp"\n#include <array>\n'
            b"mlp::net net; void run() { net(std::array<float, 16>{}); net.input<mlp::x>()(0, 15) = 1; net.run();\n"
            b"net.run([](auto, auto) {}); (void)net.output<mlp::y>()(0, 4); float x[16]{}; net(x)[4]; }",
            "right.cpp",
        )
        for compiler in COMPILERS:
            self.assert_compiles("-fsyntax-only", "-I", self.written, source, compiler=compiler)

    def test_wrong_use(self):
        self.generate(MODELS / "mlp_jet.onnx", "--split", name="parted")
        self.generate(MODELS / "lstm16.onnx", name="cell")
        cases = []
        for network, calls in ("parted", CALLS), ("mlp", CALLS[2:5]):
            for title, statement, texts in calls:
                source = f'#include "{network}.hpp"\n' + ('#include "cell.hpp"\n' if "cell::" in statement else "")
                source += "#include <array>\n" + CALL.format(network, statement.replace("N::", f"{network}::"))
                cases.append(
                    (f"{network}: {title}", source, *(t.replace("N::", f"{network}::") for t in texts), self.written)
                )
        for title, use, texts in SOURCES:
            network = "cell" if "cell::" in use else "mlp"
            forward = "#include <cameo/network/forward.hpp>\n" if "forward" in use else ""
            cases.append((title, f'#include "{network}.hpp"\n{forward}#include <array>\n{use}', *texts, self.written))
        self.assert_short(cases)

    def test_edited_header(self):
        """A layer that cannot be."""
        text = (self.written / "mlp.hpp").read_text()
        cases = []
        for k, (old, new, message) in enumerate(EDITS):
            self.assertEqual(text.count(old), 1, old)
            folder = self.directory / f"edited{k}"
            folder.mkdir()
            (folder / "mlp.hpp").write_text(text.replace(old, new))
            use = "void use() { static mlp::net net; net.run(); }"
            cases.append((new, f'#include "mlp.hpp"\n{use}', message, message, folder))
        self.assert_short(cases, of_layer=True)

    def test_size_that_cannot_be(self):
        """Of a network with open axes, also where all of it is used."""
        conv = helper.make_node("Conv", ["x", "w"], ["y"], name="conv")
        weights = constant("w", np.ones((2, 1, 3, 3), np.float32))
        x, y = tensor("x", ["batch", 1, "height", "width"]), tensor("y", None)
        self.generate(self.save(model([conv], [x], [y], [weights])), name="sized")
        use = (
            "void use() { static sized::net<1, 2, 8> net; net.run(); (void)net(std::array<float, 16>{})(0, 0, 0, 0); }"
        )
        message = "conv_problem::window_is_larger_than_the_padded_input>"
        self.assert_short(
            [("too small", f'#include "sized.hpp"\n#include <array>\n{use}', message, message, self.written)],
            of_layer=True,
        )

    def test_unknown_name(self):
        """The compiler says first that there is none; g++ adds an error for each function that it then tried."""
        use = '#include "mlp.hpp"\nvoid use(mlp::net& net) { net.input<mlp::imag>(); }'
        self.assertIn("imag", next(line for line in self.judge(COMPILERS[0], use, self.written, 0) if "error" in line))

    def test_forward_pass_with_weights_in_a_blob(self):
        self.generate(MODELS / "mlp_jet.onnx", "--weights", "string", name="mlp")
        self.assert_does_not_compile(
            '#include "mlp.hpp"\n#include <array>\n#include <cameo/network/forward.hpp>\n'
            "constexpr auto y = cameo::forward<mlp::model>(std::array<float, 16>{});",
            "generate with --weights inline",
        )


if __name__ == "__main__":
    main()
