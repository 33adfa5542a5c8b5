"""Ports for programs that have to be told one before they listen."""

import random
import socket

# Below those that systems give to outgoing connections (Linux: from 32768, macOS: from 49152): such a connection
# could take the port between this look and the program's start.
PORTS = range(20_000, 32_768)


def free_port():
    """A port of 127.0.0.1 that is free at the moment."""
    for port in random.sample(PORTS, 100):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise OSError("none of a hundred ports from 20000 to 32767 is free")
