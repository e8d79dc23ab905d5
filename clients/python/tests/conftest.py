"""The plugin is tested as it is installed. Tests of the lane use the fixtures as anybody would; tests of runs make one of their own."""

import os
import signal
import textwrap

import pytest

#: A client of the alert service, and an alert that it takes; for the tests within the tests.
PRELUDE = """
import httpx
import pytest

ALERT = {
    "user_id": "user_123", "alert_type": "price_target", "instrument_key": "NSE@RELIANCE@EQ", "condition": "price > 2500",
    "message": "RELIANCE reached its target", "priority": "high", "metadata": {"signal_source": "momentum"},
}

def send(lane, body=ALERT, path="/api/v1/alerts"):
    headers = {"X-Internal-API-Key": lane.env["INTERNAL_API_KEY"]}
    return httpx.post(lane.url("alert", path), json=body, headers=headers, trust_env=False)
"""


@pytest.fixture
def project(pytester):
    """A project with tests of its own, run by a pytest of its own."""
    return Project(pytester)


class Project:
    def __init__(self, pytester):
        self.pytester = pytester
        self.settings = {"addopts": "-p no:cacheprovider"}

    @property
    def root(self):
        return self.pytester.path

    def test(self, code, name="test_it"):
        (self.root / f"{name}.py").write_text(PRELUDE + textwrap.dedent(code))

    def run(self, *arguments, **settings):
        """Runs it, and tells what came of it."""
        lines = (f"{name} = {value}" for name, value in {**self.settings, **settings}.items())
        (self.root / "pytest.ini").write_text("\n".join(["[pytest]", *lines]))
        return self.pytester.runpytest_subprocess(*arguments, timeout=240)


@pytest.fixture
def gone():
    """Whether a process has ended; those of ours that have not are made to, so that no failure leaves a suite behind."""
    asked = []

    def is_gone(pid):
        asked.append(pid)
        return not alive(pid)

    yield is_gone
    for pid in asked:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
