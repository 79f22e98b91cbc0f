# SPDX-License-Identifier: Apache-2.0
"""Random messages of real ZeroMQ peers: messages.py SECONDS SEED NAME=ADDRESS...

NAME is the kind of the socket at that address; each gets peers of each type that may speak to it, good and bad. At the
address called server this program listens, and answers garbage to whoever asks.
"""

import random
import sys
import time

import zmq

PARTNERS = {
    "pull": (zmq.PUSH,),
    "sub": (zmq.PUB, zmq.XPUB),
    "rep": (zmq.REQ, zmq.DEALER),
    "router": (zmq.REQ, zmq.DEALER, zmq.ROUTER),
    "pub": (zmq.SUB, zmq.XSUB),
    "push": (zmq.PULL,),
    "dealer": (zmq.REP, zmq.ROUTER, zmq.DEALER),
}
STRANGERS = (zmq.PUSH, zmq.PULL, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.PAIR)
MOST_PEERS = 40
FRAME_SIZES = (0, 1, 4, 5, 30, 255, 256, 5_000, 65_536, 65_537, 300_000)


class Garbage:
    def __init__(self, seed, addresses):
        self.random = random.Random(seed)
        self.addresses = addresses
        self.peers = []
        self.count = dict.fromkeys(("peers", "messages", "replies"), 0)
        self.server = zmq.Context.instance().socket(zmq.ROUTER)
        self.server.linger = 0
        self.server.bind(addresses.pop("server"))

    def run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while len(self.peers) < MOST_PEERS:
                self.peers.append(self.peer())
            socket, reads = peer = self.random.choice(self.peers)
            if self.random.random() < 0.02:
                self.peers.remove(peer)
                socket.close()
            else:
                self.act(socket, reads)
            self.answer(self.server)
            time.sleep(0.005)
        for socket, _ in self.peers:
            socket.close()
        self.server.close()

    def peer(self):
        name = self.random.choice(list(self.addresses))
        socket = zmq.Context.instance().socket(self.random.choice(PARTNERS[name] if self.random.random() < 0.9 else STRANGERS))
        socket.linger = 0
        reads = self.random.random() < 0.5
        if not reads:
            socket.rcvhwm = 1
            socket.setsockopt(zmq.RCVBUF, 4096)
        if self.random.random() < 0.3:
            # Few names, so that some are taken.
            socket.setsockopt(zmq.IDENTITY, bytes([self.random.randint(1, 5)]) * self.random.choice((1, 20, 255)))
        if socket.type == zmq.REQ:
            socket.setsockopt(zmq.REQ_RELAXED, 1)
        socket.connect(self.addresses[name])
        self.count["peers"] += 1
        return socket, reads

    def message(self):
        frames = [self.random.randbytes(self.random.choice(FRAME_SIZES[:8])) for _ in range(self.random.choice((1, 1, 2, 3, 100)))]
        if self.random.random() < 0.02:
            frames.append(bytes(self.random.choice(FRAME_SIZES)))
        return frames

    def act(self, socket, reads):
        if socket.type in (zmq.SUB, zmq.XSUB):
            if socket.type == zmq.SUB:
                option = zmq.SUBSCRIBE if self.random.random() < 0.8 else zmq.UNSUBSCRIBE
                topic = self.random.choice((b"", b"h", self.random.randbytes(self.random.randint(0, 200))))
                socket.setsockopt(option, topic)
            else:
                self.send(socket, [bytes([self.random.randrange(3)]) + self.random.randbytes(20)])
        elif socket.type in (zmq.REP, zmq.ROUTER):
            self.answer(socket)
        elif socket.type != zmq.PULL:
            for _ in range(self.random.choice((1, 1, 10, 200))):
                if not self.send(socket, self.message()):
                    break
        if reads:
            for _ in range(200):
                if not self.receive(socket):
                    break

    def send(self, socket, frames):
        try:
            socket.send_multipart(frames, zmq.NOBLOCK)
        except zmq.ZMQError:
            return False
        self.count["messages"] += 1
        return True

    def receive(self, socket):
        try:
            return socket.recv_multipart(zmq.NOBLOCK)
        except zmq.ZMQError:
            return None

    def answer(self, socket):
        """To a REQ or DEALER: what was asked for with another end, with less, with more, twice, or nothing at all."""
        asked = self.receive(socket)
        if not asked:
            return
        kind = self.random.randrange(6)
        if kind == 0:
            return
        if kind == 1:
            reply = asked[:1] + self.message()
        elif kind == 2:
            reply = asked[: self.random.randint(1, len(asked))]
        elif kind == 3:
            reply = [asked[0], self.random.randbytes(4), b"", *self.message()]
        else:
            reply = asked + self.message()
        for _ in range(2 if kind == 4 else 1):
            if self.send(socket, reply):
                self.count["replies"] += 1


def main(seconds, seed, *addresses):
    garbage = Garbage(seed, dict(address.split("=", 1) for address in addresses))
    garbage.run(float(seconds))
    print("messages:", ", ".join(f"{value:,} {name}" for name, value in garbage.count.items()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
