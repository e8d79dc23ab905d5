"""One suite for the whole run; as good as new for every test, and judged after each."""

import os
import signal

import pytest

from suite import started_suite

# The fakes are on this machine; a proxy has no business between.
for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]


def pytest_sessionstart(session):
    """A run that is called off ends after the present test, and in order: the suite is stopped too."""
    signal.signal(signal.SIGTERM, lambda *_: setattr(session, "shouldstop", "called off"))


@pytest.fixture(scope="session")
def running():
    with started_suite() as suite:
        yield suite
        suite.close()


@pytest.fixture(autouse=True)
def suite(running):
    running.reset()
    yield running
    entries = running.journal()
    assert [entry for entry in entries if entry["failure"]] == [], "a handler threw"
    assert [entry for entry in entries if entry["violations"]] == [], "a reply broke its contract"


@pytest.fixture
def anyio_backend():
    return "asyncio"
