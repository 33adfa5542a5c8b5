#!/usr/bin/env python3
"""Random joins, names, messages, private messages, drops and reloads against a finished stage 8, with a model that
knows what everybody has to hear: soak.py SECONDS [SEED]. Memory and descriptors of the server have to stay flat."""

import asyncio
import json
import os
import pathlib
import random
import subprocess
import sys
import time

import websockets

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("BIN_DIR", ROOT / ".build/debug"))
PEOPLE = 40


class Visitor:
    """One connection. Keeps what it has heard, in order."""

    def __init__(self, socket):
        self.socket = socket
        self.name = None
        self.heard = []
        self.online = None
        self.answers = {}
        self.next = 0
        self.reader = asyncio.create_task(self.read())

    @classmethod
    async def come(cls, port):
        socket = await websockets.connect(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", max_size=None, compression=None)
        assert (await socket.recv()).startswith("0{")
        await socket.send("40")
        assert (await socket.recv()).startswith("40{")
        return cls(socket)

    async def read(self):
        try:
            async for text in self.socket:
                if text == "2":
                    await self.socket.send("3")
                elif text.startswith("43"):
                    number, _, rest = text[2:].partition("[")
                    self.answers.pop(int(number)).set_result(json.loads("[" + rest)[0])
                elif text.startswith("42"):
                    name, *arguments = json.loads(text[2:])
                    if name == "online":
                        self.online = arguments[0]
                    elif name in ("chat message", "private message"):
                        self.heard.append((name, arguments[0]["from"], arguments[0]["text"]))
        except websockets.ConnectionClosed:
            pass

    async def ask(self, event, argument):
        self.next += 1
        answer = self.answers[self.next] = asyncio.get_running_loop().create_future()
        await self.socket.send(f"42{self.next}" + json.dumps([event, argument]))
        return await asyncio.wait_for(answer, 20)

    async def leave(self, how):
        self.reader.cancel()
        if how == "politely":
            await self.socket.send("41")
            await self.socket.close()
        elif how == "closing":
            await self.socket.close()
        else:
            self.socket.transport.abort()


class Model:
    def __init__(self, port, dice):
        self.port, self.dice = port, dice
        self.visitors = []
        self.expected = {}
        self.counts = {"came": 0, "left": 0, "public": 0, "private": 0, "refused": 0, "renamed": 0, "deliveries": 0}
        self.serial = 0

    def named(self):
        return [visitor for visitor in self.visitors if visitor.name]

    async def step(self):
        dice = self.dice.random()
        if len(self.visitors) < 5 or dice < 0.08 and len(self.visitors) < PEOPLE:
            visitor = await Visitor.come(self.port)
            self.visitors.append(visitor)
            self.expected[visitor] = []
            self.counts["came"] += 1
            return
        visitor = self.dice.choice(self.visitors)
        if dice < 0.15:
            self.visitors.remove(visitor)
            del self.expected[visitor]
            await visitor.leave(self.dice.choice(["politely", "closing", "abruptly"]))
            self.counts["left"] += 1
        elif visitor.name is None or dice < 0.20:
            name = f"{self.dice.choice('ABCDEFÉ李')}{self.dice.randrange(60)}"
            taken = any(other.name and other is not visitor and other.name.lower() == name.lower() for other in self.visitors)
            reply = await visitor.ask("set nickname", f" {name} ")
            if reply["ok"]:
                assert not taken, f"{name} was given twice"
                visitor.name = name
                self.counts["renamed"] += 1
            else:
                # Whoever left abruptly may still be known for a moment.
                assert reply["error"] == "taken", reply
                self.counts["refused"] += 1
        elif dice < 0.7:
            self.serial += 1
            text = f"public {self.serial}"
            reply = await visitor.ask("chat message", text)
            assert reply == {"ok": True}, reply
            for other in self.visitors:
                if other is not visitor:
                    self.expected[other].append(("chat message", visitor.name, text))
            self.counts["public"] += 1
        else:
            self.serial += 1
            to = self.dice.choice(self.named())
            text = f"private {self.serial}"
            reply = await visitor.ask("private message", {"to": to.name.upper(), "text": text})
            if to is visitor:
                assert reply == {"ok": False, "error": "yourself"}, reply
            else:
                assert reply == {"ok": True}, reply
                self.expected[to].append(("private message", visitor.name, text))
            self.counts["private"] += 1

    async def compare(self):
        """Each has heard what it had to, in order, once; and sees who is there."""
        for visitor in self.visitors:
            await visitor.ask("private message", {"to": "", "text": "x"})  # a fence: what came before has come
        names = sorted((visitor.name for visitor in self.named()), key=lambda name: [ord(c) for c in name.lower()])
        patience = time.monotonic() + 10  # whoever left without a word is missed a moment later
        while any(visitor.online != names for visitor in self.visitors) and time.monotonic() < patience:
            await asyncio.sleep(0.01)
        for visitor in self.visitors:
            assert visitor.heard == self.expected[visitor], f"{visitor.name}: {visitor.heard[-3:]} is not {self.expected[visitor][-3:]}"
            self.counts["deliveries"] += len(visitor.heard)
            visitor.heard, self.expected[visitor] = [], []
            assert visitor.online == names, f"{visitor.online} is not {names}"


def figures(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    memory = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    return memory, len(os.listdir(f"/proc/{process.pid}/fd"))


async def main(seconds, seed):
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen([BIN / "Step8", "--port", "0"], stdout=subprocess.PIPE, stderr=nothing, text=True)
    try:
        port = int(process.stdout.readline().rsplit(":", 1)[1])
        lines = asyncio.create_task(asyncio.to_thread(lambda: sum(1 for _ in process.stdout)))
        model = Model(port, random.Random(seed))
        end, first = time.monotonic() + seconds, None
        while time.monotonic() < end:
            for _ in range(300):
                await model.step()
            await model.compare()
            memory, descriptors = figures(process)
            assert descriptors < PEOPLE + 40, f"{descriptors} descriptors for {len(model.visitors)} visitors"
            if first is None and time.monotonic() > end - seconds * 3 / 4:
                first = memory
        assert memory < first * 1.1 + 2_000, f"memory grew from {first} to {memory} KiB"
        for visitor in model.visitors:
            await visitor.leave("politely")
        print(f"seed {seed}, {seconds} s: {model.counts}; {first} KiB after a quarter, {memory} KiB at the end")
    finally:
        process.terminate()
        assert process.wait(10) == 0
        await lines


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30, int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)))
