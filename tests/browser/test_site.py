"""The site in a real browser: what a person reaches, at both widths, by keyboard, without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cordiale.project.site.publishing import publish

pytestmark = pytest.mark.needs_more("chromium", "the site is used as people use it (Debian: chromium)")

KINDS = {
    "landing": "index.html",
    "front": "en/index.html",
    "entity": "en/thing/university-of-cambridge.html",
    "person": "en/thing/stephen-cave.html",
    "timeline": "fr/thing/geraint-rees.html",
    "times": "fr/thing/camille-galap.html",
    "document": "en/document/seed-article/p4.html",
    "question": "en/question/ties.html",
    "term": "fr/term/tiedTo.html",
    "questions": "en/question/index.html",
    "things": "fr/thing/index.html",
    "sources": "en/document/index.html",
    "conflicts": "fr/conflict/index.html",
    "conflict": "en/conflict/single-valued/isambard-ai-launchedOn.html",
    "dispute": "fr/conflict/older-than-its-whole/dataia-institute-universite-paris-saclay.html",
    "disputed": "en/thing/isambard-ai.html",
    "terms": "en/term/index.html",
    "termes": "fr/term/index.html",
    "file": "en/file/data/leverhulme-cfi/",
}


@pytest.fixture(scope="session")
def site(project_root: Path) -> str:
    """The address of the site of the project's own graph, in the build folder; it is read from the disk."""
    folder = project_root / "build" / "browser" / "site"
    publish(project_root, folder, list[str]().append)
    return f"{folder.as_uri()}/"


@pytest.fixture(scope="session")
def shots(project_root: Path) -> Path:
    """The folder of the screenshots, to be looked at."""
    folder = project_root / "build" / "browser" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its sandbox needs another user than root, who runs these tests in containers."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=[1440, 390])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a wide and of a narrow window, on which nothing may be refused or fail."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda asked: complaints.append(asked.url) if asked.url[:5] != "file:" else None)
    yield opened
    context.close()
    assert complaints == []


def _address(site: str, kind: str) -> str:
    path = KINDS[kind]
    if path.endswith("/"):
        folder = Path(site.removeprefix("file://")) / path
        path += next(folder.glob("stephen-cave*.html")).name
    return site + path


def _follow_to_the_line(page: Page) -> None:
    """From the front page to why Stephen Cave is tied to Cambridge, and on to the line that says so."""
    page.get_by_role("link", name="Read in English").click()
    page.get_by_role(
        "link", name="Who is tied to this institution, and who only through a part of it?"
    ).click()
    page.locator("table.answer").get_by_role("link", name="Stephen Cave").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stephen Cave")
    fact = page.locator("li.fact[data-property$='#tiedTo'][data-value$='/university-of-cambridge>']")
    fact.locator("summary").click()
    expect(fact).to_contain_text("by the rule")
    fact.locator("a.place", has_text="leverhulme-cfi/stephen-cave.ttl").first.click()
    line = page.locator(":target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("role-cave-director-cfi")


def test_from_the_front_page_to_the_line(page: Page, site: str, shots: Path) -> None:
    """A person who asks why Stephen Cave is tied to Cambridge ends at the line of the file."""
    page.goto(_address(site, "landing"))
    _follow_to_the_line(page)
    page.screenshot(path=shots / f"line-{page.viewport_size and page.viewport_size['width']}.png")


def test_without_javascript(browser: Browser, site: str) -> None:
    """The same way works where scripts are off."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(_address(site, "landing"))
        _follow_to_the_line(page)


def test_by_keyboard_alone(page: Page, site: str) -> None:
    """Search, choice, proof and line are reached with the keys that every browser has."""
    page.goto(_address(site, "front"))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    while page.evaluate("document.activeElement.id") != "search":
        page.keyboard.press("Tab")
    page.keyboard.type("stéphen cave")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Stephen Cave")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stephen Cave")
    summary = "li.fact[data-property$='#tiedTo'][data-value$='/university-of-cambridge>'] summary"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement === document.querySelector(selector)", summary):
            break
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "stephen-cave.ttl" in page.locator(":focus").inner_text():
            break
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_search_with_many_answers_says_so(page: Page, site: str, shots: Path) -> None:
    """Of many names some are shown, with a word on how to see the others, and no two look the same."""
    page.goto(_address(site, "front"))
    page.locator("#search").fill("saclay")
    count = page.locator("#found-count")
    expect(count).to_contain_text("of which the first 12 are shown")
    expect(count).to_be_in_viewport(ratio=1)
    page.screenshot(path=shots / f"search-{page.viewport_size and page.viewport_size['width']}.png")
    for words in ("saclay", "academic", "director of", "université paris-saclay", "cambridge"):
        page.locator("#search").fill(words)
        shown = page.locator("#found li").all_inner_texts()
        assert len(shown) == len(set(shown))
        assert shown
    page.locator("#search").fill("stephen cave")
    expect(count).not_to_contain_text("first")


@pytest.mark.parametrize(
    ("language", "single", "unreadable"),
    [("en", "one cited document", "unreadable"), ("fr", "un seul document cité", "illisible")],
)
def test_paragraph_4_rests_on_one_unreadable_document(
    page: Page, site: str, language: str, single: str, unreadable: str
) -> None:
    """All nine claims of the paragraph cite one document, which nobody could read."""
    page.goto(f"{site}{language}/document/seed-article/p4.html")
    claims = page.locator("li.claim")
    expect(claims).to_have_count(9)
    for claim in claims.all():
        expect(claim.locator(".single")).to_have_text(single)
        expect(claim.locator(".access")).to_have_text(unreadable)


def test_the_other_language_is_a_link_away(page: Page, site: str) -> None:
    """Each page leads to the same in the other language."""
    page.goto(_address(site, "person"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Lire en français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_text("Faits", exact=True)).to_be_visible()


def test_a_disputed_value_leads_to_its_conflict(page: Page, site: str) -> None:
    """From the two days on the page of a thing to the conflict, and to the line of one side."""
    page.goto(_address(site, "disputed"))
    page.get_by_role("link", name="Isambard-AI · was launched on").click()
    expect(page.locator(".side")).to_have_count(2)
    page.locator(".side a.place").first.click()
    expect(page.locator(":target")).to_contain_text("launchedOn")


def test_a_fragment_leads_to_the_term(page: Page, site: str) -> None:
    """The fragment of a term's IRI is its place on the page of all terms."""
    page.goto(f"{_address(site, 'terms')}#University")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target h2")).to_have_text("university")


def test_printed_pages_have_the_facts_and_not_the_search(browser: Browser, site: str, shots: Path) -> None:
    """On paper there is ink on white, no menu, no search, and no word that opens what is not there."""
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(_address(site, "person"))
        page.emulate_media(media="print")
        for hidden in ("header.top nav", ".search", "details.why:not([open]) > summary"):
            assert not any(each.is_visible() for each in page.locator(hidden).all())
        expect(page.locator("li.fact").first).to_be_visible()
        colours = "getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(colours) == "rgb(0, 0, 0)rgb(255, 255, 255)"
        badges = (
            "[...document.querySelectorAll('.badge')].map(each => getComputedStyle(each).backgroundColor)"
        )
        assert set(page.evaluate(badges)) == {"rgba(0, 0, 0, 0)"}  # a dark theme has dark ones
        page.screenshot(path=shots / "printed.png")


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_its_window(page: Page, site: str, shots: Path, kind: str) -> None:
    """Wide tables and pictures move in their own frames; screenshots are kept, to be looked at."""
    page.goto(_address(site, kind))
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.screenshot(path=shots / f"{kind}-{size['width']}.png")


@pytest.mark.parametrize("kind", ["entity", "person", "timeline", "times", "disputed", "terms"])
def test_the_text_of_pictures_stays_inside(page: Page, site: str, kind: str) -> None:
    """No label runs out of its picture; where the window shows a part of one, that is said."""
    page.goto(_address(site, kind))
    assert page.locator("svg text").count() > 0
    outside = """[...document.querySelectorAll("svg text")].filter(each => {
        const [inner, outer] = [each.getBoundingClientRect(), each.ownerSVGElement.getBoundingClientRect()];
        return inner.left < outer.left - 1 || inner.right > outer.right + 1;
    }).map(each => each.textContent)"""
    assert page.evaluate(outside) == []
    for drawing in page.locator(".drawing").all():
        hint = drawing.locator("xpath=preceding-sibling::p[contains(@class, 'hint')]")
        assert hint.is_visible() == drawing.evaluate("each => each.scrollWidth > each.clientWidth")


@pytest.mark.parametrize("kind", ["question", "sources"])
def test_every_column_of_a_table_is_seen(page: Page, site: str, kind: str) -> None:
    """No cell of the first row lies beyond the frame; in a narrow window each tells what it is of."""
    page.goto(_address(site, kind))
    width = page.locator(".table").evaluate("each => each.getBoundingClientRect().right")
    for cell in page.locator("tbody tr").first.locator("td").all():
        if cell.inner_text():
            box = cell.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width + 1
            said = cell.evaluate("each => getComputedStyle(each, '::before').content")
            assert (said != "none") == (page.viewport_size == {"width": 390, "height": 900})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, site: str, kind: str, scheme: str) -> None:
    """No page kind breaks a rule of axe-core, with everything unfolded, in light and dark."""
    # The policy of the page would refuse the script that looks at it.
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(_address(site, kind))
        page.evaluate("document.querySelectorAll('details').forEach((each, at) => { each.open = at < 60 })")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
