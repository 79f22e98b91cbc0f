# SPDX-License-Identifier: Apache-2.0
"""What is in LCAP's messages. Written from a description of the protocol only, to meet the server as a stranger."""

import errno
import struct

START, DEQUEUE, CLEAR, FINI, ENQUEUE, ACK, SIGNAL = range(7)
# The only thing here that lcapd did not have: without it a test would wait ten minutes for a lease to run out.
SETOPT, LEASE = 7, 3

_HEADER = struct.Struct("<II")
_START = struct.Struct("<IIIIQ128s")
_CLEAR = struct.Struct("<IIqi")
_VALUE = struct.Struct("<IIi")

# The old client's receive buffer, for the whole body of an answer.
RECEIVE_BUFFER = 8 << 20


class LcapError(Exception):
    """What the old library would have returned, as a positive errno."""

    def __init__(self, code, problem):
        super().__init__(problem)
        self.code = code


def start(mdt, flags=0, first=0):
    return _START.pack(START, 0, flags, 0, first, mdt)


def dequeue():
    return _HEADER.pack(DEQUEUE, 0)


def clear(mdt, index, reader=b""):
    tail = reader + b"\0" + mdt + b"\0"
    return _CLEAR.pack(CLEAR, 0, index, len(tail)) + tail


def lease(seconds):
    return struct.pack("<IIIII", SETOPT, 0, LEASE, 4, seconds)


def fini():
    return _HEADER.pack(FINI, 0)


class Answer:
    """An ACK with a return code, or an ENQUEUE with records."""

    def __init__(self, frames):
        self.frames = len(frames)
        body = b"".join(frames)
        if len(body) > RECEIVE_BUFFER:
            raise LcapError(errno.EOVERFLOW, f"an answer of {len(body)} bytes")
        if len(body) < _VALUE.size:
            raise LcapError(errno.EPROTO, f"an answer of {len(body)} bytes: {body.hex()}")
        self.op, _, value = _VALUE.unpack_from(body)
        if self.op == ACK:
            if len(body) != _VALUE.size:
                raise LcapError(errno.EPROTO, f"an ACK of {len(body)} bytes")
            self.retcode = value
        elif self.op == ENQUEUE:
            self.count = value
            self.records = body[_VALUE.size :]
        else:
            raise LcapError(errno.EPROTO, f"an answer of operation {self.op}")
