"""Failures on cue, lived through by clients of the signal service, with the retry and breaker libraries that Python has for them."""

import httpx
import pybreaker
import pytest
import requests
import tenacity

from signal_service.user import UserServiceClient
from signal_service.watermark import EnhancedWatermark, SecurityError, WatermarkError

STREAM = "marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum"


@pytest.fixture
def play(suite):
    """Plays one rule; nothing plays any more when the test is over."""

    def rule(when, *inject, **counts):
        scenario = {"name": "cue", "story": "One rule.", "rules": [{"when": when, "inject": list(inject), **counts}]}
        suite._control("POST", "/v1/playing", json={"scenario": scenario})

    yield rule
    suite._control("DELETE", "/v1/playing")


PERMISSIONS = {"service": "user", "path": "/api/v1/users/*/permissions"}
OVERLOADED = {"fault": "status", "code": 503, "off_contract": "the load balancer answers when no replica is up"}


@pytest.mark.anyio
async def test_three_failures_then_success_is_what_four_attempts_are_for(suite, play):
    play(PERMISSIONS, OVERLOADED, times=3)
    pauses = []

    async def sleep(seconds):
        pauses.append(seconds)

    permissions = await UserServiceClient(suite.url("user"), sleep).get_user_permissions("user_123")
    assert permissions["user_id"] == "user_123"
    assert pauses == [1, 2, 4]
    assert [len(entry["faults"]) for entry in suite.journal(service="user")] == [1, 1, 1, 0]


@pytest.mark.anyio
async def test_a_fourth_failure_is_raised_and_the_caller_denies(suite, play):
    play(PERMISSIONS, OVERLOADED)

    async def sleep(_):
        pass

    with pytest.raises(httpx.HTTPStatusError, match="503"):
        await UserServiceClient(suite.url("user"), sleep).get_user_permissions("user_123")


def test_tenacity_tries_again_until_the_connection_holds(suite, play):
    play({"service": "config", "operation": "health"}, {"fault": "reset"}, times=2)

    @tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_none(), retry=tenacity.retry_if_exception_type(requests.ConnectionError))
    def health():
        return requests.get(suite.url("config", "/health"), timeout=5).status_code

    assert health() == 200
    assert health.statistics["attempt_number"] == 3


def test_a_breaker_opens_after_three_and_asks_no_more(suite, play):
    play({"service": "watermark", "operation": "health"}, {"fault": "status", "code": 500})
    breaker = pybreaker.CircuitBreaker(fail_max=3, reset_timeout=60)

    @breaker
    def health():
        reply = requests.get(suite.url("watermark", "/health"), timeout=5)
        reply.raise_for_status()

    for _ in range(8):
        with pytest.raises((requests.HTTPError, pybreaker.CircuitBreakerError)):
            health()
    assert breaker.current_state == pybreaker.STATE_OPEN
    assert [entry["status"] for entry in suite.journal(service="watermark")] == [500, 500, 500]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "fault, error",
    [
        ({"fault": "status", "code": 403}, SecurityError),
        ({"fault": "status", "code": 500}, WatermarkError),
        ({"fault": "invalid_json"}, (WatermarkError, ValueError)),
        ({"fault": "schema_drift", "path": "watermarked_payload._user_id", "change": "drop", "off_contract": "a changed provider"}, WatermarkError),
    ],
)
async def test_nothing_unmarked_may_pass(suite, play, fault, error):
    play({"service": "watermark", "operation": "watermarkSignal"}, fault)
    client = EnhancedWatermark(suite.url("watermark"), suite.env["GATEWAY_SECRET"])
    with pytest.raises(error):
        await client.watermark({"signal_id": "sig_1", "value": 1.2}, "user_123", STREAM)


def test_an_answer_that_is_lost_was_work_that_was_done(suite, play):
    play({"service": "alert", "operation": "createAlert"}, {"fault": "reset", "at": "after"}, times=1)
    alert = {"alert_type": "signal", "user_id": "user_123", "channels": ["ui"]}
    post = tenacity.retry(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_none())(requests.post)
    before = len(suite.records("alert.alerts"))
    assert post(suite.url("alert", "/api/v1/alerts"), json=alert, headers=suite.internal_key, timeout=5).status_code == 201
    assert len(suite.records("alert.alerts")) == before + 2, "a retry without an idempotency key sends it twice"
