#!/usr/bin/env python3
"""Two servers in streams mode, one Redis, nginx before them, and clients that poll or have a WebSocket, cut off again
and again, while servers and Redis are killed in turn: soak_cluster.py SECONDS [SEED] [CLIENTS].

The stream in Redis is the model: from the first event of a stay to the last, a client has heard each event that was
meant for it, once. A client whose server was killed without a word is new, and a new stay begins."""
import asyncio
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import aiohttp
import redis

from conftest import BIN
from ports import free_port
from redis_server import RedisServer
from test_scaling import nginx

ROOMS = ["a", "b", "c"]


class Client:
    """It comes back after each end of its connection, and keeps what it has heard of each stay."""

    def __init__(self, number, url, dice):
        self.name, self.url, self.dice = f"client {number}", url, dice
        self.polls = number % 2 == 0
        self.rooms = dice.sample(ROOMS, 2)
        self.pid = self.offset = None
        self.stays, self.recoveries, self.connection, self.log = [], 0, None, []
        self.task = asyncio.create_task(self.live())

    async def live(self):
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=40)) as self.http:
            while True:
                try:
                    await (self.poll() if self.polls else self.listen())
                except (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError, OSError):
                    pass
                await asyncio.sleep(self.dice.uniform(0.02, 0.2))

    def greeting(self):
        auth = {"name": self.name, "rooms": self.rooms}
        if self.pid and self.offset:
            auth |= {"pid": self.pid, "offset": self.offset}
        return "40" + json.dumps(auth)

    async def listen(self):
        async with self.http.ws_connect(f"{self.url}/socket.io/?EIO=4&transport=websocket") as socket:
            self.connection, self.early = socket, []
            await socket.send_str(self.greeting())
            async for message in socket:
                if message.type != aiohttp.WSMsgType.TEXT:
                    return
                if message.data == "2":
                    await socket.send_str("3")
                self.take(message.data)

    async def poll(self):
        url = f"{self.url}/socket.io/?EIO=4&transport=polling"
        async with self.http.get(url) as answer:
            url += f"&sid={json.loads((await self.text(answer))[1:])['sid']}"
        self.connection, self.early = None, []
        await self.post(url, self.greeting())
        self.isOpen = True
        while self.isOpen:
            async with self.http.get(url) as answer:
                for packet in (await self.text(answer)).split("\x1e"):
                    if packet == "1":
                        return
                    if packet == "2":
                        await self.post(url, "3")
                    self.take(packet)

    async def text(self, answer):
        if answer.status != 200:
            raise ConnectionError(answer.status)
        return await answer.text()

    async def post(self, url, text):
        async with self.http.post(url, data=text) as answer:
            await self.text(answer)

    def take(self, packet):
        if packet.startswith("40"):
            said = json.loads(packet[2:])
            if said["pid"] == self.pid:
                self.recoveries += 1
            else:
                self.stays.append([])
            self.log.append((self.offset, said["pid"] == self.pid, time.strftime("%X"), len(self.early)))
            self.pid = said["pid"]
            early, self.early = self.early, None
            for packet in early:
                self.take(packet)
        elif packet.startswith("42"):
            if self.early is not None:  # without the welcome it may be cut off in the middle, and counts for nothing
                return self.early.append(packet)
            event, *arguments = json.loads(packet[2:])
            if isinstance(arguments[-1], str):
                self.offset = arguments[-1]
            if event == "number":
                offset = arguments[-1] if len(arguments) > 1 and arguments[-1][0] != "~" else None
                self.stays[-1].append((arguments[0], offset))

    async def cut(self):
        self.isOpen = False
        if self.connection and not self.connection.closed:
            self.connection._response.connection.transport.abort()


class Server:
    def __init__(self, broker):
        self.port, self.broker = free_port(), broker
        self.log = tempfile.TemporaryFile("w+")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [str(BIN / "Workshop"), "cluster", "--redis", self.broker.url, "--streams", "--recovery", "--length",
             "10000000", "--answer-timeout", "1000", "--port", str(self.port), "--ping-interval", "1000"],
            stdout=self.log, stderr=self.log)


class Driver:
    """Says what is to be emitted, to each server by a connection of its own."""

    def __init__(self, servers, dice):
        self.servers, self.dice, self.number = servers, dice, 0

    async def emit(self, http):
        """Some events; a server that is killed meanwhile does not say which of them it has sent."""
        try:
            await asyncio.wait_for(self.say(http), 10)
        except (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError, TypeError, OSError):
            return

    async def say(self, http):
        server = self.dice.choice(self.servers)
        url = f"http://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
        async with http.ws_connect(url) as socket:
            await socket.send_str('40{"name":"driver"}')
            answers, count = 0, self.dice.randrange(1, 20)
            while answers < count:
                text = await socket.receive_str()
                answers += text.startswith("43")
                if not text.startswith("40"):
                    continue
                for _ in range(count):
                    rooms = self.dice.choice([[], ["a"], ["b"], ["c"], ["a", "b"], ["b", "c"]])
                    order = {"rooms": rooms, "event": "number", "value": self.number}
                    await socket.send_str(f"42{self.number}" + json.dumps(["emit", order]))
                    self.number += 1


async def trouble(servers, broker, dice, counts, end):
    """One thing after the other is killed, and comes back."""
    while time.monotonic() < end - 8:
        await asyncio.sleep(dice.uniform(2, 4))
        what = dice.choice(["end", "kill", "redis", "pause"])
        counts[what] = counts.get(what, 0) + 1
        if what in ("end", "kill"):
            server = dice.choice(servers)
            server.process.terminate() if what == "end" else server.process.kill()
            code = await asyncio.to_thread(server.process.wait, 5)
            assert code == (0 if what == "end" else -9), f"a server ended with {code}"
            await asyncio.sleep(dice.uniform(0.2, 1))
            server.start()
        elif what == "redis":
            broker.kill()
            await asyncio.sleep(dice.uniform(0.2, 3))
            await asyncio.to_thread(broker.start)
        else:
            broker.pause()
            await asyncio.sleep(dice.uniform(0.2, 2))
            broker.resume()


def check(clients, entries):
    """What each client has heard, against the stream."""
    order = {number: index for index, (_, number, *_) in enumerate(entries)}
    heard = 0
    for client in clients:
        meant = set(client.rooms)
        for stay in client.stays:
            numbers = [number for number, _ in stay]
            heard += len(numbers)
            assert len(numbers) == len(set(numbers)), f"{client.name} has heard something twice: {twice(numbers)}"
            placed = [number for number, offset in stay if offset]
            places = [order[number] for number in placed]
            assert places == sorted(places), f"{client.name} has heard events in another order"
            if not placed:
                continue
            first, last = places[0], places[-1]
            expected = {number for _, number, rooms, _ in entries[first:last + 1] if not rooms or meant & set(rooms)}
            missing, extra = expected - set(numbers), set(numbers) - {n for _, n, r, _ in entries if not r or meant & set(r)}
            assert not missing, (f"{client.name} has missed {sorted(missing)[:10]} of a stay of {len(numbers)}",
                                 story(client, stay, entries, min(missing)))
            assert not extra - (set(numbers) - set(order)), f"{client.name} has heard what was for others"
    return heard


def story(client, stay, entries, number):
    """What happened around an event that was missed."""
    place = next(index for index, entry in enumerate(entries) if entry[1] == number)
    near = {entry[1] for entry in entries[max(0, place - 15):place + 15]}
    return entries[place], [heard for heard in stay if heard[0] in near], client.log[-12:], client.rooms


def twice(numbers):
    return sorted(number for number in set(numbers) if numbers.count(number) > 1)[:10]


async def main(seconds, seed, count):
    dice = random.Random(seed)
    folder = pathlib.Path(tempfile.mkdtemp())
    broker = RedisServer(folder, "--appendonly", "yes", "--appendfsync", "always")
    servers = [Server(broker), Server(broker)]
    (folder / "proxy").mkdir()
    command, url = nginx(1)([server.port for server in servers], free_port(), folder / "proxy")
    proxy = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    await asyncio.sleep(1)
    counts, end = {}, time.monotonic() + seconds
    try:
        clients = [Client(number, url, random.Random(dice.random())) for number in range(count)]
        driver = Driver(servers, random.Random(dice.random()))
        troubles = asyncio.create_task(trouble(servers, broker, random.Random(dice.random()), counts, end))
        async with aiohttp.ClientSession() as http:
            while time.monotonic() < end - 3:
                await driver.emit(http)
                if dice.random() < 0.5:
                    await dice.choice(clients).cut()
                    counts["cut"] = counts.get("cut", 0) + 1
            await troubles
            # A last word, after which all is quiet.
            await driver.emit(http)
        await asyncio.sleep(3)
        for client in clients:
            client.task.cancel()
        entries = []
        for identifier, fields in broker.client().xrange("socket.io"):
            data = json.loads(fields[b"data"])
            if fields[b"type"] == b"3" and data["packet"]["data"][0] == "number":
                entries.append((identifier, data["packet"]["data"][1], data["opts"]["rooms"], fields[b"uid"]))
        heard = check(clients, entries)
        stays = sum(len(client.stays) for client in clients)
        recoveries = sum(client.recoveries for client in clients)
        print(f"soak of several servers: {seconds} s, seed {seed}, {len(entries)} events, {heard} heard by {count} "
              f"clients in {stays} stays with {recoveries} recoveries; {counts}")
        assert heard > 100 and recoveries > seconds / 5
    except BaseException:
        for server in servers:
            server.log.seek(0)
            print(server.log.read()[-3000:], file=sys.stderr)
        raise
    finally:
        broker.resume()
        proxy.terminate()  # and its workers with it
        for process in (broker.process, *(server.process for server in servers)):
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]] + [60, 1, 200][len(sys.argv) - 1:]
    asyncio.run(main(*words))
