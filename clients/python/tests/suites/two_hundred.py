"""Tests that all write, break and reset what they share with nobody: run side by side, each would see the others' traces."""

import os

import httpx
import pytest

TURNS = int(os.environ.get("TURNS", "200"))
BROKEN = {
    "name": "config-broken",
    "story": "Config fails. A good client says so.",
    "rules": [{"when": {"service": "config", "operation": "getConfig"}, "inject": [{"fault": "status", "code": 500}]}],
}


@pytest.fixture(scope="session")
def config(mock_suite_session):
    """A client of the config service, as the service under test would have it: for the whole session."""
    headers = {"Authorization": f"Bearer {mock_suite_session.env['CONFIG_SERVICE_API_KEY']}"}
    with httpx.Client(base_url=mock_suite_session.url("config"), headers=headers, trust_env=False) as client:
        yield client


def asked(config):
    return config.get("/api/v1/config/CACHE_TTL_SECONDS", params={"environment": "development"})


def value_of(config):
    return asked(config).json()["value"]


@pytest.mark.parametrize("turn", range(TURNS))
def test_writes_breaks_and_resets(mock_suite, config, turn):
    assert mock_suite.journal() == []
    assert mock_suite.playing() == []
    assert value_of(config) == "300"

    for change in range(2):
        written = str(1000 * (turn + 1) + change)
        mock_suite.world["settings"].change("CACHE_TTL_SECONDS", value=written)
        assert value_of(config) == written

    with mock_suite.play(BROKEN):
        assert asked(config).status_code == 500
    assert value_of(config) == written
    assert len(mock_suite.journal(service="config")) == 5

    mock_suite.reset()
    assert value_of(config) == "300"
    assert [exchange.status for exchange in mock_suite.journal()] == [200]
