"""compare --processes: this server once, once behind nginx, and twice behind nginx, over WebSocket.

nginx shares new connections out in turn. That is enough here: a WebSocket is one request. Clients that poll need
a sticky proxy, as Documentation/scaling.md has it. Where an event goes to all clients, two processes have Redis
between them. Each server has a core; nginx, Redis and the load generator have the other cores. On a machine with
two cores these share both with the servers.
"""
import contextlib
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from measuring import descriptors, errors, has_descriptors, load, raise_descriptor_limit, running

SCENARIOS = ("echo-100", "connect-ws", "broadcast-1000")
ARRANGEMENTS = {"1, direct": (1, False), "1, nginx": (1, True), "2, nginx": (2, True)}  # (servers, behind nginx)

# As in Documentation/scaling.md, without ip_hash: all connections come from one address here.
SITE = """
daemon off;
master_process off;
pid FOLDER/pid;
error_log FOLDER/error.log;
events { worker_connections CONNECTIONS; }
http {
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    upstream chat { SERVERS }
    server {
        listen 127.0.0.1:PORT;
        location / {
            proxy_pass http://chat;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout 60s;
            proxy_buffering off;
        }
    }
}
"""


def program(name, package):
    path = shutil.which(name) or f"/usr/sbin/{name}"
    if not os.path.exists(path):
        sys.exit(f"{name} is not installed: apt install {package}. The service itself need not run.")
    return path


def measure(here, scenario, arrangement, port, args):
    """One run: the load generator's result, and CPU seconds of servers, of nginx and of Redis."""
    count, proxied = ARRANGEMENTS[arrangement]
    cores = sorted(os.sched_getaffinity(0))
    others = set(cores[2:]) or None
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        redis, front = [], []
        if count > 1 and scenario.startswith("broadcast"):
            command = [program("redis-server", "redis-server"), "--port", str(port), "--bind", "127.0.0.1",
                       "--dir", folder, "--save", ""]
            redis.append(stack.enter_context(running(command, port, others)))
            here += f" --redis redis://127.0.0.1:{port}"
        ports = [port + 1 + index for index in range(count)]
        servers = [stack.enter_context(running(shlex.split(here.replace("{port}", str(own))), own,
                                               {cores[index % len(cores)]})) for index, own in enumerate(ports)]
        entry = ports[0]
        if proxied:
            entry = port + 9
            configuration = os.path.join(folder, "nginx.conf")
            text = SITE.replace("FOLDER", folder).replace("PORT", str(entry))
            # A sixteenth is not used: nginx closes connections without a request to keep so many free.
            text = text.replace("CONNECTIONS", str(descriptors(scenario, of_each_client=2) * 5 // 4))
            text = text.replace("SERVERS", " ".join(f"server 127.0.0.1:{own};" for own in ports))
            with open(configuration, "w") as file:
                file.write(text)
            command = [program("nginx", "nginx"), "-p", folder, "-c", configuration]
            front.append(stack.enter_context(running(command, entry, others, log=None)))
        time.sleep(0.5)
        result = load(arrangement, scenario, entry, servers + front + redis, args, others)
        if not result:
            return None
        each = iter(result["cpu_s_of_each"])
        return result, *(sum(next(each) for _ in group) if group else None for group in (servers, front, redis))


def compare(here, args):
    scenarios = args.only.split(",")
    program("nginx", "nginx")
    if any(scenario.startswith("broadcast") for scenario in scenarios):
        program("redis-server", "redis-server")
    raise_descriptor_limit(max(descriptors(scenario, of_each_client=2) for scenario in scenarios))
    results = {}
    port = args.port
    for scenario in scenarios:
        if not has_descriptors(scenario, of_each_client=2):
            continue
        for _ in range(args.rounds):
            for arrangement in ARRANGEMENTS:
                port += 10
                try:
                    result = measure(here, scenario, arrangement, port, args)
                except (RuntimeError, subprocess.TimeoutExpired) as problem:
                    print(f"{arrangement} {scenario}: {problem}", file=sys.stderr)
                    continue
                if result:
                    results.setdefault((scenario, arrangement), []).append(result)

    print("| scenario | processes | per second | CPU us per unit, servers | nginx | Redis | errors |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for scenario in scenarios:
        for arrangement in ARRANGEMENTS:
            runs = results.get((scenario, arrangement))
            if not runs:
                print(f"| {scenario} | {arrangement} | no result | | | | |")
                continue
            cells = [f"{statistics.median(run[0]['per_second'] for run in runs):.0f}"]
            for place in (1, 2, 3):
                costs = [run[place] * 1e6 / max(run[0]["units"], 1) for run in runs if run[place] is not None]
                cells.append(f"{statistics.median(costs):.2f}" if costs else "-")
            cells.append(str(sum(errors(run[0]) for run in runs)))
            print(f"| {scenario} | {arrangement} | " + " | ".join(cells) + " |")
