"""Outputs: all of them or none, never an input, and never a file that somebody else is about to read half of."""

import itertools
import os
import re
import resource
import signal
import stat
import subprocess
import unittest

import numpy as np
from onnx import TensorProto, helper
from support import CAMEO, FLOAT, MODELS, GeneratorTest, cameo, constant, main, model, tensor

node = helper.make_node
AS_ROOT = os.geteuid() == 0


def external_model(location, **entries):
    weight = TensorProto(name="w", data_type=FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in {"location": location, **entries}.items():
        weight.external_data.add(key=key, value=value)
    return model(
        [node("Add", ["x", "w"], ["s"]), node("Add", ["s", "c"], ["y"])],
        [tensor("x", [1, 4]), tensor("c", [1, 4])],
        [tensor("y", [1, 4])],
        [weight],
    )


def sum_model(weight):
    return model(
        [node("Add", ["x", "w"], ["y"])],
        [tensor("x", [1, 2000])],
        [tensor("y", [1, 2000])],
        [constant("w", np.full([1, 2000], weight, np.float32))],
    )


class OutputTest(GeneratorTest):
    def content(self):
        return {path.name: path.read_bytes() for path in self.directory.rglob("*") if path.is_file()}

    def limited(self, *arguments, **options):
        return subprocess.run(
            [CAMEO, *map(str, arguments)], capture_output=True, text=True, errors="replace", **options
        )

    def device(self, name, minor):
        """A memory device of our own, of that number: 3 is null, 7 is full."""
        path = self.written / name
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
            path.open("wb").close()
        except OSError as error:
            self.skipTest(str(error))
        return path

    def commands(self):
        """Every command that writes files, without -o."""
        source, x = self.save(sum_model(1)), self.directory / "x.npy"
        np.save(x, np.zeros([1, 2000], np.float32))
        return (
            source,
            {
                "generate": ["generate", source],
                "object": ["generate", source, "--weights", "object"],
                "split": ["generate", source, "--split"],
                "standalone": ["generate", source, "--standalone"],
                "simplify": ["simplify", source],
                "external": ["simplify", source, "--external-data"],
                "report": ["report", source],
            },
            ["run", source, "--input", f"x={x}", "--output-dir"],
        )


class Inputs(OutputTest):
    def setUp(self):
        super().setUp()
        (self.directory / "w.hpp").write_bytes(np.ones(4, np.float32).tobytes())
        (self.directory / "tuning.hpp").write_text("# nothing\n")
        (self.directory / "type.hpp").write_text("#pragma once\n")
        (self.directory / "npy").mkdir()
        for name in ("c.npy", "npy/c.npy"):
            np.save(self.directory / name, np.ones([1, 4], np.float32))
        self.source = self.save(external_model("w.hpp"), "m.hpp")
        self.options = ["--tuning", self.directory / "tuning.hpp", "--include", self.directory / "type.hpp"]

    def assert_kept(self, *arguments):
        before = self.content()
        done = cameo(*arguments)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("it is an input of this command", done.stderr)
        self.assertEqual(self.content(), before)

    def test_by_every_name(self):
        d = self.directory
        constants = (["--constant", f"c={d / 'c.npy'}"], ["--weights-from", d / "npy"])
        for file, given in [
            *itertools.product(("m.hpp", "w.hpp", "tuning.hpp", "type.hpp"), constants[:1]),
            ("c.npy", constants[0]),
            ("npy/c.npy", constants[1]),
        ]:
            link, hard = d / "link.hpp", d / "hard.hpp"
            link.symlink_to(d / file)
            second = d / "second.hpp"
            second.symlink_to("link.hpp")
            names = [d / file, d / "." / "written" / ".." / file, link, second]
            if file != "w.hpp":  # external data of two names are refused as such
                os.link(d / file, hard)
                names.append(hard)
            for name in names:
                with self.subTest(file=file, name=name.name):
                    for arguments in (
                        ["-o", name],
                        ["-o", self.written / "net.hpp", "--depfile", name],
                        ["-o", self.written / "net.hpp", "--stamp", name],
                    ):
                        self.assert_kept("generate", self.source, *self.options, *given, *arguments)
            for path in (link, second, hard):
                path.unlink(missing_ok=True)

    def test_side_files(self):
        np.ones(4, np.float32).tofile(self.directory / "net.weights.bin")
        source = self.save(external_model("net.weights.bin"))
        self.assert_kept("generate", source, "-o", self.directory / "net.hpp", "--weights", "object")
        source = self.save(external_model("s.onnx.data"))
        (self.directory / "s.onnx.data").write_bytes(np.ones(4096, np.float32).tobytes())
        self.assert_kept("simplify", source, "-o", source)

    def test_of_other_commands(self):
        x = self.directory / "output_0.npy"
        np.save(x, np.zeros([1, 4], np.float32))
        run = [
            "run",
            self.source,
            "--input",
            f"x={x}",
            "--input",
            f"c={self.directory / 'c.npy'}",
            "--output-dir",
            self.directory,
        ]
        self.assert_kept(*run)
        self.assert_kept("report", self.source, "-o", self.source)
        profile = self.directory / "profile.json"
        profile.write_text("{}")
        for output in (self.source, self.directory / "w.hpp"):
            self.assert_kept("simplify", self.source, "-o", output)

    def test_a_source_file_that_somebody_wrote(self):
        """--split writes a second name."""
        source = self.save(sum_model(1), "m.cpp")
        before = source.read_bytes()
        own = self.directory / "own.cpp"
        own.write_text('#include "own.hpp"\nint main() {}\n')
        for header in ("m.hpp", "own.hpp"):
            done = cameo("generate", source, "-o", self.directory / header, "--split")
            self.assertEqual(done.returncode, 1)
            self.assertIn("was not generated for", done.stderr)
        self.assertEqual(source.read_bytes(), before)
        self.assertEqual(own.read_text(), '#include "own.hpp"\nint main() {}\n')
        for weight in (1, 2):  # its own it replaces
            self.assertEqual(
                cameo("generate", self.save(sum_model(weight)), "-o", self.directory / "new.hpp", "--split").returncode,
                0,
            )

    def test_two_outputs_of_one_name(self):
        source = self.save(sum_model(1))
        for depfile in (
            self.written / "net.hpp",
            self.written / "." / "net.hpp",
            self.directory / "written/../written/net.hpp",
        ):
            done = cameo("generate", source, "-o", self.written / "net.hpp", "--depfile", depfile)
            self.assertEqual(done.returncode, 1)
            self.assertIn("are one file, and two outputs", done.stderr)
            self.assertEqual(list(self.written.iterdir()), [])


class Places(OutputTest):
    def test_links_are_written_through(self):
        source, places = self.save(sum_model(1)), self.directory / "places"
        places.mkdir()
        (places / "old.hpp").write_text("old")
        os.chmod(places / "old.hpp", 0o640)
        for link, target in (
            ("to_old.hpp", "../places/old.hpp"),
            ("to_new.hpp", "../places/new.hpp"),
            ("to_link.hpp", "to_old.hpp"),
            ("absolute.hpp", places / "absolute.hpp"),
        ):
            path = self.written / link
            path.symlink_to(target)
            done = cameo("generate", source, "-o", path, "--name", link)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(path.is_symlink())
            self.assertIn(f"namespace {link.replace('.', '_')}::inline CAMEO_TARGET {{", path.resolve().read_text())
        self.assertEqual(stat.S_IMODE((places / "old.hpp").stat().st_mode), 0o640)
        self.assertEqual({path.name for path in places.iterdir()}, {"old.hpp", "new.hpp", "absolute.hpp"})

    def test_a_directory(self):
        source, commands, run = self.commands()
        before = self.content()
        for name, command in commands.items():
            done = cameo(*command, "-o", self.written)
            self.assertEqual(done.returncode, 1, name)
            self.assertIn("it is a directory", done.stderr)
        self.assertEqual(cameo(*run, source).returncode, 1)
        self.assertEqual(self.content(), before)

    def test_standard_output(self):
        source, commands, _ = self.commands()
        for name, command in commands.items():
            done = subprocess.run([CAMEO, *command, "-o", "-"], capture_output=True, cwd=self.written)
            if name in ("object", "split", "external"):
                self.assertEqual(done.returncode, 1, name)
                self.assertEqual(done.stdout, b"")
            else:
                self.assertEqual(done.returncode, 0, done.stderr)
                ending = {"report": "html", "simplify": "onnx"}.get(name, "hpp")
                self.assertEqual(
                    cameo(
                        *command,
                        "-o",
                        self.directory / f"model.{ending}" if ending != "onnx" else self.directory / "s.onnx",
                    ).returncode,
                    0,
                )
                self.assertEqual(
                    done.stdout,
                    (self.directory / ("s.onnx" if ending == "onnx" else f"model.{ending}")).read_bytes(),
                    name,
                )
                self.assertIn(b"wrote standard output", done.stderr)
            self.assertEqual(list(self.written.iterdir()), [])

    def test_large_weights_stay_in_a_header_without_a_name(self):
        large = self.save(
            model(
                [node("Add", ["x", "w"], ["y"])],
                [tensor("x", [600000])],
                [tensor("y", [600000])],
                [constant("w", np.ones(600000, np.float32))],
            )
        )
        pipe = self.written / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["wc", "-c", pipe], stdout=subprocess.DEVNULL):
            done = self.limited("generate", large, "-o", pipe)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([path.name for path in self.written.iterdir()], ["pipe"])
        self.assertIn("char blob::values[", cameo("generate", large, "-o", "-").stdout)

    def test_pipes_and_devices_are_written_to(self):
        source, pipe = self.save(sum_model(1)), self.written / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
            done = cameo("generate", source, "-o", pipe, "--name", "net")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("namespace net::inline CAMEO_TARGET {", reader.communicate(timeout=20)[0])
        self.assertTrue(stat.S_ISFIFO(pipe.stat().st_mode))
        self.assertEqual([path.name for path in self.written.iterdir()], ["pipe"])

    @unittest.skipUnless(AS_ROOT, "only root makes devices")
    def test_a_device_stays_one(self):
        source, device = self.save(sum_model(1)), self.device("null", 3)
        link = self.written / "link"
        link.symlink_to("null")
        for output in (device, link):
            for arguments in (
                ["generate", source, "-o", output],
                ["generate", source, "-o", self.directory / "net.hpp", "--depfile", output],
                ["report", source, "-o", output],
            ):
                done = cameo(*arguments)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(stat.S_ISCHR(device.stat().st_mode))
        self.assertEqual({path.name for path in self.written.iterdir()}, {"null", "link"})


class Full(OutputTest):
    """A disk that takes no more."""

    def limit(self):
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))

    def test_files(self):
        _, commands, run = self.commands()
        before = self.content()
        all_of_them = [[*command, "-o", self.written / "net.hpp"] for command in commands.values()] + [
            [*run, self.written / "new" / "directory"]
        ]
        for command in all_of_them:
            done = self.limited(*command, preexec_fn=self.limit)
            self.assertEqual(done.returncode, 1, command)
            self.assertRegex(done.stderr, r"cannot be written: the file would be larger")
            self.assertEqual(list(self.written.iterdir()), [])
            self.assertEqual(self.content(), before)

    def test_what_was_there_stays(self):
        source = self.save(sum_model(1))
        self.assertEqual(cameo("generate", source, "-o", self.written / "net.hpp", "--weights", "object").returncode, 0)
        before = self.content()
        other = self.save(sum_model(2), "other.onnx")
        done = self.limited(
            "generate", other, "-o", self.written / "net.hpp", "--weights", "object", preexec_fn=self.limit
        )
        self.assertEqual(done.returncode, 1)
        self.assertEqual({**self.content(), "other.onnx": b""}, {**before, "other.onnx": b""})

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_standard_output(self):
        jet = MODELS / "mlp_jet.onnx"
        printing = [
            ["--help"],
            ["generate", "--help"],
            ["--version"],
            ["inspect", jet],
            ["inspect", jet, "--json"],
            ["check", jet],
            ["check", jet, "--json"],
            ["generate", jet, "-o", "-"],
            ["report", jet, "-o", "-"],
            *(["generate", jet, "--dump", stage] for stage in ("model", "graph", "plan")),
        ]
        for arguments in printing:
            with self.subTest(arguments=arguments[:2]):
                with open("/dev/full", "wb") as full:
                    done = subprocess.run([CAMEO, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("standard output: cannot be written: no space is left", done.stderr)

    @unittest.skipUnless(AS_ROOT, "only root makes devices")
    def test_a_full_device(self):
        full = self.device("full", 7)
        done = cameo("generate", MODELS / "mlp_jet.onnx", "-o", full)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{full}: cannot be written: no space is left", done.stderr)

    def test_standard_output_that_is_closed(self):
        done = subprocess.run(
            ["sh", "-c", '"$0" "$@" >&-', CAMEO, "inspect", MODELS / "mlp_jet.onnx"], capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("standard output: cannot be written", done.stderr)


class Times(OutputTest):
    def test_what_stays_the_same_keeps_its_time(self):
        source, commands, run = self.commands()
        for name, command in commands.items():
            output = self.written / "net.hpp"
            told = [cameo(*command, "-o", output).stderr for _ in range(2)]
            times = {path: path.stat().st_mtime_ns for path in self.written.iterdir()}
            third = cameo(*command, "-o", output).stderr
            self.assertEqual({path: path.stat().st_mtime_ns for path in self.written.iterdir()}, times, name)
            self.assertEqual(told[0].count("unchanged"), 0, told[0])
            for path in times:
                self.assertIn(f"{path} ({path.stat().st_size} bytes)", told[0])
                self.assertIn(f"{path} ({path.stat().st_size} bytes, unchanged)", third)
                path.unlink()

    def test_a_stamp_is_always_new(self):
        source, stamp, output, depfile = (
            self.save(sum_model(1)),
            self.written / "stamp",
            self.written / "net.hpp",
            self.written / "net.d",
        )
        times = []
        for _ in range(2):
            self.assertEqual(
                cameo("generate", source, "-o", output, "--stamp", stamp, "--depfile", depfile).returncode, 0
            )
            times.append((stamp.stat().st_mtime_ns, output.stat().st_mtime_ns))
        self.assertLess(times[0][0], times[1][0])
        self.assertEqual(times[0][1], times[1][1])
        self.assertEqual(depfile.read_text(), f"{stamp}: {source}\n")

    def test_interrupts(self):
        """At any moment: all files or none, and nothing half done."""
        large = self.save(
            model(
                [node("Add", ["x", "w"], ["y"])],
                [tensor("x", [4000000])],
                [tensor("y", [4000000])],
                [constant("w", np.ones(4000000, np.float32))],
            )
        )
        command, names = (
            [CAMEO, "generate", large, "-o", self.written / "net.hpp", "--weights", "object"],
            {"net.hpp", "net.weights.S", "net.weights.bin"},
        )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for path in self.written.iterdir():
                path.unlink()
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
                while process.poll() is None and not os.listdir(self.written):
                    pass  # until it writes
                process.send_signal(number)
                process.wait(60)
            self.assertIn({path.name for path in self.written.iterdir()}, (set(), names))

    def test_processes_with_one_output(self):
        """Whichever is the last: all files are of one model, and nothing else is left."""
        sources = [self.save(sum_model(weight), f"{weight}.onnx") for weight in (1, 2)]
        for _ in range(3):
            running = [
                subprocess.Popen(
                    [CAMEO, "generate", sources[k % 2], "-o", self.written / "net.hpp", "--weights", "object"],
                    stderr=subprocess.PIPE,
                    text=True,
                )
                for k in range(8)
            ]
            for process in running:
                self.assertEqual(process.wait(60), 0, process.stderr.read())
                process.stderr.close()
            self.assertEqual(
                {path.name for path in self.written.iterdir()}, {"net.hpp", "net.weights.S", "net.weights.bin"}
            )
            symbols = {
                re.search(r"net_weights_(\w+)", (self.written / name).read_text())[1]
                for name in ("net.hpp", "net.weights.S")
            }
            self.assertEqual(symbols, {(self.written / "net.weights.bin").read_bytes()[:16].decode()})


if __name__ == "__main__":
    main()
