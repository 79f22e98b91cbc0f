# SPDX-License-Identifier: Apache-2.0
"""Peers that keep to the rules, and say when they are not served: honest.py BOUND NAME=ADDRESS...

Each does one thing ten times a second, and waits for what belongs to it, BOUND seconds at most:
    rep, router    a request, and its reply
    pull, sub      a message in, and the same message out of pub
    push           receives something, whatever others get
    dealer         answers a request, whatever others get
Prints "served" when each has been served once. Told to end (end of stdin) it prints how often and how long at most.
Exit status 1: somebody was not served in time.
"""

import os
import sys
import threading
import time

import zmq

PACE = 0.1


class Unserved(Exception):
    pass


class Peer:
    def __init__(self, name, bound):
        self.name = name
        self.bound = bound
        self.served = 0
        self.longest = 0.0

    def socket(self, kind, address):
        socket = zmq.Context.instance().socket(kind)
        socket.linger = 0
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, f"honest {self.name} ".encode())
        socket.connect(address)
        return socket

    def run(self, ending):
        while not ending.is_set():
            begin = time.monotonic()
            self.once()
            self.longest = max(self.longest, time.monotonic() - begin)
            self.served += 1
            ending.wait(PACE)

    def receive(self, socket):
        if not socket.poll(self.bound * 1000):
            raise Unserved(f"{self.name}: nothing within {self.bound} s, after {self.served} times")
        return socket.recv_multipart()


class Asking(Peer):
    """A REQ peer."""

    def __init__(self, name, bound, addresses):
        super().__init__(name, bound)
        self.asks = self.socket(zmq.REQ, addresses[name])

    def once(self):
        request = f"honest {self.name} {self.served}".encode()
        self.asks.send(request)
        reply = self.receive(self.asks)
        if reply != [request]:
            raise Unserved(f"{self.name}: asked {request!r}, got {reply!r}")


class Passing(Peer):
    """Sends into one socket and waits at another. Until it has come through once, messages are lost: PUB drops."""

    def __init__(self, name, kind, bound, addresses):
        super().__init__(name, bound)
        self.sends = self.socket(kind, addresses[name])
        self.gets = self.socket(zmq.SUB, addresses["pub"])

    def once(self):
        end = time.monotonic() + self.bound
        while self.served == 0 and time.monotonic() < end:
            self.sends.send(f"honest {self.name} first".encode())
            if self.gets.poll(200):
                return
        message = f"honest {self.name} {self.served}".encode()
        self.sends.send(message)
        while (got := self.receive(self.gets)) != [message]:
            if not got[0].endswith(b" first"):
                raise Unserved(f"{self.name}: sent {message!r}, got {got!r}")


class Pulling(Peer):
    def __init__(self, name, bound, addresses):
        super().__init__(name, bound)
        self.pulls = self.socket(zmq.PULL, addresses[name])

    def once(self):
        self.receive(self.pulls)


class Answering(Peer):
    def __init__(self, name, bound, addresses):
        super().__init__(name, bound)
        self.answers = self.socket(zmq.REP, addresses[name])

    def once(self):
        self.receive(self.answers)
        self.answers.send(b"honest reply")


def guarded(peer, ending):
    try:
        peer.run(ending)
    except Exception as e:
        print(f"{type(e).__name__}: {e}", file=sys.stderr, flush=True)
        os._exit(1)


def main(bound, *addresses):
    where = dict(address.split("=", 1) for address in addresses)
    bound = float(bound)
    peers = [
        Asking("rep", bound, where),
        Asking("router", bound, where),
        Passing("pull", zmq.PUSH, bound, where),
        Passing("sub", zmq.PUB, bound, where),
        Pulling("push", bound, where),
        Answering("dealer", bound, where),
    ]
    ending = threading.Event()
    threads = [threading.Thread(target=guarded, args=(peer, ending)) for peer in peers]
    for thread in threads:
        thread.start()
    while not all(peer.served for peer in peers):
        time.sleep(0.05)
    print("served", flush=True)
    sys.stdin.read()
    ending.set()
    for thread in threads:
        thread.join()
    print("honest:", ", ".join(f"{peer.name} {peer.served:,} times, {peer.longest * 1000:.0f} ms at most" for peer in peers), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
