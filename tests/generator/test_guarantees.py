"""What the README promises of generated code: no allocation, no exceptions, no run-time type information, no start-up
code."""

import subprocess

from support import MODELS, ROOT, WARNINGS, GeneratorTest, compile_cpp, main

NETWORKS = [*sorted(MODELS.glob("*.onnx")), ROOT / "examples" / "digits" / "digits.onnx"]
CALLS = 10_000
# All ways to memory of the C library, which operator new takes too.
COUNTED = """#include <cstddef>
#include <cstdio>
#include <new>
{includes}
extern "C" {{
void* __libc_malloc(std::size_t) noexcept;
void* __libc_calloc(std::size_t, std::size_t) noexcept;
void* __libc_realloc(void*, std::size_t) noexcept;
void* __libc_memalign(std::size_t, std::size_t) noexcept;
}}

static long allocations = 0;

extern "C" {{
void* malloc(std::size_t bytes) noexcept {{ ++allocations; return __libc_malloc(bytes); }}
void* calloc(std::size_t count, std::size_t bytes) noexcept {{ ++allocations; return __libc_calloc(count, bytes); }}
void* realloc(void* old, std::size_t bytes) noexcept {{ ++allocations; return __libc_realloc(old, bytes); }}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) noexcept
{{
    ++allocations;
    return __libc_memalign(alignment, bytes);
}}
int posix_memalign(void** to, std::size_t alignment, std::size_t bytes) noexcept
{{
    ++allocations;
    *to = __libc_memalign(alignment, bytes);
    return 0;
}}
}}

template <class Net>
long allocations_of()
{{
    static Net net;
    const long before = allocations;
    for (int call = 0; call < {calls}; ++call) net.run();
    return allocations - before;
}}

int main()
{{
    delete new volatile int(1);
    if (allocations == 0) std::puts("operator new is not counted");
{checks}}}
"""
UNIT = """#include "tested.hpp"
#include <type_traits>

static_assert(std::is_trivially_destructible_v<tested::net>);
static_assert(noexcept(tested::net{{}}.run()));
void forward(tested::net& net) {{ net.run(); }}
"""


class Guarantees(GeneratorTest):
    def test_nothing_is_allocated(self):
        for path in NETWORKS:
            self.generate(path, name=path.stem)
        source, program = self.written / "counted.cpp", self.written / "counted"
        source.write_text(
            COUNTED.format(
                includes="".join(f'#include "{path.stem}.hpp"\n' for path in NETWORKS),
                calls=CALLS,
                checks="".join(
                    f'    std::printf("{path.stem} %ld\\n", allocations_of<{path.stem}::net>());\n' for path in NETWORKS
                ),
            )
        )
        done = compile_cpp("-O2", "-march=native", source, "-o", program)
        self.assertEqual(done.returncode, 0, done.stderr[:2000])
        printed = subprocess.run([program], capture_output=True, text=True, check=True).stdout
        self.assertEqual(printed.split("\n")[:-1], [f"{path.stem} 0" for path in NETWORKS])

    def test_object_code_needs_nothing(self):
        """Of other libraries: the moves of memory that a compiler takes for granted. No constructor runs before
        main."""
        for path in (MODELS / "lstm16.onnx", MODELS / "mnist_cnn.onnx"):
            self.generate(path)
            source, unit = self.written / "unit.cpp", self.written / "unit.o"
            source.write_text(UNIT.format())
            done = compile_cpp("-O2", "-fno-exceptions", "-fno-rtti", *WARNINGS, "-c", source, "-o", unit)
            self.assertEqual(done.returncode, 0, done.stderr[:2000])
            undefined = subprocess.run(
                ["nm", "--undefined-only", unit], capture_output=True, text=True, check=True
            ).stdout.split()[1::2]
            self.assertLessEqual(set(undefined), {"memcpy", "memmove", "memset"})
            self.assertNotIn(
                ".init_array",
                subprocess.run(["objdump", "-h", unit], capture_output=True, text=True, check=True).stdout,
            )


if __name__ == "__main__":
    main()
