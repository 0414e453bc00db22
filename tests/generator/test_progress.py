"""Long work says what it is at on a terminal, from its second second on; nothing of it goes anywhere else."""

import os
import pty
import re
import subprocess

from support import CAMEO, CXX, MODELS, GeneratorTest, cameo, main, tested_flags
from test_tuning import convolution

# A compiler that takes its time, once.
SLOW = '#!/bin/sh\n[ -e "$0.called" ] || sleep 1.1\ntouch "$0.called"\nexec "$@"\n'


class Progress(GeneratorTest):
    def environment(self):
        compiler = self.save(SLOW.encode(), "slow")
        compiler.chmod(0o755)
        return {"CXXFLAGS": tested_flags(), **os.environ, "CXX": f"{compiler} {' '.join(CXX)}"}

    def on_terminal(self, *arguments):
        """Standard output, and what a terminal was sent as standard error."""
        reading, writing = pty.openpty()
        with subprocess.Popen(
            [CAMEO, *map(str, arguments)], stdout=subprocess.PIPE, stderr=writing, text=True, env=self.environment()
        ) as process:
            os.close(writing)
            shown = b""
            try:
                while part := os.read(reading, 4096):
                    shown += part
            except OSError:  # the end, on Linux
                pass
            output = process.stdout.read()
        os.close(reading)
        self.assertEqual(process.returncode, 0, output)
        return output, shown.decode()

    def test_what_takes_long(self):
        output, shown = self.on_terminal("verify", MODELS / "mlp_ctrl.onnx")
        self.assertRegex(shown, r"compiling the generated code \([1-9] s\)")
        self.assertTrue(shown.endswith("\r\x1b[K"), repr(shown))
        self.assertNotIn("\x1b", output)
        _, shown = self.on_terminal(
            "tune", self.save(convolution()), "--seconds", "0.01", "-o", self.written / "tuning"
        )
        self.assertRegex(shown, r"compiling and measuring, \d of \d+: (direct|winograd)")

    def test_what_takes_no_time(self):
        self.assertEqual(self.on_terminal("check", MODELS / "mlp_ctrl.onnx")[1], "")

    def test_elsewhere(self):
        done = cameo("verify", MODELS / "mlp_ctrl.onnx", env=self.environment())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertFalse(re.search("\x1b", done.stdout))


if __name__ == "__main__":
    main()
