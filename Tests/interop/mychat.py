"""A folder that looks like the package to `grade`, with a MyChat of its own, and what the tutorial's steps make of it."""

import os
import shutil
import signal
import subprocess

import pytest

from conftest import BIN, ROOT

DEBUG = ROOT / ".build/debug"
C_MODULE = DEBUG / "CEngineSockets.build/module.modulemap"
# The engine is not built once more: what `swift build` has made of it here is imported and linked.
MANIFEST = f"""// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "Home", platforms: [.macOS(.v15)],
    targets: [
        .executableTarget(
            name: "MyChat", path: "Steps/MyChat",
            swiftSettings: [
                .defaultIsolation(MainActor.self),
                .unsafeFlags(["-I", "{DEBUG}/Modules", "-Xcc", "-fmodule-map-file={C_MODULE}"]),
            ],
            linkerSettings: [.unsafeFlags(["@OBJECTS"])])
    ],
    swiftLanguageModes: [.v6])
"""


def engine_objects():
    """The objects of the engine and its modules: stage 12 has all of them, and its own."""
    return [line for line in (DEBUG / "Step12.product/Objects.LinkFileList").read_text().splitlines()
            if "/Step12.build/" not in line]


class Home:
    """A folder that looks like the package to `grade`, with a MyChat of its own."""

    def __init__(self, folder):
        self.root = folder
        objects = folder / "Engine.LinkFileList"
        objects.write_text("".join(f"{path}\n" for path in engine_objects()))
        (folder / "Package.swift").write_text(MANIFEST.replace("OBJECTS", str(objects)))
        shutil.copytree(ROOT / "Public", folder / "Public")
        for name in ("TUTORIAL.md", "TUTORIAL-2.md"):
            shutil.copy(ROOT / name, folder)
        (folder / "Steps/MyChat").mkdir(parents=True)
        self.program = folder / "Steps/MyChat/main.swift"
        self.page = folder / "Public/mychat/index.html"

    def write(self, state):
        """Takes over a state of the tutorial, touching only what has changed."""
        for source, target in ((state / "main.swift", self.program), (state / "index.html", self.page)):
            text = source.read_text()
            if not target.exists() or target.read_text() != text:
                target.write_text(text)

    def grade(self, *words, timeout=300):
        run = subprocess.run([str(BIN / "grade"), *map(str, words)], capture_output=True, text=True, timeout=timeout, cwd=self.root)
        return run.returncode, run.stdout, run.stderr

    def build(self):
        self.run_build()
        compiled = self.root / ".build/debug/MyChat.build/main.swift.o"
        if compiled.stat().st_mtime < self.program.stat().st_mtime:
            # Saved within a moment after the build before, a file can be overlooked.
            os.utime(self.program)
            self.run_build()
        return self.root / ".build/debug/MyChat"

    def run_build(self):
        run = subprocess.run(["swift", "build", "--product", "MyChat"], cwd=self.root, capture_output=True, text=True, timeout=600)
        assert run.returncode == 0, run.stdout[-3000:]


class Server:
    def __init__(self, program, home):
        self.process = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=home.root)
        line = next(line for line in self.process.stdout if line.startswith("listening on "))
        self.port = int(line.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(10) == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    out = tmp_path_factory.mktemp("states")
    subprocess.run([str(BIN / "Workshop"), "tutorial-steps", str(out)], check=True, cwd=ROOT)
    return {tuple(map(int, path.name.split("-"))): path for path in sorted(out.iterdir())}
