"""The same model and options give the same bytes: run after run, wherever the files are, whatever the language of the
system."""

import os
import shutil

from support import MODELS, GeneratorTest, cameo, main


class Determinism(GeneratorTest):
    def written_by(self, source, place, form, environment):
        place.mkdir(parents=True)
        done = cameo(
            "generate",
            source,
            "-o",
            place / "net.hpp",
            "--name",
            "net",
            "--weights",
            form,
            env={**os.environ, **environment},
            cwd=place,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return {path.name: path.read_bytes() for path in place.iterdir()}

    def test_same_bytes(self):
        for source in sorted(MODELS.glob("*.onnx")):
            for form in ("inline", "string", "object", "file"):
                with self.subTest(model=source.name, weights=form):
                    place = self.directory / source.stem / form
                    moved = self.directory / f"{source.stem} {form}" / source.name
                    moved.parent.mkdir()
                    shutil.copyfile(source, moved)
                    first = self.written_by(source, place / "first", form, {})
                    self.assertEqual(
                        first,
                        self.written_by(source, place / "second", form, {"LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}),
                    )
                    self.assertEqual(
                        first, self.written_by(moved, place / "third", form, {"LC_ALL": "C", "HOME": "/nowhere"})
                    )


if __name__ == "__main__":
    main()
