"""The pictures of the workbench in README and Documentation/workbench.md: made with PICTURES=1, and refused when
what they show has changed."""
import hashlib
import os

import pytest
from playwright.sync_api import expect

from conftest import ROOT
from test_workbench_page import say, show, visitor, workbench  # noqa: F401

VIEWS = ["chat", "wire", "checks", "difference"]


def digest():
    """Of what the pictures show: the page's frame and its looks."""
    files = sorted(path for path in (ROOT / "Public" / "course").iterdir() if path.suffix in (".html", ".css"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def scene(tab, view):
    page = tab.page
    for name, nickname in (("A", "Ada"), ("B", "Grace")):
        frame = visitor(tab, name)
        frame.locator("#nickname").fill(nickname)
        frame.locator("#nickname").press("Enter")
        expect(frame.locator("#input")).to_be_enabled()
    say(tab, "Hello! Who is there?", "A")
    say(tab, "I am here, and I read every byte of yours.", "B")
    expect(visitor(tab, "A").locator("#messages")).to_contain_text("every byte")
    page.click(f"#tab-{view}")
    if view == "wire":
        page.locator("#wire-list li", has_text="I read every byte").first.click()
        expect(page.locator("#message")).to_be_visible()
    if view == "checks":
        page.locator("#checks-stage").select_option("6")
        page.click("#checks-run")
        expect(page.locator("#status-checks")).to_contain_text("failed", timeout=60_000)
        expect(page.locator("#checks-run")).to_have_text("Run the checks", timeout=60_000)
        page.locator("#check-6\\.1 summary").click()
        page.locator("#check-6\\.1").scroll_into_view_if_needed()
    page.mouse.move(0, 400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS[:3])
def test_the_pictures_show_the_workbench_as_it_is(show, view, scheme):  # noqa: F811
    picture = ROOT / "Documentation" / "pictures" / f"workbench-{view}-{scheme}.png"
    if os.environ.get("PICTURES"):
        tab = show("stage-5.html#stage-5-step-2", color_scheme=scheme, reduced_motion="reduce", device_scale_factor=1.5)
        scene(tab, view)
        tab.page.screenshot(path=picture, caret="initial")
        with open(picture, "ab") as file:
            file.write(f"\npage {digest()}\n".encode())
    assert picture.exists(), f"{picture.name} is missing: PICTURES=1 makes it"
    made_for = picture.read_bytes()[-17:-1].decode(errors="replace")
    assert made_for == digest(), f"{picture.name} shows an older workbench: PICTURES=1 makes it anew"
