# SPDX-License-Identifier: Apache-2.0
"""Wrong, odd and pipelined requests to an LCAP server: requests.py SECONDS SEED SERVER

By real ZeroMQ peers, many at once. Those that read count their answers: each request gets one, however odd, or the exit
status is 1. Others send without ever reading, send frames that are too large, or go in the middle. None names a group of
honest readers.
"""

import os
import random
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lcap"))

import wire  # noqa: E402
import zmq  # noqa: E402

PATIENCE = 30
MOST_FRAME = 65_536
# A peer with more answers unread may be taken for one that never reads.
MOST_UNREAD = 32
MOST_AT_ONCE = 20
LONG_POLL, EXTRA = 0x100, 0x200
MDTS = [b"lustre-MDT0000", b"lustre-MDT0001", b"lustre-MDT0002", b"lustre-MDT0003", b"other-MDT0000", b"MDT"]
GROUPS = [b"chaos", b"chaos", b"broadcast", b"", b"nobody", b"@", b"sp ace", b"x" * 70]
FILTERS = [b"", b"type=CREAT,UNLNK", b"type=", b"nonsense", b"type=CREAT " * 500, b"\xff\xfe", b"name=*", b"(", b"!" * 1000]


class Peer:
    """A DEALER, so that requests can be sent without waiting."""

    def __init__(self, server, chance, reads):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        if not reads:
            self.socket.rcvhwm = 1
            self.socket.setsockopt(zmq.RCVBUF, 4096)
        self.socket.connect(server)
        self.reads = reads
        self.life = chance.randint(1, 60)
        self.waits_for = 0
        self.since = 0.0

    def send(self, frames):
        try:
            self.socket.send_multipart(frames, zmq.NOBLOCK)
        except zmq.Again:
            return False
        if self.waits_for == 0:
            self.since = time.monotonic()
        self.waits_for += 1
        return True

    def take(self):
        """What has come. False: an answer is overdue, or there is one too many."""
        while self.socket.poll(0):
            wire.Answer(self.socket.recv_multipart()[1:])
            self.waits_for -= 1
            self.since = time.monotonic()
        return 0 <= self.waits_for and (self.waits_for == 0 or time.monotonic() - self.since < PATIENCE)


class Garbage:
    def __init__(self, seed, server):
        self.random = random.Random(seed)
        self.server = server
        self.peers = []
        self.count = dict.fromkeys(("peers", "requests", "answers"), 0)

    def run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while len(self.peers) < 40:
                self.peers.append(Peer(self.server, self.random, self.random.random() < 0.8))
                self.count["peers"] += 1
            peer = self.random.choice(self.peers)
            self.act(peer)
            for other in self.peers:
                self.answers(other)
            if peer.life <= 0 and (peer.waits_for == 0 or not peer.reads):
                self.peers.remove(peer)
                peer.socket.close()
            time.sleep(0.005)
        for peer in self.peers:
            while peer.reads and peer.waits_for:
                self.answers(peer)
                time.sleep(0.01)
            peer.socket.close()

    def answers(self, peer):
        if peer.reads:
            before = peer.waits_for
            if not peer.take():
                raise wire.LcapError(110, f"{peer.waits_for} requests have no answer after {PATIENCE} s, or one too many")
            self.count["answers"] += before - peer.waits_for

    def act(self, peer):
        if peer.life <= 0 or (peer.reads and peer.waits_for > MOST_UNREAD - MOST_AT_ONCE):
            return
        peer.life -= 1
        if not peer.reads and self.random.random() < 0.1:
            # Ends the connection: nobody is to answer this.
            peer.send([b"", self.random.choice(MDTS), bytes(MOST_FRAME + self.random.randint(1, 1_000_000))])
            return
        mdt = self.random.choice(MDTS) if self.random.random() < 0.9 else self.random.randbytes(self.random.randint(1, 300))
        for _ in range(self.random.choice((1, 1, 1, 4, MOST_AT_ONCE if peer.reads else 1000))):
            if not peer.send(self.envelope(mdt)):
                break
            self.count["requests"] += 1

    def envelope(self, mdt):
        request = self.request(mdt)
        kind = self.random.randrange(20)
        if kind == 0:
            return [mdt, request]
        if kind == 1:
            return [b"", b"", mdt, b"", request, b""]
        if kind == 2:
            return [b"", mdt]
        if kind == 3:
            return [b""]
        if kind == 4:
            at = self.random.randint(0, len(request))
            return [b"", mdt, request[:at], request[at:]]
        if kind == 5:
            return [b"", *(self.random.randbytes(self.random.randint(0, 50)) for _ in range(self.random.randint(1, 100)))]
        return [b"", mdt, request]

    def request(self, mdt):
        group = self.random.choice(GROUPS)
        name = mdt + (b"@" + group if group else b"")
        flags = self.random.choice((0, LONG_POLL, LONG_POLL | EXTRA, EXTRA, self.random.getrandbits(32)))
        wide = (0, 1, -1, 2, 1000, 1 << 40, (1 << 63) - 1, -(1 << 63), self.random.getrandbits(16))
        whole = self.random.choice((
            lambda: wire.start(name[:127], flags, self.random.getrandbits(64)),
            lambda: wire.start(b"\xff" * 128, flags),
            wire.dequeue,
            wire.dequeue,
            lambda: wire.clear(mdt, self.random.choice(wide)),
            lambda: wire.clear(mdt, self.random.choice(wide), self.random.randbytes(20)),
            wire.fini,
            lambda: self.option(1, self.random.choice(FILTERS)),
            lambda: self.option(self.random.randint(0, 5), struct.pack("<I", self.random.choice((0, 1, 30, 3600, 1 << 31)))),
            lambda: self.option(self.random.getrandbits(32), self.random.randbytes(self.random.randint(0, 100))),
            lambda: struct.pack("<II", self.random.randint(4, 20), 0) + self.random.randbytes(self.random.randint(0, 200)),
            lambda: self.random.randbytes(self.random.randint(0, 300)),
        ))()
        kind = self.random.randrange(10)
        if kind == 0:
            return whole[: self.random.randint(0, len(whole))]
        if kind == 1:
            return whole + self.random.randbytes(self.random.randint(1, 1000))
        return whole

    def option(self, number, value):
        length = len(value) if self.random.random() < 0.8 else self.random.getrandbits(32)
        return struct.pack("<IIII", wire.SETOPT, 0, number, length) + value


def main(seconds, seed, server):
    garbage = Garbage(seed, server)
    try:
        garbage.run(float(seconds))
    except wire.LcapError as e:
        print(f"requests: {e}", file=sys.stderr)
        return 1
    print("requests:", ", ".join(f"{value:,} {name}" for name, value in garbage.count.items()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
