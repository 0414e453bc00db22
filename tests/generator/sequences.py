"""Generated code, called on one part of a sequence after another."""

import subprocess

import numpy as np
from support import GeneratorTest

# Reads whole sequences of calls from a file, and writes what each gives; after the last one, reset() and all again.
PROGRAM = """#include "tested.hpp"
#include <cstdio>
static tested::net net;
int main(int, char** arguments)
{
    const auto in = net.input<cameo::detail::only_value<tested::model::inputs>>();
    const auto out = net.output<cameo::detail::only_value<tested::model::outputs>>();
    for (int round = 0; round < 2; ++round) {
        std::FILE* file = std::fopen(arguments[1], "rb");
        while (std::fread(in.data(), sizeof(float), in.size(), file) == in.size()) {
            net.run();
            std::fwrite(out.data(), sizeof(float), out.size(), stdout);
        }
        net.reset();
    }
}
"""


class SequenceTest(GeneratorTest):
    def run_twice(self, source, calls, *options):
        """The results of the calls, and those of the same calls after reset(), by generated code."""
        self.generate(source, *options)
        program, unit = self.written / "program", self.save(PROGRAM.encode(), "program.cpp")
        self.assert_compiles(
            "-O1",
            "-march=native",
            "-I",
            self.written,
            unit,
            *self.written.glob("*.cpp"),
            *self.written.glob("*.S"),
            f"-Wa,-I{self.written}",
            "-o",
            program,
        )
        self.save(np.ascontiguousarray(calls, np.float32).tobytes(), "calls.bin")
        printed = subprocess.run([program, self.directory / "calls.bin"], capture_output=True, check=True).stdout
        return np.frombuffer(printed, np.float32).reshape(2, len(calls), -1)
