"""README.md and docs: docs/cli.md says what `--help` says, links lead somewhere, and lines of text fit into 120
columns."""

import re

import reference_pages
from support import ROOT, GeneratorTest, main

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES += sorted((ROOT / "examples").glob("*/README.md"))
FENCE = re.compile(r"^ *```")


def text_lines(page):
    """Lines of a page with their numbers, those of code blocks left out."""
    inside = False
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield number, line


def anchors(page):
    """The names of a page's headings, as GitHub makes them."""
    for _, line in text_lines(page):
        if heading := re.match(r"#+ +(.*)", line):
            yield re.sub(r"[^\w\- ]", "", heading[1].lower()).replace(" ", "-")


class Docs(GeneratorTest):
    def test_cli_page_says_what_help_says(self):
        self.assertEqual(
            reference_pages.letters(reference_pages.CLI.read_text()),
            reference_pages.letters(reference_pages.cli_page()),
            "run tests/generator/reference_pages.py",
        )

    def test_readme_is_short(self):
        self.assertLessEqual(len((ROOT / "README.md").read_text().splitlines()), 120)

    def test_links_lead_somewhere(self):
        for page in PAGES:
            for number, line in text_lines(page):
                for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
                    with self.subTest(page=page.name, line=number, target=target):
                        self.assert_leads_somewhere(page, target)

    def assert_leads_somewhere(self, page, target):
        if "://" in target:
            return
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        self.assertTrue(file.exists(), f"there is no {file}")
        self.assertTrue(file.is_relative_to(ROOT))
        if anchor:
            self.assertIn(anchor, list(anchors(file)))

    def test_lines_fit(self):
        """Tables, and code that is indented, may be wider."""
        for page in PAGES:
            for number, line in text_lines(page):
                if not line.startswith(("|", "    ")):
                    self.assertLessEqual(len(line), 120, f"{page.name}:{number}")


if __name__ == "__main__":
    main()
