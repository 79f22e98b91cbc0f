# SPDX-License-Identifier: Apache-2.0
# A libzmq peer (python3-zmq) that does what it is told on stdin, one command a line, and answers each with one line.
import errno
import sys
import time

import zmq

context = zmq.Context()
sockets = {}


def frames(words):
    return [b"" if word == "-" else bytes.fromhex(word) for word in words]


def text(parts):
    return " ".join(part.hex() or "-" for part in parts)


def key(value):
    return value.encode()


OPTIONS = {
    "identity": lambda s, v: s.setsockopt(zmq.IDENTITY, v.encode()),
    "subscribe": lambda s, v: s.setsockopt(zmq.SUBSCRIBE, v.encode()),
    "sndhwm": lambda s, v: s.setsockopt(zmq.SNDHWM, int(v)),
    "rcvhwm": lambda s, v: s.setsockopt(zmq.RCVHWM, int(v)),
    "rcvbuf": lambda s, v: s.setsockopt(zmq.RCVBUF, int(v)),
    "sndbuf": lambda s, v: s.setsockopt(zmq.SNDBUF, int(v)),
    "ipv6": lambda s, v: s.setsockopt(zmq.IPV6, int(v)),
    "correlate": lambda s, v: s.setsockopt(zmq.REQ_CORRELATE, int(v)),
    "relaxed": lambda s, v: s.setsockopt(zmq.REQ_RELAXED, int(v)),
    "public": lambda s, v: s.setsockopt(zmq.CURVE_PUBLICKEY, key(v)),
    "secret": lambda s, v: s.setsockopt(zmq.CURVE_SECRETKEY, key(v)),
    "server": lambda s, v: s.setsockopt(zmq.CURVE_SERVERKEY, key(v)),
    "asserver": lambda s, v: s.setsockopt(zmq.CURVE_SERVER, int(v)),
}


def open_(name, kind, how, address, *options):
    socket = context.socket(getattr(zmq, kind))
    socket.setsockopt(zmq.LINGER, 1000)
    sockets[name] = socket
    for option in options:
        # Keys contain any character but blanks.
        key_, value = option.split("=", 1)
        OPTIONS[key_](socket, value)
    if kind == "SUB" and not any(option.startswith("subscribe=") for option in options):
        socket.setsockopt(zmq.SUBSCRIBE, b"")
    end = time.monotonic() + 10
    while True:
        try:
            getattr(socket, how)(address)
            break
        except zmq.ZMQError as e:
            # The socket that had it before is closed in the background.
            if e.errno != errno.EADDRINUSE or time.monotonic() > end:
                raise
            time.sleep(0.01)
    return socket.getsockopt(zmq.LAST_ENDPOINT).decode().rstrip("\0")


def send(name, *words):
    sockets[name].send_multipart(frames(words))
    return "sent"


def recv(name, timeout):
    if not sockets[name].poll(int(timeout)):
        return "none"
    return text(sockets[name].recv_multipart())


def burst(name, first, count, prefix=""):
    """Sends the numbers as text: how many were sent."""
    sent = 0
    for number in range(int(first), int(first) + int(count)):
        try:
            sockets[name].send(prefix.encode() + str(number).encode(), zmq.DONTWAIT)
            sent += 1
        except zmq.Again:
            break
    return str(sent)


def take(name, count, timeout):
    """Receives so many messages: how many came, and whether their last frames are numbers one after the other."""
    taken, last, ordered = 0, None, True
    end = time.monotonic() + int(timeout) / 1000
    while taken < int(count) and sockets[name].poll(max(0, int((end - time.monotonic()) * 1000))):
        number = int(sockets[name].recv_multipart()[-1])
        ordered = ordered and (last is None or number == last + 1)
        taken, last = taken + 1, number
    return "%d %s" % (taken, "ordered" if ordered else "unordered")


def close(name):
    sockets.pop(name).close()
    return "closed"


COMMANDS = {"open": open_, "send": send, "recv": recv, "burst": burst, "take": take, "close": close}
print(zmq.zmq_version(), flush=True)
for line in sys.stdin:
    command, *words = line.split()
    try:
        print("ok " + COMMANDS[command](*words), flush=True)
    except Exception as e:
        print("error %s: %s" % (type(e).__name__, e), flush=True)
