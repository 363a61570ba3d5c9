"""Reads HTML in tests: every element with its attributes."""

from html.parser import HTMLParser

__all__ = ["Element", "elements"]

Element = tuple[str, dict[str, str]]


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(page: str) -> list[Element]:
    """Every opening tag in order."""
    collector = _Collector()
    collector.feed(page)
    return collector.found
