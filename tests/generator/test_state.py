"""State in the network object: what --state binds stays from call to call, as onnxruntime has it where the caller
passes it on."""

import numpy as np
import onnxruntime
from onnx import helper
from sequences import SequenceTest
from support import MODELS, cameo, constant, main, model, tensor


class State(SequenceTest):
    def expected(self, source, calls, states):
        """The results of onnxruntime; `states` are pairs of an input and the output that follows it."""
        session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
        inputs = {i.name: i for i in session.get_inputs()}
        names = [o.name for o in session.get_outputs()]
        state = {i: np.zeros(inputs[i].shape, np.float32) for i, _ in states}
        (x,) = set(inputs) - set(state)
        results = []
        for call in calls:
            found = dict(zip(names, session.run(None, {x: call.reshape(inputs[x].shape), **state})))
            results.append(found[names[0]].ravel())
            state = {i: found[o] for i, o in states}
        return np.array(results)

    def test_recurrent_cells(self):
        calls = np.random.default_rng(1).normal(size=(20, 1)).astype(np.float32)
        for name, states in (
            ("lstm16", ["h0=h1", "c1=c0"]),
            ("lstm40", ["*0=*1"]),
            ("gru16", ["h0=h1"]),
            ("gru40", ["*0=*1"]),
        ):
            with self.subTest(name):
                pairs = [("h0", "h1"), ("c0", "c1")][: 2 if name.startswith("lstm") else 1]
                expected = self.expected(MODELS / f"{name}.onnx", calls, pairs)
                found = self.run_twice(
                    MODELS / f"{name}.onnx", calls, *[part for s in states for part in ("--state", s)]
                )
                np.testing.assert_allclose(found[0], expected, rtol=1e-4, atol=1e-5)
                np.testing.assert_array_equal(found[0], found[1])

    def test_histories(self):
        """A state before new samples, of which the end is kept, lies in a ring: many turns of it, with rows and with
        blocks of channels."""
        source = MODELS / "wavenet_std_b64.onnx"
        pairs = [(f"h{a}_{k}", f"n{a}_{k}") for a in range(2) for k in range(10)]
        calls = np.random.default_rng(3).normal(size=(70, 64)).astype(np.float32)
        expected = self.expected(source, calls, pairs)
        for options in ([], ["--no-fuse"], ["--skip-pass", "find-histories"]):
            with self.subTest(options):
                found = self.run_twice(source, calls, "--state", "h*=n*", *options)
                np.testing.assert_allclose(found[0], expected, rtol=1e-4, atol=1e-7)
                np.testing.assert_array_equal(found[0], found[1])
        self.assertIn("cameo::history<", self.generate(source, "--state", "h*=n*").read_text())

    def test_history_read_in_many_ways(self):
        """By convolutions with and without zeros at the edges, and by layers that know no rings."""
        for channels in (3, 20):
            weights = np.random.default_rng(channels).normal(size=(6, channels, 3)).astype(np.float32)
            nodes = [
                helper.make_node("Concat", ["h", "x"], ["c"], axis=2),
                helper.make_node("Slice", ["c", "start", "end", "axis"], ["n"]),
                helper.make_node("Conv", ["c", "w"], ["valid"]),
                helper.make_node("Conv", ["c", "w"], ["same"], pads=[1, 1]),
                helper.make_node("ReduceSum", ["same", "axis"], ["sum"]),
                helper.make_node("Relu", ["c"], ["positive"]),
                helper.make_node("ReduceMax", ["positive"], ["largest"], axes=[1]),
                helper.make_node("Expand", ["largest", "six"], ["rows"]),
                helper.make_node("Concat", ["valid", "same", "sum", "rows"], ["all"], axis=2),
                helper.make_node("Flatten", ["all"], ["y"]),
            ]
            source = self.save(
                model(
                    nodes,
                    [tensor("x", [1, channels, 5]), tensor("h", [1, channels, 7])],
                    [tensor("y", [1, 6 * (10 + 12 + 1 + 12)]), tensor("n", [1, channels, 7])],
                    [
                        constant("w", weights),
                        constant("start", np.array([-7])),
                        constant("end", np.array([2**40])),
                        constant("axis", np.array([2])),
                        constant("six", np.array([1, 6, 12])),
                    ],
                )
            )
            calls = np.random.default_rng(5).normal(size=(9, channels * 5)).astype(np.float32)
            with self.subTest(channels):
                found = self.run_twice(source, calls, "--state", "h=n")
                np.testing.assert_allclose(found[0], self.expected(source, calls, [("h", "n")]), rtol=1e-4, atol=1e-5)
                self.assertIn("cameo::history<", (self.written / "tested.hpp").read_text())

    def test_states_that_swap(self):
        """a' = b, b' = a + x: an output that is an input; neither may see the other's new value."""
        source = self.save(
            model(
                [
                    helper.make_node("Add", ["a", "x"], ["b1"]),
                    helper.make_node("Identity", ["b"], ["a1"]),
                    helper.make_node("Add", ["a", "b"], ["y"]),
                ],
                [tensor("x", [4]), tensor("a", [4]), tensor("b", [4])],
                [tensor("y", [4]), tensor("a1", [4]), tensor("b1", [4])],
            )
        )
        calls = np.arange(40, dtype=np.float32).reshape(10, 4)
        expected = self.expected(source, calls, [("a", "a1"), ("b", "b1")])
        np.testing.assert_array_equal(
            self.run_twice(source, calls, "--state", "a=a1", "--state", "b=b1"), [expected, expected]
        )

    def test_interface(self):
        """Bound inputs and outputs are gone from the interface; one input and one output make a call of one
        argument."""
        header = self.generate(MODELS / "lstm16.onnx", "--state", "h0=h1", "--state", "c0=c1")
        source = self.save(
            b'#include "tested.hpp"\nstatic_assert(sizeof(tested::net) == tested::net::plan.bytes);\n'
            b"float first(tested::net& net) { net.reset(); return net(std::array<float, 1>{})[0]; }\n",
            "interface.cpp",
        )
        self.assert_compiles("-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", header.parent, source)

    def test_wrong_bindings_are_refused(self):
        source = MODELS / "lstm16.onnx"
        for states, messages in (
            (["q=h1"], ["no input 'q'", "'x', 'h0', 'c0'"]),
            (["h0=q"], ["no output 'q'", "'y', 'h1', 'c1'"]),
            (["h0=y"], ["'h0' is float32[1,1,16]", "'y' is float32[1,1]"]),
            (["h0=h1", "h0=c1"], ["'h0' is bound already"]),
            (["h0=h1", "c0=h1"], ["no output 'h1'", "bound already"]),
            (["q*=r*"], ["no input and output", "q*=r*"]),
            (["h*=h1"], ["one *"]),
            (["h0"], ["expected name="]),
        ):
            with self.subTest(states):
                self.assert_refused(
                    source, "--state", *messages, options=[part for s in states for part in ("--state", s)]
                )

    def test_commands(self):
        """Verify and run keep the state too; inspect shows it."""
        source, states = MODELS / "gru16.onnx", ("--state", "h0=h1")
        done = cameo("inspect", source, *states)
        self.assertIn("state  h0 float32[1,1,16]", done.stdout)
        calls = np.random.default_rng(2).normal(size=(5, 1, 1, 1)).astype(np.float32)
        np.save(self.directory / "x.npy", calls)
        done = cameo("verify", source, *states, "--input", f"x={self.directory / 'x.npy'}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("float32[5,1,1]", done.stdout)
        for compiled in ([], ["--compiled"]):
            done = cameo(
                "run",
                source,
                *states,
                "--input",
                f"x={self.directory / 'x.npy'}",
                "--output-dir",
                self.directory,
                *compiled,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            np.testing.assert_allclose(
                np.load(self.directory / "output_0.npy").ravel(),
                self.expected(source, calls, [("h0", "h1")]).ravel(),
                rtol=1e-4,
                atol=1e-5,
            )


if __name__ == "__main__":
    main()
