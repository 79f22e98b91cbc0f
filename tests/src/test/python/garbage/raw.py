# SPDX-License-Identifier: Apache-2.0
"""Connections that are no ZeroMQ, or break off being it: raw.py SECONDS SEED PORT...

Every port is tried with everything, by many connections at once: random bytes, greetings and handshakes that are cut or
changed, other mechanisms, absurd sizes, silence, dripping bytes, peers that never read, storms of connections.
"""

import random
import socket
import struct
import sys
import time

MOST_HELD = 150
SOCKET_TYPES = [b"REQ", b"REP", b"DEALER", b"ROUTER", b"PUB", b"SUB", b"XPUB", b"XSUB", b"PUSH", b"PULL", b"PAIR", b"XYZ"]
MECHANISMS = [b"CURVE", b"PLAIN", b"GSSAPI", b"NONSENSE", b"", b"null", b"N" * 20]
SIZES = [0, 1, 65_536, 65_537, 1 << 24, 1 << 31, (1 << 31) - 1, 1 << 32, 1 << 63, (1 << 63) - 1, (1 << 64) - 1]


def greeting(mechanism=b"NULL", version=b"\x03\x00", as_server=0):
    return b"\xff" + bytes(8) + b"\x7f" + version + mechanism.ljust(20, b"\0")[:20] + bytes([as_server]) + bytes(31)


def command(name, body):
    content = bytes([len(name)]) + name + body
    return b"\x04" + bytes([len(content)]) + content if len(content) < 256 else b"\x06" + struct.pack(">Q", len(content)) + content


def metadata(name, value):
    return bytes([len(name)]) + name + struct.pack(">I", len(value)) + value


def frame(content, more=False):
    if len(content) < 256:
        return bytes([more, len(content)]) + content
    return bytes([2 | more]) + struct.pack(">Q", len(content)) + content


class Garbage:
    def __init__(self, seed, ports):
        self.random = random.Random(seed)
        self.ports = ports
        self.held = []
        self.count = dict.fromkeys(("connections", "refused", "bytes"), 0)
        self.acts = [
            self.noise, self.cut, self.changed, self.mechanism, self.old_version, self.absurd_size, self.frames,
            self.commands, self.silent, self.never_reads, self.storm,
        ]

    def run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.random.choice(self.acts)()
            self.tend()
            time.sleep(0.005)
        for connection in self.held:
            connection.close()

    def bytes(self, most):
        return self.random.randbytes(self.random.randint(0, most))

    def handshake(self):
        ready = metadata(b"Socket-Type", self.random.choice(SOCKET_TYPES))
        if self.random.random() < 0.5:
            ready += metadata(b"Identity", self.bytes(300))
        return greeting() + command(b"READY", ready)

    def mutated(self, data):
        data = bytearray(data)
        for _ in range(self.random.randint(1, 8)):
            at = self.random.randrange(len(data))
            kind = self.random.randrange(3)
            if kind == 0:
                data[at] ^= 1 << self.random.randrange(8)
            elif kind == 1:
                data[at] = self.random.choice((0, 1, 0x7F, 0x80, 0xFF))
            else:
                data[at:at] = self.bytes(4)
        return bytes(data)

    def connect(self):
        connection = socket.socket()
        connection.settimeout(2)
        if self.random.random() < 0.3:
            # Its close is a reset.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            connection.connect(("127.0.0.1", self.random.choice(self.ports)))
            self.count["connections"] += 1
        except OSError:
            self.count["refused"] += 1
        return connection

    def say(self, *parts, hold=None):
        connection = self.connect()
        try:
            for part in parts:
                connection.sendall(part)
                self.count["bytes"] += len(part)
                if self.random.random() < 0.3:
                    # What the other side has said so far, so that the next part meets another state.
                    connection.settimeout(0.02)
                    try:
                        connection.recv(4096)
                    except TimeoutError:
                        pass
                    connection.settimeout(2)
        except OSError:
            pass
        self.keep_or_close(connection, hold)

    def keep_or_close(self, connection, hold):
        if hold or (hold is None and self.random.random() < 0.5):
            connection.setblocking(False)
            self.held.append(connection)
        else:
            connection.close()

    def tend(self):
        """Held connections drip, and go in any order."""
        while len(self.held) > MOST_HELD or (self.held and self.random.random() < 0.2):
            self.held.pop(self.random.randrange(len(self.held))).close()
        if self.held:
            try:
                self.random.choice(self.held).send(self.random.randbytes(1))
            except OSError:
                pass

    def noise(self):
        self.say(self.bytes(10_000))

    def cut(self):
        whole = self.handshake() + frame(self.bytes(300))
        self.say(whole[: self.random.randrange(len(whole))])

    def changed(self):
        self.say(self.mutated(self.handshake()), self.bytes(200))

    def mechanism(self):
        self.say(greeting(self.random.choice(MECHANISMS), as_server=self.random.randrange(3)), command(b"HELLO", self.bytes(200)))

    def old_version(self):
        self.say(greeting(version=self.random.choice((b"\x00\x00", b"\x01\x00", b"\x02\x00", b"\x02\x01", b"\x03\x01", b"\x09\x09"))),
                 self.handshake()[64:], self.bytes(100))

    def absurd_size(self):
        size = struct.pack(">Q", self.random.choice(SIZES))
        flags = bytes([self.random.choice((2, 3, 6, 7, 0xFF))])
        self.say(self.handshake(), flags + size, self.bytes(2_000))

    def frames(self):
        parts = [frame(self.bytes(self.random.choice((5, 300, 70_000))), self.random.random() < 0.6) for _ in range(self.random.randint(1, 30))]
        self.say(self.handshake(), b"".join(parts))

    def commands(self):
        names = (b"PING", b"PONG", b"ERROR", b"READY", b"SUBSCRIBE", b"CANCEL", b"HELLO", self.bytes(20))
        said = b"".join(command(self.random.choice(names), self.bytes(300)) for _ in range(self.random.randint(1, 10)))
        self.say(self.handshake(), said if self.random.random() < 0.5 else self.mutated(said))

    def silent(self):
        self.say(hold=True)

    def never_reads(self):
        """A good peer but for that: asks, or subscribes to all, as long as its own buffers take it."""
        connection = self.connect()
        request = frame(b"", True) + frame(b"honestly?" * self.random.randint(1, 20))
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(self.handshake() + frame(b"\x01"))
            connection.settimeout(0.05)
            for _ in range(self.random.randint(1, 200)):
                connection.sendall(request)
        except OSError:
            pass
        self.keep_or_close(connection, True)

    def storm(self):
        for _ in range(self.random.randint(1, 50)):
            self.connect().close()


def main(seconds, seed, *ports):
    garbage = Garbage(seed, [int(port) for port in ports])
    garbage.run(float(seconds))
    print("raw:", ", ".join(f"{value:,} {name}" for name, value in garbage.count.items()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
