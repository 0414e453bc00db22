"""Files as they come: where their tensors are, in which form and of which element type, what else they say, and which
versions of operators they mean."""

import os
import shutil
import subprocess
import time
import unittest

import numpy as np
import onnx
from onnx import TensorProto, helper
from support import CAMEO, FLOAT, GeneratorTest, cameo, constant, main, model, tensor

node = helper.make_node
WEIGHTS = np.array([0.0, 2.5, 0.0, -1.0, 0.0, 0.0], np.float32)


def sum_with(weight, shape=(2, 3), element=FLOAT, **options):
    """y = x + w."""
    return model(
        [node("Add", ["x", "w"], ["y"], name="sum")],
        [tensor("x", shape, element)],
        [tensor("y", shape, element)],
        [weight],
        **options,
    )


def sparse(values, indices, dims, name="w"):
    return onnx.SparseTensorProto(
        values=constant(name, values), indices=constant(f"{name} indices", indices), dims=dims
    )


class FilesTest(GeneratorTest):
    def run_model(self, source, *options, **inputs):
        """The outputs, by the operators' definitions."""
        for name, array in inputs.items():
            np.save(self.directory / f"{name}.npy", array)
        given = [f"--input={name}={self.directory / name}.npy" for name in inputs]
        done = cameo("run", source, *given, "--output-dir", self.directory, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return np.load(self.directory / "output_0.npy")

    def constant_of(self, weight, element=FLOAT, shape=(2, 3)):
        """What a weight becomes: x + w for a zero x."""
        source = weight if isinstance(weight, (onnx.ModelProto, bytes)) else sum_with(weight, shape, element)
        return self.run_model(self.save(source), x=np.zeros(shape, helper.tensor_dtype_to_np_dtype(element)))

    def weight(self, name, **entries):
        weight = TensorProto(name=name, data_type=FLOAT, dims=[2, 3], data_location=TensorProto.EXTERNAL)
        for key, value in entries.items():
            weight.external_data.add(key=key, value=str(value))
        return weight


class Sparse(FilesTest):
    def initializer(self, *parts):
        content = sum_with(constant("none", np.float32(0)))
        del content.graph.initializer[:]
        content.graph.sparse_initializer.append(sparse(*parts))
        return content

    def attribute(self, *parts):
        nodes = [
            node("Constant", [], ["w"], name="weights", sparse_value=sparse(*parts)),
            node("Add", ["x", "w"], ["y"]),
        ]
        return model(nodes, [tensor("x", [2, 3])], [tensor("y", [2, 3])])

    def test_linear_indices_and_coordinates(self):
        values = np.float32([2.5, -1.0])
        for make in (self.initializer, self.attribute):
            for indices in ([1, 3], [[0, 1], [1, 0]]):
                with self.subTest(make=make.__name__, indices=indices):
                    np.testing.assert_array_equal(
                        self.constant_of(make(values, np.int64(indices), [2, 3])), WEIGHTS.reshape(2, 3)
                    )

    def test_no_value_at_all(self):
        found = self.constant_of(self.initializer(np.zeros(0, np.float32), np.zeros(0, np.int64), [2, 3]))
        np.testing.assert_array_equal(found, np.zeros([2, 3]))

    def test_in_a_graph_of_a_node(self):
        branch = helper.make_graph(
            [node("Identity", ["w"], ["b"])],
            "branch",
            [],
            [tensor("b", [2, 3])],
            sparse_initializer=[sparse(np.ones(2, np.float32), np.int64([1, 9]), [2, 3])],
        )
        content = model(
            [node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)],
            [tensor("c", [], TensorProto.BOOL)],
            [tensor("y", [2, 3])],
        )
        self.assert_refused(self.save(content), "sparse tensor 'w': index 9 is not below 6")

    def test_what_does_not_fit(self):
        values = np.float32([2.5, -1.0])
        for parts, message in [
            ((values, np.int64([1, 6]), [2, 3]), "index 6 is not below 6"),
            ((values, np.int64([-1, 2]), [2, 3]), "index -1 is not below 6"),
            ((values, np.int64([[0, 3], [1, 0]]), [2, 3]), "index 3 is not below 3"),
            ((values, np.int64([3, 1]), [2, 3]), "must be ascending"),
            ((values, np.int64([1, 1]), [2, 3]), "must be ascending, each once"),
            ((values, np.int32([1, 3]), [2, 3]), "indices must be int64[n] or int64[n,2], found int32[2]"),
            ((values, np.int64([[1], [3]]), [2, 3]), "found int64[2,1]"),
            ((values, np.int64([1, 2, 3]), [2, 3]), "float32[2] values, and 3 indices"),
            ((values, np.int64([1, 3]), [2, -3]), "negative or too large"),
            ((values, np.int64([1, 3]), [1 << 20, 1 << 20]), "too large to be dense"),
            ((np.array(["a", "b"], object), np.int64([1, 3]), [2, 3]), "string is not supported"),
        ]:
            with self.subTest(message=message):
                self.assert_refused(self.save(self.initializer(*parts)), "model.onnx: ", "tensor 'w'", message)
        self.assert_refused(
            self.save(self.attribute(values, np.int64([1, 6]), [2, 3])), "sparse tensor 'w': index 6 is not below 6"
        )


class External(FilesTest):
    def assert_refused_in_little_memory(self, content, message):
        """Whatever the file says; of no content, the file that is there."""
        path = self.save(content) if content else self.directory / "model.onnx"
        with subprocess.Popen([CAMEO, "check", path], stdout=subprocess.PIPE, text=True) as process:
            said = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 1, said)
        self.assertIn(message, said)
        self.assertLess(usage.ru_maxrss, 1 << 20)  # kilobytes

    def test_beyond_four_gigabytes(self):
        place = (9 << 30) + 4
        with open(self.directory / "weights.bin", "wb") as file:  # a hole: no disk is used
            file.seek(place)
            file.write(WEIGHTS.tobytes() + bytes(5))
        content = sum_with(self.weight("w", location="weights.bin", offset=place, length=24))
        np.testing.assert_array_equal(self.constant_of(content), WEIGHTS.reshape(2, 3))
        np.testing.assert_array_equal(
            self.constant_of(sum_with(self.weight("w", location="weights.bin", offset=place))), WEIGHTS.reshape(2, 3)
        )
        for entries, found in [({"length": 8 << 30}, 8 << 30), ({"offset": place + 8, "length": 24}, 21)]:
            self.assert_refused_in_little_memory(
                sum_with(self.weight("w", location="weights.bin", **entries)),
                f"tensor 'w': needs 24 bytes, its external data are {found}",
            )

    def test_many_files(self):
        (self.directory / "parts").mkdir()
        names = [f"w{k}" for k in range(40)]
        for k, name in enumerate(names):
            (self.directory / "parts" / name).write_bytes((WEIGHTS * k).tobytes())
        nodes = [node("Sum", ["x", *names], ["y"])]
        source = self.save(
            model(
                nodes,
                [tensor("x", [2, 3])],
                [tensor("y", [2, 3])],
                [self.weight(name, location=f"parts/{name}") for name in names],
            )
        )
        np.testing.assert_array_equal(
            self.run_model(source, x=np.zeros([2, 3], np.float32)), WEIGHTS.reshape(2, 3) * 780
        )
        self.assert_depends_on(source, *(self.directory / "parts" / name for name in names))

    def assert_depends_on(self, source, *files):
        self.generate(source, "--depfile", self.written / "net.d")
        self.assertEqual(
            set((self.written / "net.d").read_text().split(":")[1].split()), {str(source), *map(str, files)}
        )

    def test_every_file_is_a_dependency(self):
        for name in "vi":
            (self.directory / f"{name}.bin").write_bytes(
                np.float32([2.5, -1]).tobytes() if name == "v" else np.int64([1, 3]).tobytes()
            )
        parts = sparse(np.float32([0, 0]), np.int64([0, 0]), [2, 3])
        for part, name in ((parts.values, "v"), (parts.indices, "i")):
            part.ClearField("raw_data")
            part.data_location = TensorProto.EXTERNAL
            part.external_data.add(key="location", value=f"{name}.bin")
        content = sum_with(constant("none", np.float32(0)))
        del content.graph.initializer[:]
        content.graph.sparse_initializer.append(parts)
        source = self.save(content)
        np.testing.assert_array_equal(self.run_model(source, x=np.zeros([2, 3], np.float32)), WEIGHTS.reshape(2, 3))
        self.assert_depends_on(source, self.directory / "v.bin", self.directory / "i.bin")

    def test_a_number_that_is_none(self):
        for text in ("12 ", "0x10", "-1", ""):
            self.assert_refused(
                self.save(sum_with(self.weight("w", location="model.onnx", offset=text))), "tensor 'w'", "is no number"
            )

    def test_a_model_file_is_below_two_gigabytes(self):
        source = self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3))))
        with open(source, "r+b") as file:
            file.truncate(3 << 30)
        self.assert_refused_in_little_memory(
            None,
            (
                f"model.onnx: has {3 << 30} bytes; a protobuf message has less than 2 GB: save the weights "
                "beside the model, as external data"
            ),
        )


class Links(FilesTest):
    """What the file names is read only where it is a regular file beside the model; links that lead elsewhere, only
    where the user asks."""

    def refuse(self, location, *messages, options=()):
        source = self.save(sum_with(self.weight("w", location=location)))
        x = self.directory / "x.npy"
        np.save(x, np.zeros([2, 3], np.float32))
        for command in (
            ["generate", source, "-o", self.written / "net.hpp"],
            ["check", source],
            ["simplify", source, "-o", self.written / "s.onnx"],
            ["run", source, "--input", f"x={x}", "--output-dir", self.written],
        ):
            done = cameo(*command, *options)
            self.assertEqual(done.returncode, 1, command)
            for message in ("tensor 'w': external data file", *messages):
                self.assertIn(message, done.stdout + done.stderr)
            self.assertNotIn("filesystem error", done.stdout + done.stderr)
        self.assertEqual(list(self.written.iterdir()), [])

    def test_no_regular_files(self):
        os.mkfifo(self.directory / "pipe")
        (self.directory / "folder").mkdir()
        (self.directory / "zero").symlink_to("/dev/zero")
        self.refuse("pipe", "it is a pipe, and no regular file")
        self.refuse("folder", "it is a directory, and no regular file")
        self.refuse("zero", "--follow-links")
        self.refuse("pipe", "it is a pipe", options=["--follow-links"])
        self.refuse("zero", "it is a device, and no regular file", options=["--follow-links"])

    def test_what_cannot_be_opened(self):
        for name, target in (("circle", "circle"), ("a", "b"), ("b", "a"), ("nowhere", "missing")):
            (self.directory / name).symlink_to(target)
        for options in ([], ["--follow-links"]):
            for location, why in (
                ("missing", "there is no such file"),
                ("circle", "its symbolic links lead in a circle"),
                ("a", "lead in a circle"),
                ("nowhere", "there is no such file"),
                ("n" * 300, "its name is too long"),
                ("d/" * 3000 + "w", ""),
                ("model.onnx/w", "a part of its path is no directory"),
            ):
                with self.subTest(location[:20], options=options):
                    self.refuse(location, "cannot be opened: ", why, options=options)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        self.save(WEIGHTS.tobytes(), "secret").chmod(0)
        self.refuse("secret", "permission is denied")

    def test_links(self):
        """A cache of downloads: names that lead to files elsewhere."""
        blobs, weights = self.directory.parent / (self.directory.name + "_blobs"), WEIGHTS.reshape(2, 3)
        blobs.mkdir()
        self.addCleanup(shutil.rmtree, blobs)
        (blobs / "1f").write_bytes(WEIGHTS.tobytes())
        (self.directory / "out").symlink_to(blobs / "1f")
        (self.directory / "relative").symlink_to(f"../{blobs.name}/1f")
        (self.directory / "folder").symlink_to(blobs)
        (self.directory / "own").write_bytes(WEIGHTS.tobytes())
        (self.directory / "inside").symlink_to("own")
        (self.directory / "twice").write_bytes(WEIGHTS.tobytes())
        os.link(self.directory / "twice", self.directory / "hard")
        for location, what in (
            ("out", "a link out of the model's directory"),
            ("relative", "a link out of"),
            ("folder/1f", "a link out of"),
            ("hard", "a file of several names (hard links)"),
            ("twice", "hard links"),
        ):
            with self.subTest(location):
                self.refuse(location, what, "--follow-links reads it")
                source = self.save(sum_with(self.weight("w", location=location)))
                np.testing.assert_array_equal(
                    self.run_model(source, "--follow-links", x=np.zeros([2, 3], np.float32)), weights
                )
        np.testing.assert_array_equal(self.constant_of(sum_with(self.weight("w", location="inside"))), weights)
        self.refuse(f"../{blobs.name}/1f", "is not inside the model's directory", options=["--follow-links"])

    def test_a_model_that_is_a_link(self):
        """As the command line names it: its directory is where the link is."""
        (self.directory / "w.bin").write_bytes(WEIGHTS.tobytes())
        (self.directory / "blobs").mkdir()
        self.save(sum_with(self.weight("w", location="w.bin")), "blobs/5e")
        (self.directory / "model.onnx").symlink_to("blobs/5e")
        np.testing.assert_array_equal(
            self.run_model(self.directory / "model.onnx", x=np.zeros([2, 3], np.float32)), WEIGHTS.reshape(2, 3)
        )


class Paths(FilesTest):
    """Whatever a path on the command line is: a message in words, at once."""

    def bad(self):
        d = self.directory
        os.mkfifo(d / "pipe")
        (d / "folder").mkdir()
        (d / "circle").symlink_to("circle")
        return {
            "it is a pipe": d / "pipe",
            "directory": d / "folder",
            "in a circle": d / "circle",
            "too long": d / ("n" * 300),
            "no such file": d / "missing",
            "no directory": d / "model.onnx" / "x",
        }

    def test_what_is_read(self):
        source = self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3))))
        for why, path in self.bad().items():
            for arguments in (
                ["check", path],
                ["inspect", path],
                ["check", source, "--constant", f"x={path}"],
                ["run", source, "--input", f"x={path}", "--output-dir", self.written],
                ["simplify", path, "-o", self.written / "s.onnx"],
                ["generate", source, "--tuning", path, "-o", self.written / "net.hpp"],
                ["report", source, "--profile", path, "-o", self.written / "r.html"],
                ["generate", source, "--weights-from", path, "-o", self.written / "net.hpp"],
            ):
                with self.subTest(why, arguments=[str(a)[-20:] for a in arguments]):
                    done = cameo(*arguments)
                    if "--weights-from" in arguments and path.name == "folder":
                        self.assertEqual(done.returncode, 0)
                        (self.written / "net.hpp").unlink()
                        continue
                    self.assertNotEqual(done.returncode, 0)
                    self.assertNotRegex(done.stdout + done.stderr, "filesystem error|terminate|std::")
                    if done.returncode == 1:
                        self.assertIn(why, done.stdout + done.stderr)
                    self.assertEqual(list(self.written.iterdir()), [])

    def test_what_is_written(self):
        source, x = self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3)))), self.directory / "x.npy"
        np.save(x, np.zeros([2, 3], np.float32))
        before = None
        for why, path in self.bad().items():
            before = before or sorted(self.directory.rglob("*"))
            if path.name in ("pipe", "missing"):
                continue
            for arguments in (
                ["generate", source, "-o", path],
                ["generate", source, "-o", path / "net.hpp"],
                ["generate", source, "-o", self.written / "net.hpp", "--depfile", path],
                ["report", source, "-o", path],
                ["simplify", source, "-o", path],
                ["run", source, "--input", f"x={x}", "--output-dir", path],
            ):
                if path.name == "folder" and arguments[-1] != path or arguments[0] == "run" and path.name == "folder":
                    continue
                with self.subTest(why, arguments=[str(a)[-20:] for a in arguments]):
                    done = cameo(*arguments)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertIn(why, done.stderr)
                    self.assertNotIn("filesystem error", done.stderr)
                    self.assertEqual(sorted(self.directory.rglob("*")), before)

    def test_temporary_files(self):
        done = cameo(
            "verify",
            self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3)))),
            env={**os.environ, "TMPDIR": "/nowhere/at/all"},
        )
        self.assertEqual((done.returncode, "TMPDIR, cannot be used: " in done.stderr), (1, True), done.stderr)

    def test_pipes_of_the_shell(self):
        source = self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3))))
        done = subprocess.run([CAMEO, "check", "/dev/stdin"], input=source.read_bytes(), capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout)


class Depfiles(FilesTest):
    NAMES = [
        "plain.bin",
        "two words.bin",
        "hash#.bin",
        "colon:.bin",
        "a: %.bin",
        "per%cent.bin",
        "dollar$HOME.bin",
        "$(shell touch ran).bin",
        "x=y.bin",
        "CC=touch ran.bin",
        "tilde~",
        "par(en).bin",
        "amp&.bin",
        "größe.bin",
        "quo'te\".bin",
        "-n",
        "export",
        "ques?tion",
        "a,b",
        "!x",
        "@y",
        "+z",
        "[1].bin",
    ]
    NOT_OF_OLD_NINJAS = ["amp&.bin", "quo'te\".bin", "ques?tion"]  # before 1.12 or so
    REFUSED_IN_DEPFILES = ["semi;touch ran", "`touch ran`", "a|b", "star*", "<a>", "a^b", "back\\slash", "end\\"]

    def setUp(self):
        super().setUp()
        for name in self.NAMES:
            (self.directory / name).write_bytes(WEIGHTS.tobytes())
        parts = [self.weight(f"w{k}", location=name) for k, name in enumerate(self.NAMES)]
        self.save(
            model(
                [node("Sum", ["x", *(p.name for p in parts)], ["y"])],
                [tensor("x", [2, 3])],
                [tensor("y", [2, 3])],
                parts,
            )
        )
        done = cameo("generate", "model.onnx", "-o", "net.hpp", "--depfile", "net.d", cwd=self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)

    @unittest.skipUnless(shutil.which("make"), "needs make")
    def test_make_reads_the_names(self):
        """It runs when one of them changes, and only then."""
        (self.directory / "Makefile").write_text("net.hpp:\n\t@echo made\ninclude net.d\n")
        now = time.time()

        def out_of_date(newer=None):
            for path in self.directory.iterdir():
                os.utime(path, (now - 100, now - 100))
            os.utime(self.directory / "net.hpp", (now - 50, now - 50))
            if newer:
                os.utime(self.directory / newer, (now - 10, now - 10))
            done = subprocess.run(["make", "-r", "-s", "net.hpp"], cwd=self.directory, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            return "made" in done.stdout

        self.assertFalse(out_of_date())
        for name in ["model.onnx", *self.NAMES]:
            with self.subTest(name):
                self.assertTrue(out_of_date(name))
        self.assertFalse((self.directory / "ran").exists())

    @unittest.skipUnless(shutil.which("ninja"), "needs ninja")
    def test_ninja_reads_the_names(self):
        (self.directory / "kept.d").write_bytes((self.directory / "net.d").read_bytes())
        (self.directory / "build.ninja").write_text(
            "rule r\n  command = cp kept.d net.d\n  depfile = net.d\n  deps = gcc\nbuild net.hpp: r\n"
        )
        subprocess.run(["ninja"], cwd=self.directory, capture_output=True, check=True)
        told = subprocess.run(
            ["ninja", "-t", "deps", "net.hpp"], cwd=self.directory, capture_output=True, text=True, check=True
        ).stdout
        found, wanted = {line[4:] for line in told.splitlines() if line.startswith("    ")}, {"model.onnx", *self.NAMES}
        self.assertLessEqual(wanted - found, set(self.NOT_OF_OLD_NINJAS))

    def test_names_that_are_refused(self):
        for name in self.REFUSED_IN_DEPFILES:
            (self.directory / name).write_bytes(WEIGHTS.tobytes())
            self.assert_refused(
                self.save(sum_with(self.weight("w", location=name))),
                "make and Ninja cannot both read",
                options=["--depfile", self.written / "net.d"],
            )
            self.generate(self.directory / "model.onnx").unlink()

    def test_control_characters(self):
        for name in ("a\nall: ; touch ran", "tab\t.bin", "return\r.bin", "\x1b[2J", "delete\x7f"):
            (self.directory / name).write_bytes(WEIGHTS.tobytes())
            source = self.save(sum_with(self.weight("w", location=name)))
            self.assert_refused(source, "tensor 'w': external data location", "has control characters", "\\x")
            self.assertEqual(cameo("check", source).returncode, 1)
        source = self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3))), "new\nline.onnx")
        self.assert_refused(source, "make and Ninja cannot both read", options=["--depfile", self.written / "net.d"])


class Elements(FilesTest):
    NUMBERS = [0, 1, 2, 100, 5, 127]

    def test_raw_and_typed_fields(self):
        fields = {
            TensorProto.FLOAT: "float_data",
            TensorProto.DOUBLE: "double_data",
            TensorProto.INT64: "int64_data",
            TensorProto.INT32: "int32_data",
            TensorProto.UINT8: "int32_data",
            TensorProto.INT8: "int32_data",
        }
        for element, field in fields.items():
            wanted = np.array(self.NUMBERS, helper.tensor_dtype_to_np_dtype(element)).reshape(2, 3)
            typed = TensorProto(name="w", data_type=element, dims=[2, 3], **{field: self.NUMBERS})
            with self.subTest(element=TensorProto.DataType.Name(element)):
                np.testing.assert_array_equal(self.constant_of(constant("w", wanted), element), wanted)
                np.testing.assert_array_equal(self.constant_of(typed, element), wanted)

    def test_bool(self):
        for weight in (
            constant("w", np.array([[True], [False]])),
            TensorProto(name="w", data_type=TensorProto.BOOL, dims=[2, 1], int32_data=[1, 0]),
        ):
            content = model(
                [node("Where", ["w", "x", "v"], ["y"])],
                [tensor("x", [2, 2])],
                [tensor("y", [2, 2])],
                [weight, constant("v", np.float32(7))],
            )
            np.testing.assert_array_equal(
                self.run_model(self.save(content), x=np.zeros([2, 2], np.float32)), [[0, 0], [7, 7]]
            )

    def test_entries_that_do_not_fit(self):
        for element, entry in (
            (TensorProto.UINT8, 256),
            (TensorProto.UINT8, -1),
            (TensorProto.INT8, 128),
            (TensorProto.UINT16, 65536),
            (TensorProto.UINT16, -1),
            (TensorProto.FLOAT16, 65536),
            (TensorProto.BFLOAT16, -1),
        ):
            weight = TensorProto(name="w", data_type=element, dims=[1], int32_data=[entry])
            kind = TensorProto.DataType.Name(element).lower()
            content = model(
                [node("Cast", ["w"], ["v"], to=FLOAT), node("Add", ["x", "v"], ["y"])],
                [tensor("x", [1])],
                [tensor("y", [1])],
                [weight],
            )
            self.assert_refused(self.save(content), f"tensor 'w': {entry} is no {kind}")

    def test_what_is_refused(self):
        for element in ("COMPLEX64", "COMPLEX128", "STRING"):
            weight = TensorProto(name="w", data_type=TensorProto.DataType.Value(element), dims=[0])
            self.assert_refused(self.save(sum_with(weight)), f"tensor 'w': {element.lower()} is not supported")


class Metadata(FilesTest):
    TEXTS = {
        "classes": '["cat", "dog"]',
        "": "",
        'quote " and \\ and ??/': "}; int x = 1; //\n/* \t",
        "unicode ä": "日本",
        "licence": "a" * 5000,
    }

    def content(self):
        content = sum_with(constant("w", WEIGHTS.reshape(2, 3)))
        for key, value in self.TEXTS.items():
            content.metadata_props.add(key=key, value=value)
        content.metadata_props.add(key="zero", value="a\0b")
        return content

    def test_a_constant_of_the_model(self):
        source = self.save(self.content())
        # Each byte by its number: the test does not rely on how they are written.
        bytes_of = lambda text: "{" + ", ".join(str(byte) for byte in text.encode()) + "}"
        pairs = [*self.TEXTS.items(), ("zero", "a\0b")]
        program = (
            '#include "tested.hpp"\n#include <vector>\nbool is(std::string_view text, std::vector<int> bytes)\n{\n'
            "    const auto same = [](char c, int byte) { return static_cast<unsigned char>(c) == byte; };\n"
            "    return std::equal(text.begin(), text.end(), bytes.begin(), bytes.end(), same);\n}\n"
            "int main()\n{\n    const auto& all = tested::model::metadata;\n"
            f"    static_assert(std::size(tested::model::metadata) == {len(pairs)});\n    int wrong = 0;\n"
        )
        program += (
            "".join(
                f"    wrong += !is(all[{k}].first, {bytes_of(key)}) + !is(all[{k}].second, {bytes_of(value)});\n"
                for k, (key, value) in enumerate(pairs)
            )
            + "    return wrong;\n}\n"
        )
        path = self.save(program.encode(), "program.cpp")
        for option in ([], ["--split"]):
            header = self.generate(source, *option)
            self.assert_compiles(
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-I",
                self.written,
                path,
                *self.written.glob("tested.cpp"),
                "-o",
                self.directory / "program",
            )
            self.assertEqual(subprocess.run([self.directory / "program"]).returncode, 0)
            self.assert_header_compiles(header)

    def test_nothing_without_any(self):
        self.assertNotIn(
            "metadata", self.generate(self.save(sum_with(constant("w", WEIGHTS.reshape(2, 3))))).read_text()
        )


class OperatorSets(FilesTest):
    def content(self, *imports, domain=""):
        content = model(
            [node("Relu", ["x"], ["y"], name="relu", domain=domain)], [tensor("x", [2])], [tensor("y", [2])]
        )
        del content.opset_import[:]
        content.opset_import.extend(helper.make_opsetid(*each) for each in imports)
        return self.save(content)

    def test_others_that_nobody_uses(self):
        for imports in (
            [("", 17), ("ai.onnx.ml", 3)],
            [("ai.onnx.ml", 3), ("", 17), ("com.microsoft", 1)],
            [("ai.onnx", 17)],
            [("", 17), ("ai.onnx", 17)],
        ):
            self.generate(self.content(*imports))
        self.generate(self.content(("", 17), domain="ai.onnx"))

    def test_one_domain_twice(self):
        for imports in ([("", 13), ("", 17)], [("ai.onnx", 13), ("", 17)]):
            self.assert_refused(
                self.content(*imports), "opset_import has domain 'ai.onnx' twice, in versions 13 and 17"
            )

    def test_a_domain_that_is_not_there(self):
        self.assert_refused(
            self.content(("ai.onnx.ml", 3)), "node 'relu' (Relu) is of domain 'ai.onnx', which is not in opset_import"
        )
        self.assert_refused(
            self.content(("", 17), domain="my.domain"),
            "node 'relu' (Relu) is of domain 'my.domain', which is not in opset_import",
        )

    def test_in_graphs_of_nodes(self):
        branch = helper.make_graph(
            [node("Inner", [], ["b"], name="inner", domain="other")], "branch", [], [tensor("b", [2])]
        )
        content = model(
            [node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)],
            [tensor("c", [], TensorProto.BOOL)],
            [tensor("y", [2])],
        )
        self.assert_refused(
            self.save(content), "node 'inner' (Inner) is of domain 'other', which is not in opset_import"
        )

    def test_of_functions(self):
        content = sum_with(constant("w", np.float32([1, 2])), [2])
        content.functions.append(
            helper.make_function(
                "own",
                "F",
                ["x"],
                ["y"],
                [node("G", ["x"], ["y"], name="inner", domain="other")],
                [helper.make_opsetid("", 17)],
            )
        )
        self.assert_refused(self.save(content), "node 'inner' (G) is of domain 'other', which is not in opset_import")


if __name__ == "__main__":
    main()
