# SPDX-License-Identifier: Apache-2.0
"""Says to an LCAP server what it is told to: one command a line on stdin, one line a answer on stdout.

    conversation.py SERVER [PATIENCE_SECONDS]

    ask MDT FRAME...           one request on the MDT's REQ socket; without a FRAME, the MDT alone
    burst MDT FRAME FRAME...   each frame is a request; all are sent before the first answer is awaited

A FRAME is one of
    start  start:FLAGS  start:FLAGS:INDEX  start:FLAGS:INDEX:NAME    (NAME instead of the MDT in the body)
    dequeue  clear:INDEX  fini
    bare-clear:INDEX    without reader and MDT behind it
    hex:BYTES           these bytes; an empty frame if there are none
    first:N:FRAME  from:N:FRAME    the first N bytes of a frame, and the others

Answers: "ack RETCODE", "enqueue COUNT BYTES" (hex), "error ERRNO PROBLEM"; of a burst, one line with " | " between.
"""

import sys

import wire
import zmq
from channel import Channel


def frame(mdt, text):
    kind, _, rest = text.partition(":")
    if kind == "start":
        values = rest.split(":") if rest else []
        name = values[2].encode() if len(values) > 2 else mdt
        return wire.start(name, *(int(value, 0) for value in values[:2]))
    if kind == "dequeue":
        return wire.dequeue()
    if kind == "clear":
        return wire.clear(mdt, int(rest))
    if kind == "bare-clear":
        return wire.clear(mdt, int(rest))[:16] + bytes(4)
    if kind == "fini":
        return wire.fini()
    if kind == "hex":
        return bytes.fromhex(rest)
    length, _, inner = rest.partition(":")
    if kind == "first":
        return frame(mdt, inner)[: int(length)]
    if kind == "from":
        return frame(mdt, inner)[int(length) :]
    raise ValueError(f"no such frame: {text}")


def line(answer):
    if answer.op == wire.ACK:
        return f"ack {answer.retcode}"
    return f"enqueue {answer.count} {answer.records.hex()}"


class Conversation:
    def __init__(self, server, patience):
        self._server = server
        self._patience = patience
        self._channels = {}

    def ask(self, mdt, *frames):
        channel = self._channels.get(mdt)
        if channel is None:
            channel = self._channels[mdt] = Channel(self._server, mdt, self._patience)
        send = channel.start if frames and "start" in frames[0] else channel.ask
        return line(send(*(frame(channel.mdt, text) for text in frames)))

    def burst(self, mdt, *requests):
        """A DEALER, which unlike a REQ socket also shows an answer too many: it stands in another one's place."""
        name = mdt.encode()
        with zmq.Context.instance().socket(zmq.DEALER) as socket:
            socket.linger = 0
            socket.connect(self._server)
            for request in requests:
                socket.send_multipart([b"", name, frame(name, request)])
            answers = []
            while len(answers) < len(requests):
                if not socket.poll(self._patience * 1000):
                    return " | ".join([*answers, "silent"])
                answers.append(line(wire.Answer(socket.recv_multipart()[1:])))
            return " | ".join(answers)


def main(server, patience="10"):
    conversation = Conversation(server, float(patience))
    commands = {"ask": conversation.ask, "burst": conversation.burst}
    for command in sys.stdin:
        word, *arguments = command.split()
        try:
            answer = commands[word](*arguments)
        except wire.LcapError as e:
            answer = f"error {e.code} {e}"
        print(answer, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
