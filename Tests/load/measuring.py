"""What compare and behind_nginx share: the scenarios, what has to be built, and processes that end with the script."""
import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1

SCENARIOS = {
    "echo-1": "echo --clients 1 --window 1 --bytes 32",
    "echo-100": "echo --clients 100 --window 1 --bytes 32",
    "echo-100-w16": "echo --clients 100 --window 16 --bytes 32",
    "broadcast-1000": "broadcast --clients 1000 --senders 1 --window 4 --bytes 64",
    "broadcast-100-s10": "broadcast --clients 100 --senders 10 --window 1 --bytes 64",
    "polling-200": "polling --clients 200 --senders 1 --window 4 --bytes 64",
    "connect-ws": "connect --clients 20000 --concurrent 50",
    "connect-upgrade": "connect --clients 5000 --concurrent 50 --upgrade",
    "idle-5000": "idle --clients 5000 --concurrent 50",
}
# What does one delivery cost, and what one connection, when there are more of them?
SCALE = {
    **{f"broadcast-{count}": f"broadcast --clients {count} --senders 1 --window 4 --bytes 64"
       for count in (100, 300, 1_000, 3_000, 10_000)},
    **{f"idle-{count}": f"idle --clients {count} --concurrent 50" for count in (1_000, 10_000)},
}


def descriptors(scenario, of_each_client=1):
    """How many a process needs at once, with some for itself. A polling client has two connections."""
    words = {**SCENARIOS, **SCALE}[scenario].split()
    at_once = "--concurrent" if words[0] == "connect" else "--clients"
    sockets = 3 if "--upgrade" in words else 2 if words[0] == "polling" else 1
    return int(words[words.index(at_once) + 1]) * sockets * of_each_client + 200


def raise_descriptor_limit(wanted):
    """Raises the soft limit to the hard one, and the hard one where that is allowed. What is started inherits it."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for limit in (max(hard, wanted), hard):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            return


def has_descriptors(scenario, of_each_client=1):
    wanted, limit = descriptors(scenario, of_each_client), resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if wanted > limit:
        print(f"{scenario}: left out. It needs {wanted:,} descriptors, and the hard limit (ulimit -Hn) is {limit:,}. "
              f"Raise it for this shell: sudo prlimit --pid $$ --nofile=1048576. "
              f"In a container: docker run --ulimit nofile=1048576.", file=sys.stderr)
    return wanted <= limit


def build():
    """Builds the load generator, rawlimit and this server. Returns the command of this server."""
    subprocess.run(["make", "-s", "-C", HERE], check=True)
    swift = ["swift", "build", "-c", "release"]
    subprocess.run([*swift, "--product", "Workshop"], check=True, cwd=ROOT, stdout=sys.stderr)
    folder = subprocess.run([*swift, "--show-bin-path"], check=True, cwd=ROOT, capture_output=True, text=True).stdout
    return os.path.join(folder.strip(), "Workshop") + " bench-server --port {port}"


def tied(cores):
    """Before a child runs: it stays on these cores (None: on all), and ends when this script does."""
    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if cores is not None:
            os.sched_setaffinity(0, cores)
    return prepare


@contextlib.contextmanager
def running(command, port, cores=None, log=subprocess.DEVNULL):
    """A process that listens at the port; killed at the end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, preexec_fn=tied(cores))
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError(f"{os.path.basename(command[0])} did not start listening") from None
                time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def load(name, scenario, port, watched, args, cores=None):
    """One run of the load generator: its JSON result, or None when there is none. The CPU time of all processes in
    `watched` is read, and the memory of the first."""
    words = {**SCENARIOS, **SCALE}[scenario].split()
    command = [os.path.join(HERE, "sioload"), *words, "--port", str(port), "--label", name, "--json",
               "--warmup", str(args.warmup), "--pid", str(watched[0].pid)]
    for process in watched:
        command += ["--cpu-of", str(process.pid)]
    if words[0] != "connect":
        command += ["--time", str(args.time)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, preexec_fn=tied(cores))
    lines = run.stdout.splitlines()
    result = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else None
    if run.returncode or not result:
        print(f"{name} {scenario}: FAILED\n{run.stdout}{run.stderr}", file=sys.stderr)
    if result:
        result["scenario"] = scenario
        if args.raw:
            with open(args.raw, "a") as raw:
                raw.write(json.dumps(result) + "\n")
    return result


def errors(result):
    return result["errors"] + result["missing"] + result["duplicate"] + result["reordered"]
