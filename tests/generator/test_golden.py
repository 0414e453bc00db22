"""Headers and dumps as they were when somebody last looked at them. `test_golden.py --update` writes them anew: read
the difference."""

import sys

from support import MODELS, ROOT, GeneratorTest, cameo, main

GOLDEN = ROOT / "tests" / "golden"
# The weights of digits would fill the golden header: they stay in an object. Those of mlp_ctrl show how literals are
# written.
SOURCES = {
    "digits": (ROOT / "examples" / "digits" / "digits.onnx", "object"),
    "mlp_ctrl": (MODELS / "mlp_ctrl.onnx", "inline"),
}
UPDATE = "--update" in sys.argv


class Golden(GeneratorTest):
    maxDiff = 4000

    def compare(self, name, text):
        golden = GOLDEN / name
        if UPDATE:
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(text)
        self.assertEqual(text, golden.read_text(), f"{golden} differs: if that is meant, run test_golden.py --update")

    def test_headers(self):
        for name, (source, weights) in SOURCES.items():
            with self.subTest(name=name):
                self.compare(f"{name}.hpp", self.generate(source, "--weights", weights, name=name).read_text())

    def test_dumps(self):
        for name, (source, _) in SOURCES.items():
            for stage in ("model", "graph", "plan"):
                with self.subTest(name=name, stage=stage):
                    self.compare(f"{name}.{stage}.txt", cameo("generate", source, "--dump", stage).stdout)


if __name__ == "__main__":
    if UPDATE:
        sys.argv.remove("--update")
    main()
