"""Each header of the library compiles alone, without warnings, without exceptions and run-time type information."""

import re
import shutil
import unittest
from concurrent.futures import ThreadPoolExecutor

from support import COMPILERS, FULL, ROOT, WARNINGS, GeneratorTest, compile_cpp, main

OPTIONS = [*WARNINGS, "-fno-exceptions", "-fno-rtti"]
HEADERS = sorted((ROOT / "include").rglob("*.hpp"))
CLANG = "clang++-16"  # the oldest that cameo is known to work with


class Headers(GeneratorTest):
    def test_each_alone(self):
        self.assertGreater(len(HEADERS), 100)
        for compiler in COMPILERS:
            others = [] if FULL else self.precompiled(compiler)
            with ThreadPoolExecutor(2) as pool:
                for header, done in zip(
                    HEADERS, pool.map(lambda header: self.compile_twice(header, others, compiler), HEADERS)
                ):
                    with self.subTest(header=header.relative_to(ROOT), compiler=compiler):
                        self.assertEqual(done.returncode, 0, done.stderr)

    @unittest.skipUnless(shutil.which(CLANG), f"{CLANG} is not installed")
    def test_all_in_one_program(self):
        """clang warns of other things than g++; the full matrix shows it each header alone. Files of targets, which
        take each other's place, come through those that choose."""
        names = [header.relative_to(ROOT / "include") for header in HEADERS if header.parent.name != "simd"]
        source = self.save("".join(f"#include <{name}>\n" for name in names).encode(), "all.cpp")
        self.assert_compiles(*OPTIONS, "-march=sapphirerapids", "-fsyntax-only", source, compiler=[CLANG])

    def precompiled(self, compiler):
        """Options that include the headers of others, parsed once, which takes most of the time; a header that lacks
        one of these is found by the full matrix."""
        others = sorted(
            {
                name
                for header in HEADERS
                for name in re.findall(r"^#include (<(?:\w+|xsimd/.*)>)$", header.read_text(), re.MULTILINE)
            }
        )
        self.assertGreater(len(others), 10)
        source = self.save("".join(f"#include {name}\n" for name in others).encode(), "others.hpp")
        self.assert_compiles(*OPTIONS, "-x", "c++-header", source, "-o", f"{source}.gch", compiler=compiler)
        return ["-include", source]

    def compile_twice(self, header, others, compiler):
        """Included twice, so that the guard is seen too."""
        name = header.relative_to(ROOT / "include")
        # The file of a target is included where the compiler has its instructions.
        target = ["-march=sapphirerapids"] if name.stem.startswith(("avx", "f16c")) else []
        source = self.save(
            f"#include <{name}>\n#include <{name}>\n".encode(), f"{name.as_posix().replace('/', '_')}.cpp"
        )
        return compile_cpp(*OPTIONS, *target, *others, "-fsyntax-only", source, compiler=compiler)


if __name__ == "__main__":
    main()
