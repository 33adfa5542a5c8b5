"""A right server with a wrong byte: starts a stage and passes on what it says, with one replacement.
`relay.py --port 3000 --program .build/debug/Step2 --replace 3probe --by 3prob3`"""
import asyncio
import ctypes
import signal
import subprocess
import sys


def option(name):
    return sys.argv[sys.argv.index(name) + 1]


OLD, NEW = option("--replace").encode(), option("--by").encode()


async def pump(reader, writer, change):
    try:
        while data := await reader.read(65536):
            writer.write(change(data))
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main():
    # Whoever ends this program kills it; the one behind it shall go as well (PR_SET_PDEATHSIG).
    follow = (lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL)) if sys.platform == "linux" else None
    program = subprocess.Popen([option("--program"), "--port", "0"], stdout=subprocess.PIPE, text=True, preexec_fn=follow)
    port = int(program.stdout.readline().rsplit(":", 1)[1])

    async def accepted(reader, writer):
        behind, before = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, before, lambda data: data),
                             pump(behind, writer, lambda data: data.replace(OLD, NEW)))

    async def copy_output():
        while line := await asyncio.to_thread(program.stdout.readline):
            print(line, end="", flush=True)

    server = await asyncio.start_server(accepted, "127.0.0.1", int(option("--port")))
    print(f"listening on http://localhost:{option('--port')}", flush=True)
    try:
        await asyncio.gather(server.serve_forever(), copy_output())
    finally:
        program.kill()


asyncio.run(main())
