"""What a browser makes of the page of `report`: nothing in its console, nothing loaded, and views that answer the
mouse.

Exit status 77, which is "skipped" to ctest, without Chromium.
"""

import json
import sys

import browser
from support import MODELS, ROOT, GeneratorTest, cameo, main
from test_report import HOSTILE, hostile_model

DIGITS = ROOT / "examples" / "digits" / "digits.onnx"
VIEWS = ("graph", "memory", "bars", "table")

# Texts that reach beyond the card they stand on.
OUTSIDE = """[...document.querySelectorAll('.node')].flatMap(node => {
  const card = node.querySelector('.card').getBoundingClientRect();
  return [...node.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < card.left - 1 || box.right > card.right + 1 ||
      box.top < card.top - 1 || box.bottom > card.bottom + 1;
  }).map(text => text.textContent);
})"""


class Page(GeneratorTest):
    def open(self, source, *options, dark=False):
        path = self.written / "report.html"
        done = cameo("report", source, "-o", path, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = self.enterContext(browser.Browser(path.as_uri(), dark))
        self.addCleanup(self.assertEqual, page.complaints, [])
        self.addCleanup(self.assertEqual, page.requested, [path.as_uri()])
        return page

    def times(self, source):
        """A profile, as if it had been measured: a layer takes its step in microseconds."""
        inspected = json.loads(cameo("inspect", "--json", source).stdout)
        layers = [
            {"time_ns": 1e3 * layer["step"], "gflops": 2e-3 * layer["macs"] / layer["step"], **layer}
            for layer in inspected["layers"]
            if layer["nodes"]
        ]
        whole = sum(layer["time_ns"] for layer in layers)
        profile = {
            "digest": inspected["digest"],
            "network_ns": whole,
            "layers_ns": whole,
            "gflops": 1.5,
            "layers": [{"share": layer["time_ns"] / whole, **layer} for layer in layers],
        }
        return self.save(json.dumps(profile).encode(), "profile.json"), layers

    def details(self, page):
        return page.evaluate("document.querySelector('#details').innerText")

    def shown(self, page, view):
        page.click(f"[data-view={view}]")
        page.wait_for(f"document.querySelector('section.shown').id === '{view}'")

    def test_every_view_of_every_model(self):
        for source in [DIGITS, *sorted(MODELS.glob("*.onnx"))]:
            for dark in (False, True):
                with self.subTest(model=source.stem, dark=dark):
                    page = self.open(source, dark=dark)
                    layers = json.loads(cameo("inspect", "--json", source).stdout)["layers"]
                    self.assertGreaterEqual(
                        page.evaluate("document.querySelectorAll('.node').length"),
                        sum(bool(layer["nodes"]) for layer in layers),
                    )
                    self.assertEqual(page.evaluate(OUTSIDE), [])
                    self.shown(page, "memory")
                    self.assertEqual(
                        page.evaluate("document.querySelectorAll('.value').length"),
                        page.evaluate(
                            "JSON.parse(data.textContent).layers.filter(l => l.owner === l.step && l.bytes).length"
                        ),
                    )
                    self.shown(page, "bars")
                    self.assertEqual(
                        page.evaluate("document.querySelectorAll('.bar').length"),
                        sum(layer["weight_bytes"] > 0 for layer in layers),
                    )
                    self.shown(page, "table")
                    self.assertEqual(page.evaluate("document.querySelectorAll('tbody tr').length"), len(layers))

    def test_a_click_shows_the_layer(self):
        profile, layers = self.times(DIGITS)
        page = self.open(DIGITS, "--profile", profile)
        for layer in layers:
            page.click(f".node[data-step='{layer['step']}'] .operator")
            text = self.details(page)
            for expected in (
                layer["operator"],
                layer["name"],
                layer["result"],
                layer["storage"],
                layer["origins"],
                f"{layer['step']} µs",
                *layer["nodes"],
            ):
                self.assertIn(expected, text)
            if layer["macs"]:
                self.assertIn(f"{layer['macs']:,}", text)
                self.assertIn(f"{layer['parameters']:,}", text)
            self.assertEqual(
                page.evaluate("[...document.querySelectorAll('.node.chosen')].map(n => n.dataset.step)"),
                [str(layer["step"])],
            )

    def test_every_view_selects(self):
        profile, layers = self.times(DIGITS)
        page = self.open(DIGITS, "--profile", profile)
        (sought,) = [layer for layer in layers if layer["operator"] == "winograd"]
        for view, mark in (("memory", ".value"), ("bars", ".bar"), ("table", "tr")):
            self.shown(page, view)
            self.assertNotIn("winograd", self.details(page).split("\n")[0])
            page.click(f"#{view} {mark}[data-step='{sought['step']}']")
            self.assertEqual(self.details(page).split("\n")[:2], ["winograd", sought["name"]])
            page.click("#details .link")  # its operand
            self.assertEqual("conv", self.details(page).split("\n")[0])

    def test_the_table_sorts_and_finds(self):
        profile, layers = self.times(DIGITS)
        page = self.open(DIGITS, "--profile", profile)
        self.shown(page, "table")
        order = lambda: page.evaluate("[...document.querySelectorAll('tbody tr')].map(row => Number(row.dataset.step))")
        steps = order()
        self.assertEqual(steps, sorted(steps))
        titles = page.evaluate("[...document.querySelectorAll('th')].map(cell => cell.textContent)")
        page.click(f"th:nth-child({titles.index('Time') + 1})")
        self.assertEqual(
            [step for step in order() if step in {layer["step"] for layer in layers}],
            sorted((layer["step"] for layer in layers), reverse=True),
        )
        page.click("th:nth-child(1)")
        self.assertEqual(order(), steps)
        page.click("#table input")
        page.call("Input.insertText", text="gemm")
        self.assertEqual(order(), [layer["step"] for layer in layers if layer["operator"] == "gemm"])

    def test_the_graph_moves(self):
        page = self.open(DIGITS)
        where = lambda: page.evaluate("document.querySelector('#drawing > g').getAttribute('transform')")
        seen = [where()]
        for act in (
            lambda: page.wheel(480, 400, -300),
            lambda: page.drag((480, 700), (300, 600)),
            lambda: page.click("[data-zoom='0.714']"),
            lambda: page.click("[data-zoom='fit']"),
        ):
            act()
            page.wait_for(
                f"document.querySelector('#drawing > g').getAttribute('transform') !== {json.dumps(seen[-1])}"
            )
            self.assertNotIn("NaN", where())
            seen.append(where())

    def test_a_layer_selected_elsewhere_is_in_sight(self):
        page = self.open(MODELS / "wavenet_std_b64.onnx")
        self.shown(page, "table")
        page.click("tbody tr:last-child")
        self.shown(page, "graph")
        box, frame = (
            page.evaluate(f"document.querySelector('{what}').getBoundingClientRect().toJSON()")
            for what in (".node.chosen", "#drawing")
        )
        self.assertTrue(
            frame["top"] < box["top"]
            and box["bottom"] < frame["bottom"]
            and frame["left"] < box["left"]
            and box["right"] < frame["right"]
        )

    def test_long_names_end_with_the_card(self):
        page = self.open(self.save(hostile_model(["x" * 300, "/a" * 300])), "--no-fuse")
        self.assertEqual(page.evaluate("document.querySelectorAll('.node').length"), 4)
        self.assertEqual(page.evaluate(OUTSIDE), [])
        self.assertLessEqual(
            page.evaluate(
                "document.querySelector('#details').scrollWidth - document.querySelector('#details').clientWidth"
            ),
            0,
        )

    def test_texts_of_a_model_are_text(self):
        page = self.open(self.save(hostile_model()), "--no-fuse")
        self.assertEqual(
            page.evaluate("document.querySelectorAll('img, body script:not(#data):not([type=module]), iframe').length"),
            0,
        )
        nodes = page.evaluate("JSON.parse(data.textContent).layers.map(layer => layer.nodes).flat()")
        self.assertEqual(nodes, HOSTILE)
        for view in VIEWS:
            self.shown(page, view)
        for step, name in enumerate(HOSTILE, 1):
            page.evaluate(f"document.querySelector('tr[data-step=\"{step}\"]').click()")
            self.assertEqual(
                page.evaluate("[...document.querySelectorAll('#details li .name')].map(e => e.textContent)"), [name]
            )


if __name__ == "__main__":
    if not browser.PROGRAM:
        print("skipped: there is no Chromium (Debian has it as chromium-headless-shell)")
        sys.exit(77)
    main()
