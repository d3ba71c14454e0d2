"""A SPARQL endpoint on this machine, for tests: it answers with what it holds, and keeps the queries."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pyoxigraph

__all__ = ["Endpoint", "answering", "serving"]

_NT = "application/n-triples"


class Endpoint:
    """Where it listens, and the queries that came in."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/sparql"
        self.queries: list[str] = []


@contextmanager
def answering(status: int, kind: str, body: bytes, **headers: str) -> Iterator[Endpoint]:
    """A server that gives every request one answer."""
    with _server(lambda _: (status, kind, body), headers) as endpoint:
        yield endpoint


@contextmanager
def serving(turtle: str) -> Iterator[Endpoint]:
    """An endpoint that holds some Turtle."""
    store = pyoxigraph.Store()
    store.load(turtle.encode(), pyoxigraph.RdfFormat.TURTLE)

    def answer(query: str) -> tuple[int, str, bytes]:
        found = store.query(query)
        assert isinstance(found, pyoxigraph.QueryTriples)
        return 200, _NT, found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""

    with _server(answer, {}) as endpoint:
        yield endpoint


@contextmanager
def _server(
    answer: Callable[[str], tuple[int, str, bytes]], headers: Mapping[str, str]
) -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            (query,) = parse_qs(self.rfile.read(length).decode())["query"]
            endpoint.queries.append(query)
            status, kind, body = answer(query)
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: what it was asked is kept."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
