"""A package of its own that uses Engine: README's "Use it elsewhere". It is built from its sources, and its
program runs where no folder Public is in sight. Its own targets have names that parts of the server have had."""
import subprocess
import urllib.request

import pytest

from conftest import PATIENCE, ROOT, TRANSPORTS

PACKAGE = ROOT / "Tests" / "interop" / "elsewhere"
# Ignored by git, and kept: only the first build takes long.
SCRATCH = ROOT / ".build-elsewhere"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    build = subprocess.run(["swift", "build", "--product", "Elsewhere", "--package-path", str(PACKAGE),
                            "--scratch-path", str(SCRATCH)], capture_output=True, text=True)
    assert build.returncode == 0, build.stdout + build.stderr
    assert "warning: " not in build.stdout + build.stderr
    # Above the scratch folder lies this repository's Public; a copy has to do without it.
    copy = tmp_path_factory.mktemp("elsewhere") / "Elsewhere"
    copy.write_bytes((SCRATCH / "debug" / "Elsewhere").read_bytes())
    copy.chmod(0o755)
    return copy


@pytest.fixture
def server(program, start):
    return lambda **options: start(command=[str(program)], folder=program.parent, **options)


def get(server, path):
    with urllib.request.urlopen(server.url + path, timeout=PATIENCE) as answer:
        return answer.read()


@pytest.mark.nightly
def test_a_program_may_have_modules_called_as_parts_of_the_server(server):
    # With a name taken, the package would not have been built.
    assert get(server(), "/own") == b"my Bytes, my Sockets, my CSystem, my Course, my Grading"


@pytest.mark.parametrize("name", ["socket.io.js", "socket.io.esm.js"])
def test_the_browser_client_is_served_without_a_folder_public(server, name):
    assert get(server(), f"/socket.io/{name}") == (ROOT / "Public" / name).read_bytes()


def test_a_client_gets_its_answer(server, connect, transport):
    client = connect(server().url, TRANSPORTS[transport])
    assert client.io.call("greet", "Ada", timeout=PATIENCE) == "Hello, Ada!"


def test_a_page_finds_the_browser_client(server, open_tab):
    tab = open_tab()
    tab.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    tab.open(server().url)
    assert tab.run("""return new Promise((resolve) => io().emit("greet", "Grace", resolve))""") == "Hello, Grace!"


def test_the_folder_that_is_named_goes_first(server, tmp_path):
    (tmp_path / "socket.io.js").write_text("// another one")
    named = server(public=tmp_path)
    assert get(named, "/socket.io/socket.io.js") == b"// another one"
    # What is not in it comes from the package.
    assert get(named, "/socket.io/socket.io.esm.js") == (ROOT / "Public" / "socket.io.esm.js").read_bytes()
