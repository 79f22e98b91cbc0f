#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A reader program of the ZeroMQ policies, with libzmq: prints MESSAGE-NUMBER, topic and each line of a message's body,
separated by tabs. Ends with its standard input."""
import argparse
import sys

import zmq


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("type", choices=["SUB", "PULL", "REP"])
    options.add_argument("address")
    options.add_argument("--topic", action="append", default=[], help="SUB: asks for topics that begin so")
    options.add_argument("--answer", default="OK", help="REP: what it answers")
    options.add_argument("--messages", type=int, default=-1, help="dies with so many, the last one unanswered")
    arguments = options.parse_args()

    socket = zmq.Context().socket(getattr(zmq, arguments.type))
    socket.setsockopt(zmq.RCVHWM, 100_000 if arguments.type == "SUB" else 2)
    socket.setsockopt(zmq.RECONNECT_IVL, 10)
    for topic in arguments.topic:
        socket.setsockopt_string(zmq.SUBSCRIBE, topic)
    socket.connect(arguments.address)

    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(sys.stdin, zmq.POLLIN)
    messages = 0
    while True:
        ready = dict(poller.poll())
        if socket in ready:
            *topic, body = socket.recv_multipart()
            messages += 1
            for line in body.splitlines():
                sys.stdout.buffer.write(b"%d\t%s\t%s\n" % (messages, b"".join(topic), line))
            sys.stdout.flush()
            if messages == arguments.messages:
                return
            if arguments.type == "REP":
                socket.send_string(arguments.answer)
        elif ready:
            return


if __name__ == "__main__":
    main()
