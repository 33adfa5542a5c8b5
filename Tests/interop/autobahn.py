#!/usr/bin/env python3
"""The Autobahn|Testsuite against `Workshop websocket-echo`: autobahn.py all, or autobahn.py sample.

The suite (autobahntestsuite on PyPI) needs a Python 2.7: pyenv's, a system's, or the one named by PYTHON2. Without
one, the script says so and ends with status 77. Reports are written into .venv/autobahn-report."""

import glob
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv/autobahn"
REPORT = ROOT / ".venv/autobahn-report"
# 12.* and 13.* are about permessage-deflate: texts and binaries of all sizes, whole and in frames, and all parameters.
# Each sends a thousand messages; large ones take a debug build a minute, so a few are tried with every change.
COMPRESSED = ["12.1.1", "12.2.1", "12.3.2", "13.1.1", "13.3.2", "13.6.1"]
CASES = {"all": ["*"], "sample": ["1.*", "2.*", "3.*", "4.*", "5.*", "6.2.*", "6.4.*", "7.*", "10.*", *COMPRESSED]}
# 514 of the 517 have a right answer; three ask how the server behaves where it may choose.
EXPECTED = {"all": 517}


def python2():
    known = [os.environ.get("PYTHON2"), shutil.which("python2.7"), shutil.which("python2")]
    known += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/2.7.*/bin/python")))
    return next((path for path in known if path and works(path)), None)


def works(path):
    run = subprocess.run([path, "-c", "import sys; print(sys.version_info[:2] == (2, 7))"], capture_output=True, text=True)
    return run.stdout.strip() == "True"


def install():
    python = python2()
    if python is None:
        print("no Python 2.7 was found: pyenv install 2.7.18, or PYTHON2=/path/to/python2.7")
        sys.exit(77)
    if not (ENVIRONMENT / "bin/wstest").exists():
        subprocess.run([python, "-m", "pip", "install", "-q", "--user", "virtualenv<20.22"], check=True, stderr=subprocess.DEVNULL)
        subprocess.run([python, "-m", "virtualenv", "-q", str(ENVIRONMENT)], check=True)
        subprocess.run([str(ENVIRONMENT / "bin/pip"), "install", "-q", "autobahntestsuite"], check=True, stderr=subprocess.DEVNULL)


def program(which):
    """For the sample, what is built already; the whole suite times megabytes, so its server is a release build."""
    if which == "sample":
        return ROOT / ".build/debug/Workshop"
    build = ["swift", "build", "-c", "release"]
    subprocess.run([*build, "--product", "Workshop"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    folder = subprocess.run([*build, "--show-bin-path"], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    return pathlib.Path(folder) / "Workshop"


def main(which):
    install()
    server = subprocess.Popen([str(program(which)), "websocket-echo", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline().rsplit(":", 1)[1])
        spec = ROOT / ".venv/autobahn.json"
        spec.write_text(json.dumps({
            "outdir": str(REPORT), "servers": [{"agent": "here", "url": f"ws://127.0.0.1:{port}"}],
            "cases": CASES[which], "exclude-cases": [], "exclude-agent-cases": {}}))
        shutil.rmtree(REPORT, ignore_errors=True)
        with open(ROOT / ".venv/autobahn.log", "w") as log:
            subprocess.run([str(ENVIRONMENT / "bin/wstest"), "-m", "fuzzingclient", "-s", str(spec)], check=True, stdout=log, stderr=log)
        assert server.poll() is None, "the server has ended"
    finally:
        server.terminate()
        server.wait()
    results = json.loads((REPORT / "index.json").read_text())["here"]
    counts = {}
    for case, result in sorted(results.items()):
        for kind in ("behavior", "behaviorClose"):
            counts.setdefault(kind, {}).setdefault(result[kind], []).append(case)
    for kind, found in counts.items():
        print(kind, {name: len(cases) for name, cases in found.items()})
        for name in set(found) - {"OK", "INFORMATIONAL"}:
            print(f"  {name}: {' '.join(found[name])}")
    bad = [name for found in counts.values() for name in set(found) - {"OK", "INFORMATIONAL"}]
    wrong_number = EXPECTED.get(which, len(results)) != len(results)
    if wrong_number:
        print(f"{len(results)} cases were run, {EXPECTED[which]} were expected")
    return 1 if bad or wrong_number else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["all"], ["sample"]):
        sys.exit("autobahn.py all | autobahn.py sample")
    sys.exit(main(sys.argv[1]))
