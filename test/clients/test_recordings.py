"""What we record is read by another reader of HAR: haralyzer."""

import base64
import json
import signal
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from suite import PATIENCE, PROGRAM, announced

haralyzer = pytest.importorskip("haralyzer", reason="haralyzer is not here: no other reader has seen our recordings")

PICTURE = bytes(range(256))


class RealService(BaseHTTPRequestHandler):
    """Something that really answers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/gone":
            self.close_connection = True
        elif self.path == "/picture":
            self.reply(200, "image/png", PICTURE)
        else:
            self.reply(200, "application/json", json.dumps({"path": self.path}).encode(), ("Set-Cookie", "seen=1; Path=/; HttpOnly"))

    def do_POST(self):
        self.reply(201, "application/json", self.rfile.read(int(self.headers["content-length"])))

    def reply(self, status, content_type, body, *headers):
        self.send_response(status)
        for name, value in (("Content-Type", content_type), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def real_service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), RealService)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def recorded(upstream, out, talk):
    """Records what a client says to the real service, and gives back the file."""
    command = ["node", str(PROGRAM), "record", "--service", "alert", "--upstream", upstream, "--out", str(out), "--ports", "auto", "--no-control", "--json"]
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True)
        try:
            talk(announced(process, complaints)["lanes"][0]["services"]["alert"])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)
            process.stdout.close()
        assert process.returncode == 0
    (file,) = Path(out).glob("*.har")
    return file


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    def talk(url):
        requests.get(f"{url}/alerts", params={"limit": 5, "q": "a b"}, timeout=PATIENCE)
        requests.post(f"{url}/alerts", json={"symbol": "NSE:TCS"}, timeout=PATIENCE)
        requests.get(f"{url}/picture", timeout=PATIENCE)
        assert requests.get(f"{url}/gone", timeout=PATIENCE).status_code == 502

    with real_service() as upstream:
        file = recorded(upstream, tmp_path_factory.mktemp("recordings"), talk)
    parser = haralyzer.HarParser.from_file(str(file))
    assert (parser.version, parser.creator["name"]) == ("1.2", "mock-suite")
    return [haralyzer.assets.HarEntry(entry) for entry in parser.har_data["entries"]]


def test_requests_are_there_in_order(entries):
    told = [(entry.request.method, entry.request.url.split("/", 3)[3], entry.response.status) for entry in entries]
    assert told == [("GET", "alerts?limit=5&q=a+b", 200), ("POST", "alerts", 201), ("GET", "picture", 200), ("GET", "gone", 0)]


def test_the_query_is_taken_apart(entries):
    assert entries[0].request.queryString == [{"name": "limit", "value": "5"}, {"name": "q", "value": "a b"}]


def test_bodies_are_what_was_said(entries):
    assert json.loads(entries[1].request.text) == json.loads(entries[1].response.text) == {"symbol": "NSE:TCS"}
    assert entries[2].response.textEncoding == "base64"
    assert base64.b64decode(entries[2].response.text) == PICTURE
    assert [entry.response.mimeType for entry in entries[:3]] == ["application/json", "application/json", "image/png"]
    assert entries[1].request.mimeType.startswith("application/json")


def test_cookies_times_and_headers_are_readable(entries):
    (cookie,) = entries[0].response.raw_entry["cookies"]
    assert (cookie["name"], cookie["path"], cookie["httpOnly"]) == ("seen", "/", True)
    assert all(entry.startTime.tzinfo is not None and entry.time >= 0 for entry in entries)
    assert entries[0].request.userAgent.startswith("python-requests")
    assert haralyzer.HarParser.match_headers(entries[0], "response", "content-type", "json")
