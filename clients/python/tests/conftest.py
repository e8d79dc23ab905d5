"""The plugin is tested as it is installed. Tests of the lane use the fixtures as anybody would; tests of runs make one of their own."""

import json
import os
import shlex
import signal
import subprocess
import textwrap
from contextlib import contextmanager

import pytest

COMMAND = os.environ["MOCK_SUITE_COMMAND"]
#: Seconds that an end in order may take.
PATIENCE = 30

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


@contextmanager
def running(*flags):
    """A suite that somebody else started."""
    command = [*shlex.split(COMMAND), "start-all", "--ports", "auto", "--json", "--quiet", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@pytest.fixture(scope="session")
def shared_suite():
    """The address of one suite for all runs that need none of their own: a start of each would be most of what they take."""
    with running("--lanes", "4") as suite:
        yield suite["control"]["url"]


@pytest.fixture
def project(pytester):
    """A project with tests of its own, run by a pytest of its own, which starts its suite."""
    return Project(pytester)


@pytest.fixture
def joining(project, shared_suite, monkeypatch):
    """A project whose runs join the shared suite."""
    monkeypatch.setenv("MOCK_SUITE_URL", shared_suite)
    return project


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
        """Runs it in this process, and tells what came of it."""
        self._set(settings)
        return self.pytester.runpytest_inprocess(*arguments)

    def run_apart(self, *arguments, **settings):
        """The same in a process of its own: with workers, and for what happens before pytest has read its settings."""
        self._set(settings)
        return self.pytester.runpytest_subprocess(*arguments, timeout=240)

    def _set(self, settings):
        lines = (f"{name} = {value}" for name, value in {**self.settings, **settings}.items())
        (self.root / "pytest.ini").write_text("\n".join(["[pytest]", *lines]))


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
