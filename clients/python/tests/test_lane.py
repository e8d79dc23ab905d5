"""What a test does with its lane. These tests use the fixtures as any project would."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta, timezone

import httpx
import pytest

from pytest_mock_suite import MockSuiteError

NOON = datetime(2026, 1, 17, 9, 15, 30, tzinfo=timezone.utc)
ALERT = {
    "user_id": "user_123",
    "alert_type": "price_target",
    "instrument_key": "NSE@RELIANCE@EQ",
    "condition": "price > 2500",
    "message": "RELIANCE reached its target",
    "priority": "high",
    "channels": ["email"],
    "metadata": {"signal_source": "momentum"},
}
BROKEN = """\
name: alert-broken
story: Alert fails. A good client says so.
rules:
  - when: { service: alert, operation: createAlert }
    inject: [{ fault: status, code: 500 }]
"""


def send(lane, body=ALERT):
    headers = {"X-Internal-API-Key": lane.env["INTERNAL_API_KEY"]}
    return httpx.post(lane.url("alert", "/api/v1/alerts"), json=body, headers=headers, trust_env=False)


def test_an_exchange_has_request_and_reply_as_they_passed(mock_suite):
    created = send(mock_suite)
    (exchange,) = mock_suite.journal(service="alert", operation="createAlert")
    assert (exchange.status, exchange.request.method, exchange.request.path) == (201, "POST", "/api/v1/alerts")
    assert exchange.request.json() == ALERT
    assert exchange.request.header("CONTENT-TYPE") == "application/json"
    assert exchange.request.header("x-nobody-sent-this") is None
    assert exchange.reply.json() == created.json()
    assert str(exchange) == "#1 POST /api/v1/alerts → 201  alert.createAlert"


@pytest.mark.mock_suite(allow=["unmatched:alert"])
def test_the_journal_is_filtered(mock_suite):
    send(mock_suite)
    httpx.get(mock_suite.url("alert", "/nowhere"), trust_env=False)
    assert [one.status for one in mock_suite.journal()] == [201, 404]
    assert [one.status for one in mock_suite.journal(status=404)] == [404]
    assert [one.operation for one in mock_suite.journal(unmatched=True)] == [None]
    assert [one.seq for one in mock_suite.journal(since=1)] == [2]
    assert mock_suite.journal(service="comms") == []


def test_a_scenario_plays_in_its_block(mock_suite):
    with mock_suite.play("alert-down") as down:
        assert [one.scenario for one in mock_suite.playing()] == [down.scenario] == ["alert-down"]
        with pytest.raises(httpx.TransportError):
            send(mock_suite)
    assert mock_suite.playing() == []
    assert send(mock_suite).status_code == 201


@pytest.mark.parametrize("kind", ["text", "data", "path", "name of a path"])
def test_a_scenario_is_text_or_data_or_a_file(mock_suite, tmp_path, kind):
    data = {
        "name": "alert-broken",
        "story": "Alert fails. A good client says so.",
        "rules": [
            {"when": {"service": "alert", "operation": "createAlert"}, "inject": [{"fault": "status", "code": 500}]}
        ],
    }
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN)
    mock_suite.play({"text": BROKEN, "data": data, "path": file, "name of a path": str(file)}[kind])
    assert send(mock_suite).status_code == 500
    (rule,) = mock_suite.playing()[0].rules
    assert (rule.matches, rule.strikes) == (1, 1)
    assert mock_suite.journal(fault="status")[0].faults == ("status",)


def test_a_scenario_that_was_stopped_may_be_stopped_by_its_block_too(mock_suite):
    with mock_suite.play(BROKEN) as broken:
        send(mock_suite)
        mock_suite.stop("alert-broken")
        broken.stop()
    with pytest.raises(MockSuiteError, match="could not stop alert-broken") as refused:
        mock_suite.stop("alert-broken")
    assert refused.value.code == "unknown-scenario"


def test_a_scenario_of_the_test_before_plays_no_more(mock_suite):
    assert mock_suite.playing() == []


@pytest.mark.mock_suite(allow="rule-never-met")
def test_the_seed_decides_what_is_planned(mock_suite):
    flaky = BROKEN.replace("inject:", "chance: 0.5\n    inject:")
    planned = [json.dumps(mock_suite.plan(flaky, requests=50, seed=seed)["rules"]) for seed in (1, 1, 2)]
    assert planned[0] == planned[1] != planned[2]
    assert mock_suite.play(flaky, seed=7).seed == 7
    mock_suite.stop("alert-broken")
    assert mock_suite.playing() == []


@pytest.mark.mock_suite(freeze="2026-01-17T09:15:30Z")
def test_the_clock_stands_still_and_is_moved(mock_suite):
    assert mock_suite.now() == NOON
    assert mock_suite.advance("61s") == NOON + timedelta(seconds=61)
    assert mock_suite.advance(timedelta(milliseconds=500)) == NOON + timedelta(seconds=61.5)
    assert mock_suite.freeze(NOON + timedelta(days=1)) == NOON + timedelta(days=1)
    mock_suite.resume()
    assert mock_suite.now() >= NOON + timedelta(days=1)


def test_the_clock_of_the_test_before_stands_still_no_more(mock_suite):
    assert mock_suite.now() > NOON + timedelta(days=2)


def test_mail_that_was_sent_is_in_the_inbox(mock_suite):
    send(mock_suite)
    mock_suite.advance("61s")
    (mail,) = mock_suite.inbox(channel="email")
    assert mail.user_id == "user_123"
    assert "RELIANCE" in mail.text
    assert mock_suite.inbox(to="nobody@example.com") == []


def test_records_are_read_and_written(mock_suite):
    settings = mock_suite.world["settings"]
    assert (
        settings["CACHE_TTL_SECONDS"]["value"] == mock_suite.record("settings", "CACHE_TTL_SECONDS")["value"] == "300"
    )
    assert settings.change("CACHE_TTL_SECONDS", value="60")["value"] == "60"
    before = len(settings)
    mock_suite.put("settings", "NEW", value="1")
    assert "NEW" in settings
    assert len(settings) == len(settings.records()) == before + 1
    del settings["NEW"]
    assert "NEW" not in settings
    with pytest.raises(KeyError, match="NEW"):
        settings["NEW"]
    with pytest.raises(TypeError):
        iter(settings)
    assert {"world.settings", "alert.alerts"} <= set(mock_suite.world.tables())


def test_what_was_written_before_is_gone(mock_suite):
    assert mock_suite.record("settings", "CACHE_TTL_SECONDS")["value"] == "300"


def test_the_suite_refuses_in_its_own_words(mock_suite):
    subscriptions = mock_suite.world["subscriptions"]
    with pytest.raises(MockSuiteError, match="users does not have") as refused:
        subscriptions.change(subscriptions.records()[0]["subscription_id"], user_id="nobody")
    assert (refused.value.code, refused.value.status) == ("dangling-reference", 422)
    with pytest.raises(MockSuiteError, match='Did you mean "alert-down"'):
        mock_suite.play("alert-dwn")
    with pytest.raises(KeyError, match="alrt is not running; running are alert, comms"):
        mock_suite.url("alrt")


def test_waiting_ends_with_what_was_waited_for(mock_suite):
    send(mock_suite)
    send(mock_suite, {**ALERT, "priority": "low"})
    found = mock_suite.wait_for(lambda one: one.request.json()["priority"] == "low", operation="createAlert")
    assert [one.seq for one in found] == [2]
    assert len(mock_suite.wait_for(service="alert", count=2)) == 2


def test_waiting_in_vain_tells_what_came_instead(mock_suite):
    send(mock_suite)
    with pytest.raises(TimeoutError) as missed:
        mock_suite.wait_for(service="comms", timeout=0.1)
    assert str(missed.value) == (
        "waited 0.1 s for 1 of service='comms'; 0 came. All that came, 1:\n  #1 POST /api/v1/alerts → 201  alert.createAlert"
    )


def test_coverage_counts_what_was_met(mock_suite):
    send(mock_suite)
    coverage = mock_suite.coverage("alert")
    assert next(one for one in coverage["operations"] if one["operation"] == "createAlert")["calls"] >= 1


def test_a_verification_names_what_was_not_as_agreed(mock_suite):
    assert mock_suite.verify().passed
    send(mock_suite, {})
    found = mock_suite.verify()
    assert not found.passed
    assert [(one.kind, one.allowance) for one in found.findings] == [("violation", "violation:alert.createAlert")]
    assert mock_suite.verify(["violation:alert"]).passed
    mock_suite.reset()
    assert mock_suite.verify().passed


def test_the_environment_leads_to_the_fakes(mock_suite_env, mock_suite):
    assert os.environ["ALERT_SERVICE_URL"] == mock_suite.url("alert") == mock_suite_env["ALERT_SERVICE_URL"]


def test_no_proxy_stands_between_us_and_the_suite(mock_suite, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert mock_suite.journal() == []
