# SPDX-License-Identifier: Apache-2.0
"""One reader of one MDT: a REQ socket, one request at a time, as the old library has it."""

import errno

import wire
import zmq


class Channel:
    def __init__(self, server, mdt, patience):
        """patience: seconds that an answer may take. The old library would wait for ever."""
        self.mdt = mdt.encode()
        self._server = server
        self._patience = patience
        self._open()

    def _open(self):
        self._socket = zmq.Context.instance().socket(zmq.REQ)
        self._socket.linger = 0
        self._socket.connect(self._server)

    def ask(self, *frames):
        """Sends the MDT and these frames. A silent server is a time-out, and the next request a new connection's."""
        self._socket.send_multipart([self.mdt, *frames])
        if not self._socket.poll(self._patience * 1000):
            self._socket.close()
            self._open()
            raise wire.LcapError(errno.ETIMEDOUT, f"no answer within {self._patience} s")
        return wire.Answer(self._socket.recv_multipart())

    def start(self, *frames):
        answer = self.ask(*frames)
        if answer.frames != 1:
            raise wire.LcapError(errno.EPROTO, f"the answer to START came in {answer.frames} frames")
        return answer
