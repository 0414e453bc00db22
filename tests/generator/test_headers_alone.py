"""Each header of the library compiles alone, without warnings, without exceptions and run-time type information."""
from concurrent.futures import ThreadPoolExecutor

from support import ROOT, WARNINGS, GeneratorTest, compile_cpp, main


class Headers(GeneratorTest):
    def test_each_alone(self):
        headers = sorted((ROOT / "include").rglob("*.hpp"))
        self.assertGreater(len(headers), 100)
        with ThreadPoolExecutor(2) as pool:
            for header, done in zip(headers, pool.map(self.compile_twice, headers)):
                with self.subTest(header=header.relative_to(ROOT)):
                    self.assertEqual(done.returncode, 0, done.stderr)

    def compile_twice(self, header):
        """Included twice, so that the guard is seen too."""
        name = header.relative_to(ROOT / "include")
        source = self.save(f"#include <{name}>\n#include <{name}>\n".encode(), f"{name.as_posix().replace('/', '_')}.cpp")
        return compile_cpp(*WARNINGS, "-fno-exceptions", "-fno-rtti", "-fsyntax-only", source)


if __name__ == "__main__":
    main()
