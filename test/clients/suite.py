"""A running mock-suite: started by the command that users type, driven through its control API."""

import json
import os
import queue
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import requests

PROGRAM = Path(os.environ.get("MOCK_SUITE_BIN", Path(__file__).parents[2] / "dist/bin/mock-suite.js"))

# The clock stands still here until a test moves it: 14:45 on a Saturday in Kolkata.
NOON = "2026-01-17T09:15:30Z"

# Seconds that anything of ours may take before we call it hung.
PATIENCE = 30


@contextmanager
def started_suite(*flags):
    """The suite on free ports; stopped by SIGTERM whatever happens, and held to a clean end."""
    with tempfile.TemporaryFile("w+") as complaints:
        command = ["node", str(PROGRAM), "start-all", "--ports", "auto", "--json", "--clock", NOON, *flags]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True)
        try:
            yield Suite(announced(process, complaints))
        finally:
            stop(process)
        assert process.returncode == 0, f"the suite ended with {process.returncode}:\n{told(complaints)}"
        assert "stray error" not in told(complaints), told(complaints)


def announced(process, complaints):
    """What `--json` prints once everything listens."""
    lines = queue.Queue()
    threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=PATIENCE)
    except queue.Empty:
        raise AssertionError(f"the suite did not start within {PATIENCE} s:\n{told(complaints)}") from None
    assert line, f"the suite did not start:\n{told(complaints)}"
    return json.loads(line)


def stop(process):
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=PATIENCE)
    process.stdout.close()


def told(complaints):
    complaints.seek(0)
    return complaints.read()


class Suite:
    """Where the fakes are, what they know of one another's secrets, and the ways to change and inspect them."""

    def __init__(self, announcement):
        self.urls = announcement["lanes"][0]["services"]
        self.control_url = announcement["control"]["url"]
        self._session = requests.Session()
        self.env = self._control("GET", "/v1/env")

    def close(self):
        self._session.close()

    def url(self, service, path=""):
        return self.urls[service] + path

    @property
    def internal_key(self):
        return {"X-Internal-API-Key": self.env["INTERNAL_API_KEY"]}

    @property
    def gateway(self):
        return {"X-Gateway-Secret": self.env["GATEWAY_SECRET"]}

    def reset(self):
        self._control("POST", "/v1/reset")

    def advance(self, by):
        """Moves the clock on: `61s`, `2m`, `1h`."""
        return self._control("POST", "/v1/clock/advance", json={"by": by})["now"]

    def records(self, table):
        return self._control("GET", f"/v1/tables/{table}")["records"]

    def record(self, table, key):
        return self._control("GET", f"/v1/tables/{table}/{key}")["record"]

    def put(self, table, key, **members):
        self._control("PUT", f"/v1/tables/{table}/{key}", json=members)

    def change(self, table, key, **members):
        self.put(table, key, **{**self.record(table, key), **members})

    def delete(self, table, key):
        self._control("DELETE", f"/v1/tables/{table}/{key}")

    def journal(self, **filters):
        return self._control("GET", "/v1/journal", params=filters)["entries"]

    def targets(self, service):
        """Method and target of all that a service was asked, in order."""
        return [(entry["request"]["method"], entry["request"]["target"]) for entry in self.journal(service=service)]

    def inbox(self, **filters):
        return self._control("GET", "/v1/inbox", params=filters)["messages"]

    def eml(self, message_id):
        return self._ask("GET", f"/v1/inbox/{message_id}/eml").content

    def _control(self, method, path, **request):
        reply = self._ask(method, path, **request)
        return reply.json() if reply.content else None

    def _ask(self, method, path, **request):
        reply = self._session.request(method, self.control_url + path, timeout=PATIENCE, **request)
        assert reply.ok, f"{method} {path} of the control API: {reply.status_code} {reply.text}"
        return reply
