"""A stage of the generator includes only what comes before it in the pipeline; the library includes nothing of the
generator."""

import re

from support import ROOT, GeneratorTest, main

STAGES = [
    "support",
    "toolchain",
    "model",
    "graph",
    "evaluate",
    "custom",
    "import",
    "op",
    "passes",
    "memory_plan",
    "layout",
    "emit",
    "open_sizes",
    "compile",
    "simplify",
    "harness",
    "report",
    "command",
]
# What the headers of each folder of the library may include, beside those of their own.
LIBRARY = {
    "core": [],
    "function": ["core"],
    "op": ["core", "function"],
    "kernel": ["core", "function", "op"],
    "network": ["core", "op"],
    "control_flow": ["core", "op", "network"],
    "custom": ["core", "op", "network"],
}
GENERATOR = ROOT / "generator"
# A function in a namespace, up to what follows its parameters.
FUNCTION = r"^(?!using|template|class|struct|static|//|#)(?=\S)[\w:<>,&*\[\] ]+?[ &*](\w+)\([^;]*?\)(?: noexcept)?"


def included(path):
    return re.findall(r'^\s*#\s*include\s*["<]([^">]+)[">]', path.read_text(), re.MULTILINE)


class Stages(GeneratorTest):
    def test_every_folder_is_a_stage(self):
        self.assertEqual({path.name for path in GENERATOR.iterdir() if path.is_dir()}, set(STAGES))

    def test_stages_include_earlier_stages(self):
        for place, stage in enumerate(STAGES):
            for path in sorted((GENERATOR / stage).glob("*.?pp*")):
                for name in included(path):
                    folder = name.split("/")[0]
                    with self.subTest(file=path.relative_to(ROOT), includes=name):
                        self.assertNotIn(folder, STAGES[place + 1 :])

    def test_stages_define_what_they_declare(self):
        """So that no stage needs a later one to be linked."""
        declared = {}
        for path in GENERATOR.rglob("*.hpp"):
            for name in re.findall(FUNCTION + ";", path.read_text(), re.MULTILINE):
                declared.setdefault(name, set()).add(path.relative_to(GENERATOR).parts[0])
        self.assertGreater(len(declared), 250)
        for path in [*GENERATOR.rglob("*.cpp"), *GENERATOR.rglob("*.cpp.in")]:
            text = re.sub(r"^namespace {$.*?^}  // namespace$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
            for name in re.findall(FUNCTION + r"\s*{", text, re.MULTILINE):
                with self.subTest(file=path.relative_to(ROOT), defines=name):
                    stage = path.relative_to(GENERATOR).parts[0]
                    self.assertIn(stage, declared.get(name, {stage}), "is declared in another stage")

    def test_folders_of_the_library_include_only_those_below(self):
        folders = {path.name for path in (ROOT / "include" / "cameo").iterdir() if path.is_dir()}
        self.assertEqual(folders, set(LIBRARY))
        for folder, below in LIBRARY.items():
            for path in sorted((ROOT / "include" / "cameo" / folder).rglob("*.hpp")):
                for name in included(path):
                    with self.subTest(file=path.relative_to(ROOT), includes=name):
                        self.assertTrue(
                            not name.startswith("cameo/") or name.split("/")[1] in [folder, *below], "not below it"
                        )

    def test_targets_stand_in_their_own_files(self):
        asked = re.compile(r"\b__(AVX|SSE|FMA_|F16C_|ARM_FEATURE|aarch64_|x86_64_|i386_)|\b_mm\d*_")
        include = ROOT / "include" / "cameo"
        homes = {include / "core" / name for name in ("target.hpp", "opaque_number.hpp")}
        for path in sorted(include.rglob("*.hpp")):
            if path not in homes and path.parent != include / "kernel" / "simd":
                with self.subTest(file=path.relative_to(ROOT)):
                    self.assertIsNone(asked.search(path.read_text()))

    def test_the_library_stands_alone(self):
        for path in sorted((ROOT / "include").rglob("*.hpp")):
            for name in included(path):
                with self.subTest(file=path.relative_to(ROOT), includes=name):
                    self.assertTrue(
                        name.startswith(("cameo/", "xsimd/")) or re.fullmatch(r"\w+", name),
                        "neither of the library, nor xsimd, nor standard",
                    )


if __name__ == "__main__":
    main()
