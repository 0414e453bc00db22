"""One network compiled for two processors in one program: neither object has a function that the linker could take
for the other's."""

import platform
import re
import shutil
import subprocess
import unittest

from support import MODELS, ROOT, GeneratorTest, compile_cpp, main

UNIT = """#include "tested.hpp"

/// The sum of the first number of each result, where inputs are zero.
float run_{target}()
{{
    static tested::net net;
    net.run();
    float sum = 0;
    net.run([&](auto, auto result) {{ sum += static_cast<float>(result.data()[0]); }});
    return sum;
}}
"""
# Runs the code of the widest target that the processor has.
MAIN = """#include <cstdio>
float run_narrow();
float run_wide();

int main()
{
    std::printf("%.9g", static_cast<double>((__builtin_cpu_supports("avx512vl") ? run_wide : run_narrow)()));
}
"""
TARGETS = {"narrow": "-march=x86-64", "wide": "-march=x86-64-v4"}
NETWORKS = ["mlp_ctrl", "mnist_cnn", "lstm16"]


class TwoTargets(GeneratorTest):
    def test_the_library_names_its_target(self):
        for path in sorted((ROOT / "include").rglob("*.hpp")):
            for line in re.findall(r"^namespace cameo.*", path.read_text(), re.MULTILINE):
                with self.subTest(file=path.relative_to(ROOT)):
                    self.assertRegex(line, r"^namespace cameo::inline CAMEO_TARGET(::\w+)* \{$")

    @unittest.skipUnless(platform.machine() == "x86_64" and shutil.which("qemu-x86_64"), "needs x86-64 and qemu-user")
    def test_linked_in_either_order(self):
        for network in NETWORKS:
            self.generate(MODELS / f"{network}.onnx")
            sources = {target: self.save(UNIT.format(target=target).encode(), f"{target}.cpp") for target in TARGETS}
            for level in ("-O1", "-O3"):
                with self.subTest(network=network, level=level):
                    objects = [self.object_of(source, level, TARGETS[target]) for target, source in sources.items()]
                    self.assertEqual(self.functions_of(objects[0]) & self.functions_of(objects[1]), set())
                    printed = {self.run_on_an_old_processor(order) for order in (objects, objects[::-1])}
                    self.assertEqual(len(printed), 1)

    def object_of(self, source, *flags):
        path = source.with_suffix(".o")
        self.assert_compiles(*flags, "-I", self.written, "-c", source, "-o", path)
        return path

    def functions_of(self, path):
        """The functions of an object that those of another may replace."""
        listed = subprocess.run(["nm", "--format=posix", path], capture_output=True, text=True, check=True).stdout
        return {line.split()[0] for line in listed.splitlines() if line.split()[1] in "TW"}

    def run_on_an_old_processor(self, objects):
        program = self.directory / "program"
        source = self.save(MAIN.encode(), "main.cpp")
        done = compile_cpp("-O1", source, *objects, "-o", program)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run(["qemu-x86_64", "-cpu", "Nehalem", program], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


if __name__ == "__main__":
    main()
