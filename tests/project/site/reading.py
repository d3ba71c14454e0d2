"""The pages of a site as tests read them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["Page", "broken_links", "pages"]


class Page(HTMLParser):
    """The elements of a page: each its name and attributes; and the text of the page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def having(self, attribute: str) -> Iterator[dict[str, str | None]]:
        """The attributes of the elements that have one."""
        return (attributes for _, attributes in self.elements if attribute in attributes)

    @property
    def ids(self) -> set[str | None]:
        """The fragments that a link can lead to."""
        return {each["id"] for each in self.having("id")}


def pages(site: Path) -> dict[Path, Page]:
    """The pages of a site, by path."""
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def broken_links(site: Path) -> list[str]:
    """The links of a site that lead to no file of it, or to no element of that."""
    read = pages(site)
    broken = []
    for path, page in read.items():
        for each in (*page.having("href"), *page.having("src")):
            link = urlsplit(each.get("href") or each.get("src") or "")
            if link.scheme or link.netloc:
                continue
            if not (link.path or link.fragment):
                broken.append(f"{path.relative_to(site)}: an empty link")
            to = (path.parent / unquote(link.path)).resolve() if link.path else path
            if not to.is_file() or (link.fragment and to in read and link.fragment not in read[to].ids):
                broken.append(f"{path.relative_to(site)}: {each}")
    return broken
