"""Reads a piece of HTML as the tests of shipped texts need it."""

import html.parser
import re

#: What the editor offers and the cleaner leaves.
ALLOWED_ELEMENTS = frozenset({"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"})
#: Without `id`, which the cleaner leaves on headings only.
ALLOWED_ATTRIBUTES = frozenset({"href", "lang", "hreflang"})
LONGEST_PARAGRAPH = 120


class Outline(html.parser.HTMLParser):
    """The elements in their order, the attributes used, and the text of each paragraph and list item.

    `faults` names what is left open or closed in the wrong order.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.paragraphs: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self._open.append(tag)
        if tag in {"p", "li"}:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self._open and self.paragraphs:
            self.paragraphs[-1] += data

    @property
    def longest_paragraph(self) -> int:
        """In words."""
        return max((len(paragraph.split()) for paragraph in self.paragraphs), default=0)


def count_words(text: str) -> int:
    return len(re.sub(r"<[^>]+>", " ", text).split())
