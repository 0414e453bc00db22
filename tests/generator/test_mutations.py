"""Damaged models: 500 mutations of the small ones, from a fixed seed. Each is generated or refused; nothing crashes,
hangs or stays behind."""

import random
import resource
import subprocess

from support import CAMEO, MODELS, GeneratorTest, limit_memory, main

CASES = 500
SECONDS = 10
MEMORY = 2 << 30


def flip(data, pick):
    for _ in range(pick.choice([1, 1, 2, 8])):
        data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)


def overwrite(data, pick):
    at = pick.randrange(len(data))
    data[at] = pick.choice([0, 1, 0x7F, 0x80, 0xFF, pick.randrange(256)])


def truncate(data, pick):
    del data[pick.randrange(len(data)) :]


def remove(data, pick):
    at = pick.randrange(len(data))
    del data[at : at + pick.randrange(1, 20)]


def repeat(data, pick):
    at = pick.randrange(len(data))
    data[at:at] = data[at : at + pick.randrange(1, 60)]


def mutate(data, pick):
    """Weights are most of a file, and damage to them means nothing: half of the mutations are near its ends, where
    the structure is."""
    change = pick.choice([flip, flip, overwrite, overwrite, truncate, remove, repeat])
    if pick.random() < 0.5 or len(data) < 2000:
        change(data, pick)
        return
    end = data[-800:] if pick.random() < 0.7 else data[:800]
    part = bytearray(end)
    change(part, pick)
    data[:] = data[:-800] + part if end == data[-800:] else part + data[800:]


def limit():
    limit_memory(MEMORY)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Mutations(GeneratorTest):
    def test_every_mutation_is_generated_or_refused(self):
        pick = random.Random(20)
        sources = [path.read_bytes() for path in sorted(MODELS.glob("*.onnx"))]
        statuses = {0: 0, 1: 0}
        for case in range(CASES):
            data = bytearray(pick.choice(sources))
            mutate(data, pick)
            with self.subTest(case=case):
                status = self.outcome(self.save(bytes(data)))
                statuses[status] += 1
        self.assertGreater(min(statuses.values()), CASES // 10, f"one-sided: {statuses}")

    def outcome(self, source):
        header = self.written / "net.hpp"
        done = subprocess.run(
            [CAMEO, "generate", source, "-o", header], capture_output=True, timeout=SECONDS, preexec_fn=limit
        )
        self.assertIn(done.returncode, (0, 1), done.stderr)
        written = [path.name for path in self.written.iterdir()]
        self.assertEqual(written, ["net.hpp"] if done.returncode == 0 else [], done.stderr)
        if done.returncode == 1:
            self.assertRegex(done.stderr, rb"^cameo: .*model\.onnx")
        for path in self.written.iterdir():
            path.unlink()
        return done.returncode


if __name__ == "__main__":
    main()
