"""DEFLATE against zlib: each reads what the other writes, of the same data one is not larger than the other, and
both refuse the same streams. As a program, with a release build, it compares the speed:
    swift build -c release --product PartBenchmarks
    BIN_DIR=.build/release .venv/bin/python Tests/interop/test_deflate.py

`PartBenchmarks --deflate` does the work: a line `JOB FORMAT LEVEL WINDOW_BITS COUNT` and so many bytes go in, `ok COUNT`
and so many bytes, or `error …`, come out. Jobs: deflate, inflate, time-deflate, time-inflate; `messages` with `keep` or
`drop` before the count begins a conversation, whose `compress COUNT` and `decompress COUNT` are messages."""
import json
import os
import random
import subprocess
import time
import zlib

import pytest

from conftest import BIN, daily

FORMATS = {"raw": -15, "zlib": 15, "gzip": 31}
TAIL = b"\0\0\xff\xff"


class Refused(Exception):
    """What the decompressor said."""


class Driver:
    def __init__(self):
        self.process = subprocess.Popen([str(BIN / "PartBenchmarks"), "--deflate"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def do(self, *words, data=b""):
        line = " ".join(map(str, [*words, len(data)])) + "\n"
        self.process.stdin.write(line.encode() + data)
        self.process.stdin.flush()
        verdict, _, rest = self.process.stdout.readline().decode().rstrip("\n").partition(" ")
        if verdict != "ok":
            raise Refused(rest)
        return self.process.stdout.read(int(rest))

    def end(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


@pytest.fixture(scope="module")
def driver():
    driver = Driver()
    yield driver
    driver.end()


def english(dice, count):
    """Words as often as words are: the second half as often as the first, the third a third as often …"""
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(dice.choices(letters, range(26, 0, -1), k=dice.randint(1, 9))) for _ in range(3_000)]
    weights = [1 / (place + 1) for place in range(3_000)]
    text = ""
    while len(text) < count:
        text += " ".join(dice.choices(words, weights, k=dice.randint(4, 16))).capitalize() + dice.choice([". ", "? ", ".\n"])
    return text[:count].encode()


def chat(dice, count):
    """The lines of a log, as they cross the wire."""
    text, at = english(dice, count).decode(), 1_700_000_000_000
    lines = []
    while sum(map(len, lines)) < count:
        at += dice.randint(100, 60_000)
        start, length = dice.randrange(len(text)), dice.randint(5, 90)
        lines.append("42" + json.dumps(["chat message", {
            "id": dice.randrange(1 << 32), "from": dice.choice(["Ada", "Grace", "Linus", "Ken", "Barbara"]),
            "text": text[start:start + length], "at": at}], separators=(",", ":")) + "\n")
    return "".join(lines)[:count].encode()


def samples(size):
    dice = random.Random(22)
    sources = b"".join(path.read_bytes() for path in sorted((BIN.parents[1] / "Sources" / "Wire").rglob("*.swift")))
    return {
        "English": english(dice, size), "chat": chat(dice, size), "sources": sources[:size],
        "repetitive": (b"abcdefghij" * 7 + b"xyz" * 3) * (size // 79), "zeros": bytes(size),
        "random": dice.randbytes(size), "two letters": bytes(dice.choices(b"ab", k=size)),
        "pictures": bytes(dice.randrange(4) + place // 64 % 200 for place in range(size)),
        "empty": b"", "one byte": b"x",
        **{f"{count} bytes": english(dice, 70_000)[:count] for count in (65_534, 65_535, 65_536, 65_537)},
        **{f"{count} random bytes": dice.randbytes(count) for count in (65_535, 65_536)},
    }


# Longer than the window; a debug build takes a minute for the long ones.
SAMPLES = samples(150_000 if os.environ.get("NIGHTLY") else 40_000)
NAMES = daily(SAMPLES, ["English", "chat", "random", "zeros", "empty", "one byte", "65536 bytes"])


@pytest.mark.parametrize("level", ["default", "fast"])
@pytest.mark.parametrize("name", NAMES)
def test_zlib_reads_what_we_write(driver, name, level):
    text = SAMPLES[name]
    for form, window in FORMATS.items():
        for bits in (8, 9, 12, 15):
            stream = driver.do("deflate", form, level, bits, data=text)
            smaller = window - 15 + bits if window > 0 else -bits
            decompressor = zlib.decompressobj(smaller)
            assert decompressor.decompress(stream) + decompressor.flush() == text
            assert decompressor.eof and not decompressor.unused_data


@pytest.mark.parametrize("name", NAMES)
def test_we_read_what_zlib_writes(driver, name):
    text = SAMPLES[name]
    strategies = [zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY, zlib.Z_FIXED, zlib.Z_RLE]
    for form, window in FORMATS.items():
        for level, strategy in [(0, 0), (1, 0), (9, 0), *((6, strategy) for strategy in strategies)]:
            compressor = zlib.compressobj(level, zlib.DEFLATED, window, 8, strategy)
            stream = compressor.compress(text) + compressor.flush()
            assert driver.do("inflate", form, "default", 15, data=stream) == text
    for bits in range(9, 15):
        compressor = zlib.compressobj(6, zlib.DEFLATED, -bits)
        stream = compressor.compress(text) + compressor.flush()
        assert driver.do("inflate", "raw", "default", bits, data=stream) == text


@pytest.mark.parametrize("name", NAMES)
def test_our_streams_are_not_larger_than_zlibs(driver, name):
    """Within five per cent of level 6, and with `fast` of level 1; a few bytes more do not count."""
    text = SAMPLES[name]
    for level, number in (("default", 6), ("fast", 1)):
        ours = len(driver.do("deflate", "zlib", level, 15, data=text))
        assert ours <= len(zlib.compress(text, number)) * 1.05 + 8


@pytest.mark.parametrize("bits", [9, 12, 15])
@pytest.mark.parametrize("context", ["keep", "drop"])
def test_messages_are_read_by_both(driver, context, bits):
    messages = [b"", *SAMPLES["chat"][:30_000].splitlines(), b"", b"", SAMPLES["English"][:40_000], b"x", b"x"]
    driver.do("messages", "messages", "default", bits, context)
    ours, theirs = zlib.decompressobj(-bits), zlib.compressobj(6, zlib.DEFLATED, -bits)
    count = reference = 0
    for message in messages:
        compressed = driver.do("compress", data=message)
        count += len(compressed)
        assert ours.decompress(compressed + TAIL) == message
        written = theirs.compress(message) + theirs.flush(zlib.Z_SYNC_FLUSH)
        reference += len(written.removesuffix(TAIL))
        assert driver.do("decompress", data=written.removesuffix(TAIL)) == message
        if context == "drop":
            ours, theirs = zlib.decompressobj(-bits), zlib.compressobj(6, zlib.DEFLATED, -bits)
    assert count <= reference * 1.05


def verdict_of_zlib(stream, window):
    """What comes out, or None."""
    decompressor = zlib.decompressobj(window)
    try:
        text = decompressor.decompress(stream)
    except zlib.error:
        return None
    return text if decompressor.eof and not decompressor.unused_data else None


@pytest.mark.parametrize("seed", range(int(os.environ.get("DEFLATE_ROUNDS", "3"))))
def test_both_refuse_the_same_streams(driver, seed):
    """Streams with some bits changed, and with a beginning of random bits."""
    dice = random.Random(seed)
    refused = read = 0
    for _ in range(1_500):
        text = SAMPLES[dice.choice(["English", "chat", "two letters", "random"])]
        start = dice.randrange(len(text) - 1_000)
        form, window = dice.choice(list(FORMATS.items()))
        compressor = zlib.compressobj(dice.choice([0, 1, 6]), zlib.DEFLATED, window, 8, dice.choice([0, 0, zlib.Z_FIXED]))
        stream = bytearray(compressor.compress(text[start:start + dice.choice([5, 60, 900])]) + compressor.flush())
        for _ in range(dice.choice([0, 1, 1, 3])):
            stream[dice.randrange(min(len(stream), 80))] ^= 1 << dice.randrange(8)
        if dice.random() < 0.1:
            stream = bytes([dice.randrange(256) | 1 for _ in range(3)]) + dice.randbytes(60)
        expected = verdict_of_zlib(bytes(stream), window)
        try:
            found = driver.do("inflate", form, "default", 15, data=bytes(stream))
        except Refused:
            found = None
        assert found == expected, f"{form} {bytes(stream).hex()}"
        refused, read = refused + (found is None), read + (found is not None)
    assert refused > 200 and read > 200


def fastest(work):
    """The nanoseconds of the fastest of three rounds."""
    times = []
    for _ in range(3):
        begin = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - begin)
    return min(times)


def decompress_in_pieces(stream):
    """As the driver measures it: what comes out is not put together, or that would be measured."""
    decompressor = zlib.decompressobj()
    for start in range(0, len(stream), 65_536):
        decompressor.decompress(stream[start:start + 65_536])


def compare_speed():
    driver = Driver()
    print(f"{'':12}{'ours':>10}{'zlib':>10}{'size':>7}{'deflate':>12}{'zlib':>7}{'':>7}{'inflate':>10}{'zlib':>7}{'':>7}")
    for level, number in (("default", 6), ("fast", 1)):
        print(f"{level}, level {number} (MB/s)")
        for name, text in samples(3_000_000).items():
            if len(text) < 100_000:
                continue
            theirs = zlib.compress(text, number)
            ours = driver.do("deflate", "zlib", level, 15, data=text)
            rows = []
            # In turns, so that what else the machine does is the same for both.
            for job, data, work in (("time-deflate", text, lambda: zlib.compress(text, number)),
                                    ("time-inflate", theirs, lambda: decompress_in_pieces(theirs))):
                times = [(int(driver.do(job, "zlib", level, 15, data=data)), fastest(work)) for _ in range(3)]
                mine, other = (len(text) * 1_000 / min(column) for column in zip(*times))
                rows.append(f"{mine:>10.0f}{other:>7.0f}{mine / other:>7.2f}")
            print(f"{name:12}{len(ours):>10}{len(theirs):>10}{len(ours) / len(theirs):>7.3f}{'  '.join(rows)}", flush=True)
    driver.end()


if __name__ == "__main__":
    compare_speed()
