"""The course as a static site, read from the disk in Chromium: in light and dark, wide and narrow."""
import pathlib
import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import BIN, ROOT, daily

COURSE = BIN / "course"
WIDE = {"viewport": {"width": 1280, "height": 800}}
NARROW = {"viewport": {"width": 390, "height": 844}}
# Linked articles are found by the test below; the chapters are known.
CHAPTERS = ["index", *[f"stage-{number}" for number in range(1, 9)], "what-comes-next", "more",
            *[f"stage-{number}" for number in range(9, 13)], "and-now"]
ARTICLES = ["how-it-works", "readme", "bare-websocket", "javascript-to-swift", "troubleshooting", "glossary",
            "simplifications", "scaling", "workbench"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The exported site, made by a command in another folder."""
    folder = tmp_path_factory.mktemp("export") / "course"
    result = subprocess.run([str(COURSE), "--export", str(folder)], cwd=folder.parent, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert re.search(r"16 pages of the tutorial, \d+ articles, \d+ pictures", result.stdout)
    return folder


def address(site, name):
    return (site / f"{name}.html").as_uri()


def test_the_site_has_these_pages(site):
    assert sorted(path.stem for path in site.glob("*.html")) == sorted(CHAPTERS + ARTICLES)


@pytest.mark.parametrize("name", daily(CHAPTERS + ARTICLES, ["index", "stage-5", "stage-10", "glossary", "scaling"]))
@pytest.mark.parametrize("scheme", daily(["light", "dark"], ["light"]))
def test_a_page_is_accessible_and_fits(site, open_tab, name, scheme):
    tab = open_tab(address(site, name), color_scheme=scheme, **WIDE)
    for size in (WIDE, NARROW):
        tab.page.set_viewport_size(size["viewport"])
        tab.run("document.querySelectorAll('details').forEach((answer) => answer.open = true)")
        # Without a copy of the style sheet, which the page's policy forbids.
        results = Axe().run(tab.page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()
        assert tab.run("return document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
        assert tab.run("""
            return [...document.images].filter((image) => image.checkVisibility() && image.naturalWidth === 0)
                .map((image) => image.currentSrc);
        """) == []


@pytest.mark.parametrize("name", CHAPTERS + ARTICLES)
def test_a_page_needs_no_script(site, open_tab, name):
    tab = open_tab(address(site, name), java_script_enabled=False, **WIDE)
    html = pathlib.Path(site / f"{name}.html").read_text()
    prose = re.sub(r"<pre.*?</pre>|<code.*?</code>", "", html, flags=re.S)
    assert "<script" not in prose and " style=" not in prose and not re.search(r"<[^>]* on\w+=", prose)
    assert tab.page.title().endswith("Real-time Swift")
    assert tab.page.locator("main h1").count() == 1
    assert tab.page.locator("nav[aria-label=Contents] a[aria-current=page]").count() == 1
    assert tab.page.locator("nav a[rel=prev], nav a[rel=next]").count() == (
        0 if name in ARTICLES else 1 if name in (CHAPTERS[0], CHAPTERS[-1]) else 2)


def test_the_way_through_the_course_is_one_click_a_page(site, open_tab):
    tab = open_tab(address(site, "index"), **WIDE)
    for name in CHAPTERS[1:]:
        tab.page.click("a[rel=next]")
        assert tab.page.url == address(site, name)
    tab.page.click("a[rel=prev]")
    assert tab.page.url == address(site, CHAPTERS[-2])


def test_a_step_has_an_address(site, open_tab):
    tab = open_tab(address(site, "stage-5") + "#stage-5-step-4", **WIDE)
    box = tab.page.locator("#stage-5-step-4").bounding_box()
    assert 0 <= box["y"] < 200
    tab.page.click("nav.contents a[href='#stage-5-step-1']")
    assert tab.page.url.endswith("#stage-5-step-1")


def test_the_keyboard_skips_the_list_of_contents(site, open_tab):
    tab = open_tab(address(site, "stage-3"), **WIDE)
    tab.page.keyboard.press("Tab")
    assert tab.run("return document.activeElement.textContent") == "Skip to the text"
    tab.page.keyboard.press("Enter")
    assert tab.page.url.endswith("#text")
    tab.page.keyboard.press("Tab")
    assert tab.run("return document.querySelector('main').contains(document.activeElement)")


def test_a_narrow_window_has_the_text_first_and_the_contents_one_click_away(site, open_tab):
    tab = open_tab(address(site, "stage-3"), **NARROW)
    assert tab.page.locator("h1").bounding_box()["y"] < 300
    tab.page.click("text=Contents")
    assert tab.page.locator("nav.contents").bounding_box()["y"] < 844


def test_charts_are_text_in_both_schemes(site, open_tab):
    colours = set()
    for scheme in ("light", "dark"):
        tab = open_tab(address(site, "stage-5"), color_scheme=scheme, **WIDE)
        chart = tab.page.locator(".chart svg").first
        assert "421[\"chat message\",\"hello\"]" in chart.text_content()
        colours.add(tab.run("return getComputedStyle(document.querySelector('.chart text')).fill"))
        inside = tab.run("""
            return [...document.querySelectorAll(".chart text")].filter((text) => {
                const [own, all] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
                return own.left < all.left || own.right > all.right;
            }).map((text) => text.textContent);
        """)
        assert inside == []
    assert len(colours) == 2


@pytest.mark.parametrize("words, status, said", [
    (["--export"], 3, "--export needs a folder"),
    (["--export", "course", "--port", "1"], 3, "--export goes with no other option"),
    (["--port", "x"], 3, '--port needs a number from 0 to 65535, not "x"'),
    (["--command"], 3, "--command needs a command"),
    (["--open"], 3, '"--open" is no option'),
    (["--export", str(ROOT)], 1, "holds other things"),
    (["--export", str(ROOT / "README.md")], 1, "is a file"),
    (["--help"], 0, ""),
])
def test_a_wrong_command_is_explained(words, status, said):
    result = subprocess.run([str(COURSE), *words], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == status
    assert said in result.stderr
    assert "swift run course [options]" in result.stdout + result.stderr or status == 1
