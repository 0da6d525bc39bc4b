"""Servers on this machine for tests: a handler on a free port, in a thread."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class Handler(BaseHTTPRequestHandler):
    """Hands each request to ``service.answer(method, path, query, body, headers)``: status, headers, content."""

    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        service: Any = self.server.service  # type: ignore[attr-defined]
        service.seen.append((self.command, self.path, dict(self.headers)))
        status, headers, content = service.answer(self.command, unquote(parts.path), query, body, self.headers)
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
            headers = {"Content-Type": "application/json", **headers}
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve

    def log_message(self, *_: Any) -> None:
        """Nothing is written to the terminal."""


@contextmanager
def serve(service: Any) -> Iterator[str]:
    """The address at which a service answers while the block runs; it notes requests in ``seen``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.service = service  # type: ignore[attr-defined]
    service.seen = []
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
