"""Random numbers: those of the generator that docs/operators.md names, others in each run, and distributed as asked."""

import numpy as np
from onnx import TensorProto, helper
from sequences import SequenceTest
from support import cameo, constant, main, model, tensor

WORD = 0xFFFFFFFF


def philox(position, key):
    """Philox4x32-10 of Salmon, Moraes, Dror and Shaw, SC 2011."""
    c0, c1, c2, c3 = position
    for turn in range(10):
        first, second = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        k0, k1 = (key[0] + turn * 0x9E3779B9) & WORD, (key[1] + turn * 0xBB67AE85) & WORD
        c0, c1, c2, c3 = second >> 32 ^ c1 ^ k0, second & WORD, first >> 32 ^ c3 ^ k1, first & WORD
    return c0, c1, c2, c3


def uniform(count, run, seed, stream):
    key = (int(np.float32(seed).view(np.uint32)), stream)
    words = [word for block in range(-(-count // 4)) for word in philox((block, 0, run, 0), key)]
    return np.array([word >> 8 for word in words[:count]]) / 2**24


def normal(count, run, seed, streams=(0, 1)):
    radius, angle = (uniform(count, run, seed, stream) for stream in streams)
    return np.sqrt(-2 * np.log(1 - radius)) * np.cos(2 * np.pi * angle)


class Random(SequenceTest):
    def node(self, operator, inputs=(), **attributes):
        return helper.make_node(operator, inputs, ["y"], **attributes)

    def runs_of(self, node, shape=(1,), constants=(), runs=3):
        """What the runs of a model of one node return, and those after reset()."""
        cast = helper.make_node("Cast", ["y"], ["as_float"], to=TensorProto.FLOAT)
        add = helper.make_node("Add", ["as_float", "zero"], ["z"])
        one = model([node, cast, add], [tensor("zero", [1])], [tensor("z", shape)], constants, opset=22)
        return self.run_twice(self.save(one), np.zeros((runs, 1)))

    def assert_runs(self, node, expected, shape, constants=(), **tolerance):
        """Run k, from the start and after reset(), returns expected(k)."""
        for found in self.runs_of(node, shape, constants):
            for run, numbers in enumerate(found):
                np.testing.assert_allclose(numbers, expected(run), **tolerance)

    def test_uniform(self):
        node = self.node("RandomUniform", shape=[2, 7], low=-2.0, high=3.0, seed=1.5)
        self.assert_runs(node, lambda run: uniform(14, run, 1.5, 0) * 5 - 2, (2, 7), rtol=0, atol=3e-7)

    def test_normal(self):
        node = self.node("RandomNormal", shape=[9], mean=-1.0, scale=0.5, seed=3.0)
        self.assert_runs(node, lambda run: normal(9, run, 3) * 0.5 - 1, (9,), rtol=1e-5, atol=1e-6)

    def test_float64_has_twice_the_bits(self):
        node = self.node("RandomUniform", shape=[5], seed=0.0, dtype=TensorProto.DOUBLE)
        expected = uniform(5, 2, 0, 0) + uniform(5, 2, 0, 1) / 2**24
        one = self.save(model([node], [tensor("x", [1])], [tensor("y", [5], TensorProto.DOUBLE)], opset=22))
        np.save(self.directory / "x.npy", np.zeros((3, 1), np.float32))
        done = cameo("run", one, "--input", f"x={self.directory / 'x.npy'}", "--output-dir", self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        np.testing.assert_array_equal(np.load(self.directory / "output_0.npy")[2], expected)

    def test_float16_is_rounded(self):
        node = self.node("RandomNormalLike", ["h"], seed=3.0)
        numbers = constant("h", np.zeros(9, np.float16))
        self.assert_runs(node, lambda run: normal(9, run, 3), (9,), [numbers], rtol=1e-3, atol=1e-4)

    def test_nodes_without_a_seed_draw_from_streams_of_their_own(self):
        nodes = [helper.make_node("RandomUniformLike", ["x"], [name]) for name in "abc"]
        nodes.append(helper.make_node("Concat", ["a", "b", "c"], ["y"], axis=0))
        three = self.save(model(nodes, [tensor("x", [4])], [tensor("y", [12])]))
        found = self.run_twice(three, np.zeros((2, 4)))
        for run in range(2):
            expected = [uniform(4, run, np.nan, stream) for stream in range(3)]
            np.testing.assert_array_equal(found[0][run], np.concatenate(expected))

    def test_bernoulli(self):
        probabilities = np.repeat(np.float32([0, 0.1, 0.75, 1]), 2500)
        node = self.node("Bernoulli", ["p"], seed=5.0)
        for run in self.runs_of(node, (10000,), [constant("p", probabilities)])[0]:
            self.assertLessEqual(set(run), {0, 1})
            # Four standard deviations of a mean of 2,500.
            np.testing.assert_allclose(run.reshape(4, -1).mean(1), [0, 0.1, 0.75, 1], atol=4 * 0.5 / 50)
            self.assertEqual((run[:2500].max(), run[7500:].min()), (0, 1))

    def test_multinomial(self):
        logits = np.log(np.float32([[1, 0, 2, 5], [3, 1, 0, 0]]) + np.float32(1e-30))
        node = self.node("Multinomial", ["l"], sample_size=5000, dtype=TensorProto.INT64, seed=5.0)
        for run in self.runs_of(node, (2, 5000), [constant("l", logits)])[0]:
            for samples, weights in zip(run.reshape(2, -1), ([1, 0, 2, 5], [3, 1, 0, 0])):
                found = np.bincount(samples.astype(int), minlength=4) / 5000
                np.testing.assert_allclose(found, np.array(weights) / sum(weights), atol=4 * 0.5 / 70)
                self.assertEqual(found[np.array(weights) == 0].sum(), 0)

    def test_moments(self):
        found = self.runs_of(self.node("RandomNormal", shape=[20000], seed=9.0), (20000,))[0]
        self.assertFalse(np.array_equal(found[0], found[1]))
        for run in found:
            self.assertLess(abs(run.mean()), 4 / np.sqrt(20000))
            self.assertLess(abs(run.var() - 1), 4 * np.sqrt(2 / 20000))
            self.assertLess(abs((run**4).mean() - 3), 4 * np.sqrt(96 / 20000))

    def test_passes_through_simplify(self):
        node = self.node("RandomUniform", shape=[4], seed=1.0)
        one = self.save(model([node], [tensor("x", [1])], [tensor("y", [4])]))
        done = cameo("simplify", one, "-o", self.directory / "simple.onnx")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"RandomUniform", (self.directory / "simple.onnx").read_bytes())

    def test_refusals(self):
        def refuse(message, node, *inputs):
            self.assert_refused(self.save(model([node], inputs, [tensor("y", None)], opset=22)), message)

        refuse("'shape' is missing", self.node("RandomNormal"))
        refuse("random numbers are floats", self.node("RandomUniform", shape=[2], dtype=TensorProto.INT32))
        refuse("'sample_size' 0", self.node("Multinomial", ["x"], sample_size=0), tensor("x", [1, 3]))
        body = helper.make_graph(
            [
                helper.make_node("Identity", ["condition"], ["further"]),
                helper.make_node("RandomNormal", [], ["drawn"], shape=[1]),
                helper.make_node("Add", ["before", "drawn"], ["after"]),
            ],
            "body",
            [
                tensor("i", [], TensorProto.INT64),
                tensor("condition", [], TensorProto.BOOL),
                tensor("before", [1]),
            ],
            [tensor("further", [], TensorProto.BOOL), tensor("after", [1])],
        )
        loop = self.node("Loop", ["count", "", "x"], body=body)
        refuse("would be the same in each iteration", loop, tensor("count", [], TensorProto.INT64), tensor("x", [1]))


if __name__ == "__main__":
    main()
