"""The policy of a page in a real browser: its own scripts and styles run, however the file was saved, and
Chromium has nothing to complain about. Which elements get a hash: EngineTests/InlineElementsTests.swift."""
import base64
import hashlib
import re
import urllib.request

import pytest

from conftest import PATIENCE

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<style>
#shown {
  color: rgb(1, 2, 3);
}
</style>
</head>
<body>
<p id="shown">text</p>
"""
SCRIPT = """<script>
window.ran = (window.ran || 0) + 1;

window.text = "gr\u00fcn";
</script>
"""
PLAIN = HEAD + SCRIPT

PAGES = {
    "LF": PLAIN.encode(),
    "CRLF": PLAIN.replace("\n", "\r\n").encode(),
    "CR": PLAIN.replace("\n", "\r").encode(),
    "byte order mark": PLAIN.encode("utf-8-sig"),
    "byte order mark and CRLF": PLAIN.replace("\n", "\r\n").encode("utf-8-sig"),
    "script in a comment": (HEAD + "<!-- <script>window.ran = 7</script> -->" + SCRIPT).encode(),
    "opening in a comment": (HEAD + "<!-- <script> --><!-->" + SCRIPT).encode(),
    "in an attribute": (HEAD + "<p title=\"<script>\" lang='>'></p>" + SCRIPT).encode(),
    "> in the script's attribute": (HEAD + SCRIPT.replace("<script>", "<script data-x=\"a>b\" id='>'>")).encode(),
    "in a text area": (HEAD + "<textarea><script>window.ran = 7</script></textarea>" + SCRIPT).encode(),
    "in another script": (HEAD + SCRIPT.replace("</script>", "window.markup = '<script>';</script>")).encode(),
    "ends in capitals": (HEAD + SCRIPT.replace("</script>", "</SCRIPT\n>")).encode(),
    "style in noscript": (HEAD + "<noscript><style>p { color: red }</style></noscript>" + SCRIPT).encode(),
    "no UTF-8 in a comment": HEAD.encode() + SCRIPT.encode().replace(b"\n\n", b"\n// gr\xfcn \x00\n"),
}


@pytest.fixture
def serve(start, tmp_path):
    """Starts the first stage with a page of the test's own."""
    def run(page):
        (tmp_path / "step1").mkdir()
        (tmp_path / "step1" / "index.html").write_bytes(page)
        return start("Step1", public=tmp_path)
    return run


@pytest.mark.parametrize("name", PAGES)
def test_a_pages_own_script_and_style_run(serve, open_tab, name):
    tab = open_tab(serve(PAGES[name]).url)
    assert tab.run("return [window.ran, window.text]") == [1, "gr\u00fcn"]
    assert tab.run("return getComputedStyle(document.getElementById('shown')).color") == "rgb(1, 2, 3)"


def test_the_policy_has_the_hash_of_each_script_that_the_browser_sees_and_of_no_other(serve, open_tab):
    """All pages at once: what stands in comments and text areas needs no hash."""
    body = b"\r\n".join(PAGES.values())
    server = serve(body)
    with urllib.request.urlopen(server.url, timeout=PATIENCE) as answer:
        policy = answer.headers["Content-Security-Policy"]
    tab = open_tab(server.url)
    for kind in ("script", "style"):
        texts = tab.run("return [...document.querySelectorAll(argument)].map((each) => each.textContent)", kind)
        expected = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts}
        directive = next(each for each in policy.split(";") if f"{kind}-src" in each)
        found = set(re.findall(r"'sha256-([^']+)'", directive))
        assert found == expected if kind == "script" else found >= expected


def test_markup_that_is_not_the_pages_own_does_not_run(serve, open_tab):
    tab = open_tab(serve(PAGES["CRLF"]).url)
    tab.run("""const script = document.createElement("script");
               script.textContent = "window.foreign = true";
               document.body.append(script);""")
    assert tab.run("return window.foreign === undefined")
    # The browser says so, and nothing else.
    assert tab.errors and all("Content Security Policy" in line for line in tab.errors)
    tab.errors.clear()
