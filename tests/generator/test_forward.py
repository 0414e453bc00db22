"""The forward pass as a constant expression, in every compiler that is here: the numbers of onnxruntime, within what
sums of floats in another order may differ."""

import numpy as np
import onnxruntime
from support import COMPILERS, MODELS, ROOT, GeneratorTest, compile_cpp, main

SOURCE = """#include "tested.hpp"
#include <cameo/network/forward.hpp>
constexpr auto found = cameo::forward<tested::model>({arguments});
constexpr bool near(float a, float b) {{ return a - b < 1e-5f && b - a < 1e-5f; }}
{checks}
"""
# The budgets that compilers have for a constant; digits has 0.3 million multiplications.
BUDGET = {
    "clang": ["-fconstexpr-steps=2000000000"],
    "g++": ["-fconstexpr-ops-limit=4000000000", "-fconstexpr-loop-limit=100000000"],
}


def numbers(array):
    literals = [f"{x!r}f" if "." in repr(x) or "e" in repr(x) else f"{x!r}.0f" for x in array.ravel().tolist()]
    return f"std::array<float, {array.size}>{{{', '.join(literals)}}}"


class Forward(GeneratorTest):
    def assert_constant(self, path, scale=1, options=()):
        session = onnxruntime.InferenceSession(path)
        random = np.random.default_rng(1)
        feed = {
            value.name: (scale * random.uniform(0, 1, value.shape)).astype(np.float32) for value in session.get_inputs()
        }
        outputs = session.run(None, feed)
        self.generate(path, "--weights", "inline", *options)
        self.check([feed[value.name] for value in session.get_inputs()], outputs)

    def check(self, inputs, outputs):
        of = "found[{}]" if len(outputs) == 1 else "std::get<{k}>(found)[{}]"
        checks = "\n".join(
            f"static_assert(near({of.format(i, k=k)}, {float(x)!r}f));"
            for k, output in enumerate(outputs)
            for i, x in enumerate(output.ravel())
        )
        source = self.save(
            SOURCE.format(arguments=", ".join(map(numbers, inputs)), checks=checks).encode(), "forward.cpp"
        )
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                done = compile_cpp(
                    "-fsyntax-only",
                    *BUDGET["clang" if "clang" in compiler[0] else "g++"],
                    "-I",
                    self.written,
                    source,
                    compiler=compiler,
                )
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_tanh(self):
        self.assert_constant(MODELS / "mlp_ctrl.onnx")

    def test_recurrent(self):
        self.assert_constant(MODELS / "lstm16.onnx")

    def test_convolutions_and_softmax(self):
        self.assert_constant(ROOT / "examples" / "digits" / "digits.onnx", scale=16)


if __name__ == "__main__":
    main()
