# SPDX-License-Identifier: Apache-2.0
"""A reader program over the old client library: START, records until the end, a CLEAR at each batch's last, FINI.

A batch that was worked through is appended to the log before its CLEAR is sent, a line a record, in one write:
    MDT INDEX RECEIVED DONE [FID[,FID]]     (times in ns of the machine's monotonic clock; FIDs the record is about)
So whatever ends this process, what it acknowledged is in the log.

SIGTERM ends it with FINI before its next batch. Exit status: 0, else the errno that the old library would have failed
with (71 EPROTO for a server that does not know this reader any more, 75 EOVERFLOW, 110 when no answer came in time).
"""

import argparse
import os
import random
import signal
import sys
import time

import wire
from channel import Channel
from records import walk


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True)
    parser.add_argument("--mdt", required=True)
    parser.add_argument("--group", help="group that it names in START; without one, the server's default")
    parser.add_argument("--log", required=True)
    parser.add_argument("--flags", type=lambda text: int(text, 0), default=0)
    parser.add_argument("--patience", type=float, default=30, help="seconds that an answer may take")
    parser.add_argument("--follow", type=float, help="at the end, ask again after these seconds instead of FINI")
    parser.add_argument("--work", type=float, default=0, help="seconds that a batch takes; half of it to all of it")
    parser.add_argument("--lease", type=int, help="seconds that a batch is its own")
    parser.add_argument("--batches", type=int, help="FINI after so many")
    parser.add_argument("--vanish", action="store_true", help="end without FINI")
    parser.add_argument("--die-with", type=int, help="kill -9 itself with its n-th batch in hand")
    parser.add_argument("--freeze-with", type=int, help="SIGSTOP itself with its n-th batch in hand")
    parser.add_argument("--never-clear", action="store_true", help="ask for the next batch instead, and log nothing")
    return parser.parse_args()


def checked(answer):
    """The return code of an ACK that does not mean an error."""
    if answer.op != wire.ACK:
        raise wire.LcapError(71, "records instead of an ACK")
    if answer.retcode < 0:
        raise wire.LcapError(-answer.retcode, f"answered {answer.retcode}")
    return answer.retcode


class Reader:
    def __init__(self, options):
        self._options = options
        self._channel = Channel(options.server, options.mdt, options.patience)
        self._log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._batches = 0
        self._leaving = False

    def leave(self, *_):
        self._leaving = True

    def run(self):
        group = f"@{self._options.group}".encode() if self._options.group else b""
        checked(self._channel.start(wire.start(self._channel.mdt + group, self._options.flags)))
        if self._options.lease:
            checked(self._channel.ask(wire.lease(self._options.lease)))
        while not self._leaving and self._batches != self._options.batches:
            answer = self._channel.ask(wire.dequeue())
            if answer.op == wire.ENQUEUE:
                self._batch(answer)
            elif checked(answer) == 1 and self._options.follow is None:
                break
            else:
                time.sleep(self._options.follow)
        if not self._options.vanish:
            checked(self._channel.ask(wire.fini()))

    def _batch(self, answer):
        received = time.monotonic_ns()
        if len(answer.records) < 64:
            raise wire.LcapError(22, f"a batch of {len(answer.records)} bytes")
        batch = walk(answer.records, answer.count)
        self._batches += 1
        if self._batches == self._options.die_with:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._batches == self._options.freeze_with:
            os.kill(os.getpid(), signal.SIGSTOP)
        if self._options.work:
            time.sleep(self._options.work * random.uniform(0.5, 1))
        if self._options.never_clear:
            return
        done = time.monotonic_ns()
        mdt = self._options.mdt
        lines = (f"{mdt} {record.index} {received} {done} {','.join(record.subjects)}\n" for record in batch)
        os.write(self._log, "".join(lines).encode())
        checked(self._channel.ask(wire.clear(self._channel.mdt, batch[-1].index)))


def main(options):
    try:
        reader = Reader(options)
        signal.signal(signal.SIGTERM, reader.leave)
        reader.run()
        return 0
    except wire.LcapError as e:
        print(f"{options.log}: {e}", file=sys.stderr)
        return e.code


if __name__ == "__main__":
    sys.exit(main(arguments()))
