"""Two networks in one program: both headers in two translation units, one network used in each, in every form of
weights."""

import subprocess

from support import MODELS, WARNINGS, GeneratorTest, compile_cpp, main

UNIT = """#include "jet.hpp"
#include "ctrl.hpp"
#include <array>
#include <cstdio>

void run_{network}()
{{
    static {network}::net net;
    std::array<float, {inputs}> x{{}};
    x.fill(0.25f);
    for (const float v : net(x)) std::printf("%.9g ", static_cast<double>(v));
}}
"""
MAIN = """void run_jet();
void run_ctrl();

int main()
{
    run_jet();
    run_ctrl();
}
"""


class TwoUnits(GeneratorTest):
    def test_two_networks_in_two_units(self):
        printed = {form: self.run_with(form) for form in ("inline", "string", "object")}
        self.assertEqual(len(printed["inline"].split()), 6)
        self.assertEqual(set(printed.values()), {printed["inline"]})

    def run_with(self, form):
        self.generate(MODELS / "mlp_jet.onnx", "--weights", form, name="jet")
        self.generate(MODELS / "mlp_ctrl.onnx", "--weights", form, name="ctrl")
        sources = [
            self.save(UNIT.format(network=network, inputs=inputs).encode(), f"{network}.cpp")
            for network, inputs in (("jet", 16), ("ctrl", 8))
        ]
        sources += [self.save(MAIN.encode(), "main.cpp"), *self.written.glob("*.S")]
        program = self.directory / form
        done = compile_cpp(
            *WARNINGS,
            "-fno-exceptions",
            "-fno-rtti",
            "-O1",
            "-I",
            self.written,
            *sources,
            "-o",
            program,
            cwd=self.written,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return subprocess.run([program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
