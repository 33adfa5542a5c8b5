"""python-socketio 4, a client of Socket.IO 2: does what its standard input says, line by line.

It runs with an interpreter of its own (see test_old_client.py), since its versions and those of
today cannot live in one. A line in is a JSON array: ["emit", namespace, event, argument...],
["call", namespace, event, argument...], ["transport"] or ["disconnect"]. A line out is what was
heard, or an answer. Bytes travel as {"bytes": "hexadecimal digits"}."""
import json
import sys
import threading

import socketio

URL, TRANSPORTS, NAMESPACES = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
PATIENCE = 15
lock = threading.Lock()


def pack(value):
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [pack(item) for item in value]
    return value


def unpack(value):
    if isinstance(value, dict):
        if "bytes" in value:
            return bytes.fromhex(value["bytes"])
        return {key: unpack(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unpack(item) for item in value]
    return value


def say(*words):
    with lock:
        print(json.dumps(pack(words)), flush=True)


def main():
    io = socketio.Client(reconnection=False)
    ready = {name: threading.Event() for name in ["/", *NAMESPACES]}
    for name in ready:
        for event in ("auth", "message-back", "answer"):
            io.on(event, lambda *words, n=name, e=event: say(n, e, *words), namespace=name)
        io.on("connect", ready[name].set, namespace=name)
        io.on("connect_error", lambda *words, n=name: say(n, "connect_error", *words),
              namespace=name)
        io.on("disconnect", lambda n=name: say(n, "disconnect"), namespace=name)
    # The server asks, and this is what it is told.
    io.on("question", lambda question: pack_answer(question))
    io.connect(URL, transports=TRANSPORTS, namespaces=NAMESPACES)
    for name, event in ready.items():
        if not event.wait(PATIENCE):
            say("not connected", name)
    say("connected")
    for line in sys.stdin:
        what, *words = json.loads(line)
        if what == "transport":
            say("transport", io.transport())
        elif what == "disconnect":
            io.disconnect()
            break
        else:
            namespace, event, *arguments = unpack(words)
            if what == "emit":
                io.emit(event, tuple(arguments), namespace=namespace)
            else:
                say("ack", io.call(event, tuple(arguments), namespace=namespace, timeout=PATIENCE))


def pack_answer(question):
    return {"answer": question["number"] * 2, "raw": b"\x00\xff"}


main()
