#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A web service that reads what it gets: reading_service.py PORT-FILE FILE. Each line that is POSTed is decoded, and all are kept in FILE."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        records = [json.loads(line) for line in body.splitlines()]
        with LOCK, open(sys.argv[2], "ab") as kept:
            kept.write(body)
        self.send_response(204 if all("id" in record for record in records) else 400)
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        # a client that was stopped
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


server = Server(("127.0.0.1", 0), Handler)
Path(sys.argv[1]).write_text(str(server.server_address[1]))
server.serve_forever()
