"""Networks whose nodes contain graphs, by generated code and plain definitions against onnxruntime."""

import numpy as np
import onnxruntime
from onnx import helper
from support import FURTHER_COMPILERS, WARNINGS, GeneratorTest, cameo, cxxflags


def node(operator, inputs, outputs, **attributes):
    return helper.make_node(operator, inputs, outputs, name=f"the {operator} of {outputs[0]}", **attributes)


def body(nodes, outputs, inputs=(), constants=()):
    """A nested graph; what goes in and out has no types, as some exporters write."""
    return helper.make_graph(
        nodes,
        "nested",
        [v if not isinstance(v, str) else helper.ValueInfoProto(name=v) for v in inputs],
        [v if not isinstance(v, str) else helper.ValueInfoProto(name=v) for v in outputs],
        constants,
    )


class ControlFlowTest(GeneratorTest):
    def assert_agrees(self, content, runs, *options):
        """One run after another on each of `runs`, arrays by input, gives what onnxruntime gives; the header's text."""
        session = onnxruntime.InferenceSession(content.SerializeToString())
        found = [session.run(None, run) for run in runs]
        source = self.save(content)
        for k in range(len(found[0])):
            np.save(
                self.directory / f"output_{k}.npy",
                np.stack([outputs[k] for outputs in found]) if len(runs) > 1 else found[0][k],
            )
        given = []
        for name in runs[0]:
            path = self.directory / f"{name}.npy"
            np.save(path, np.stack([run[name] for run in runs]) if len(runs) > 1 else runs[0][name])
            given += ["--input", f"{name}={path}"]
        done = cameo(
            "verify",
            source,
            *given,
            "--reference",
            self.directory,
            "--tolerance",
            1e-5,
            cxxflags(*WARNINGS),
            *options,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        header = self.generate(source, *options)
        self.assert_header_compiles(header, FURTHER_COMPILERS)
        return header.read_text()
