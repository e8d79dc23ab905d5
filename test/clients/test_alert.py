"""Alert: today's aiohttp client, its delivery flow, and the generations before and beside it."""

import pytest

from signal_service import http
from signal_service.alert import AlertServiceClient
from signal_service.comms import CommsServiceClient
from signal_service.delivery import deliver_signal
from signal_service.integrations import ServiceIntegrations, is_healthy

pytestmark = pytest.mark.anyio

RSI = {"signal_id": "NIFTY_RSI_1768641330", "signal_type": "RSI", "symbol": "NIFTY", "message": "RSI 71 above 70", "value": 71.2}


def alerts_of(suite):
    return AlertServiceClient(suite.url("alert"), suite.env["INTERNAL_API_KEY"])


def comms_of(suite):
    return CommsServiceClient(suite.url("comms"), suite.env["INTERNAL_API_KEY"])


async def test_an_alert_with_null_members_and_a_naive_timestamp_is_a_success(suite):
    async with alerts_of(suite) as alerts:
        told = await alerts.send_signal_alert(RSI, "user_123", ["ui", "telegram"], "high")
    assert told["success"] is True
    assert told["channels_delivered"] == ["ui", "telegram"]
    assert isinstance(told["alert_id"], str) and told["delivery_time"]
    sent = suite.journal(service="alert")[0]["request"]["body"]
    assert '"instrument_key": null' in sent


async def test_an_alert_is_sent_and_after_a_minute_delivered(suite):
    async with alerts_of(suite) as alerts:
        alert_id = (await alerts.send_signal_alert(RSI, "user_123", ["ui", "telegram", "email"]))["alert_id"]
        assert (await alerts.get_alert_status(alert_id))["status"] == "sent"
        suite.advance("61s")
        told = await alerts.get_alert_status(alert_id)
    assert (told["status"], told["delivered_channels"]) == ("delivered", ["ui", "telegram", "email"])


async def test_an_alert_is_found_by_its_signal_as_the_caller_asks(suite):
    async with alerts_of(suite) as alerts:
        alert_id = (await alerts.send_signal_alert(RSI, "user_123", ["ui"]))["alert_id"]
        assert (await alerts.get_alert_status(RSI["signal_id"]))["alert_id"] == alert_id
        assert await alerts.get_alert_status("nobody-knows") is None


async def test_a_reset_forgets_what_was_sent(suite):
    async with alerts_of(suite) as alerts:
        await alerts.send_signal_alert(RSI, "user_123", ["telegram"])
        suite.advance("61s")
        assert len(suite.inbox(user_id="user_123", channel="telegram")) == 1
        suite.reset()
        assert await alerts.get_alert_status(RSI["signal_id"]) is None
    suite.advance("61s")
    assert suite.inbox(user_id="user_123", channel="telegram") == []


async def test_a_bulk_counts_what_went_through(suite):
    signals = [{"user_id": "user_123", "signal_data": {"symbol": "NIFTY", "threshold": 70}}, {"user_id": None}]
    async with alerts_of(suite) as alerts:
        told = await alerts.send_bulk_signal_alerts(signals)
    assert (told["success"], told["success_count"], told["failed_count"]) == (True, 1, 1)


async def test_preferences_are_read_and_written_with_200(suite):
    async with alerts_of(suite) as alerts:
        assert "telegram" in (await alerts.get_user_notification_preferences("user_123"))["channels"]
        told = await alerts.update_user_notification_preferences("user_123", {"channels": ["ui"], "quiet_hours": None})
        assert told["success"] is True
        assert (await alerts.get_user_notification_preferences("user_123"))["channels"] == ["ui"]
        with pytest.raises(RuntimeError, match="404"):
            await alerts.get_user_notification_preferences("nobody")


async def test_an_id_with_spaces_and_ampersands_survives_the_query(suite):
    async with alerts_of(suite) as alerts:
        await alerts.update_user_notification_preferences("u 1&x=ü", {"channels": ["ui"]})
        assert (await alerts.get_user_notification_preferences("u 1&x=ü"))["user_id"] == "u 1&x=ü"


async def test_a_wrong_key_is_a_failed_delivery(suite):
    async with AlertServiceClient(suite.url("alert"), "guess") as alerts:
        assert await alerts.send_signal_alert(RSI, "user_123", ["ui"]) == {"success": False, "error": "HTTP 401"}
        assert await alerts.health_check() is True


async def test_no_channels_at_all_is_no_success_and_says_why(suite):
    async with alerts_of(suite) as alerts:
        told = await alerts.send_signal_alert(RSI, "user_123", [])
    assert told["success"] is False and told["error"]


async def test_the_fourth_alert_within_the_hour_is_one_too_many(suite):
    async with alerts_of(suite) as alerts:
        outcomes = [(await alerts.send_signal_alert(RSI, "user_1", ["ui"]))["success"] for _ in range(4)]
        assert outcomes == [True, True, True, False]
        suite.advance("1h")
        assert (await alerts.send_signal_alert(RSI, "user_1", ["ui"]))["success"] is True


async def test_a_signal_goes_out_as_an_alert_and_as_a_mail(suite):
    async with alerts_of(suite) as alerts, comms_of(suite) as comms:
        told = await deliver_signal(alerts, comms, RSI, "user_123", ["ui", "telegram", "email"], "high")
    assert told["success"] is True and set(told["delivery_results"]) == {"alert", "email"}
    suite.advance("61s")
    latest = suite.inbox(to="user_123@example.com")[-2:]
    assert {(message["service"], message["channel"]) for message in latest} == {("alert", "email"), ("comms", "email")}
    assert all(RSI["message"] in message["text"] for message in latest)


async def test_a_signal_goes_only_where_its_user_wants_it(suite):
    async with alerts_of(suite) as alerts, comms_of(suite) as comms:
        told = await deliver_signal(alerts, comms, RSI, "user_789")
    assert told["delivery_results"]["alert"]["channels_delivered"] == ["ui"]


async def test_whoever_has_no_address_gets_no_mail(suite):
    async with alerts_of(suite) as alerts, comms_of(suite) as comms:
        told = await deliver_signal(alerts, comms, RSI, "user_0", ["ui", "email"])
    assert list(told["delivery_results"]) == ["alert"]


async def test_a_stranger_falls_back_to_the_screen(suite):
    async with alerts_of(suite) as alerts, comms_of(suite) as comms:
        told = await deliver_signal(alerts, comms, RSI, "nobody", ["ui", "telegram"])
    assert told["success"] is True
    assert told["delivery_results"]["alert"]["channels_delivered"] == ["ui"]


async def test_the_former_generation_sends_without_a_key_and_todays_client_finds_it(suite):
    former = ServiceIntegrations(suite.url("alert"))
    told = await former.send_threshold_breach("user_123", "AAPL", "RSI", 75.8, 70)
    assert told["status"] == "sent"
    assert await former.send_signal_alert("user_123", "AAPL", "RSI", 70.5, 70) is not None
    assert await former.send_system_alert("cache cold", "low") is not None
    async with alerts_of(suite) as alerts:
        assert (await alerts.get_alert_status(told["alert_id"]))["delivery_methods"] == ["ui", "email"]


async def test_an_alert_by_the_document_is_found_by_client_and_provider_alike(suite):
    body = {"alert_type": "signal", "condition_config": {"symbol": "NIFTY", "message": "₹ up"}, "metadata": {"user_id": "user_123"}}
    async with http.AsyncClient(base_url=suite.url("alert"), timeout=10) as client:
        alert_id = (await client.post("/alerts/create", json=body)).json()["alert_id"]
        assert (await client.get(f"/alerts/{alert_id}")).json()["name"] == "₹ up"
    async with alerts_of(suite) as alerts:
        assert (await alerts.get_alert_status(alert_id))["user_id"] == "user_123"


async def test_the_provider_keeps_an_alert_that_waits_pauses_resumes_and_is_deleted(suite):
    waiting = {
        "name": "NIFTY above 21500",
        "alert_type": "price",
        "symbol": "NIFTY",
        "condition_config": {"type": "price", "symbol": "NIFTY", "operator": "gt", "threshold": 21500},
        "description": None,
        "strategy_id": None,
    }
    async with http.AsyncClient(base_url=suite.url("alert"), timeout=10) as client:
        created = await client.post("/alerts", json=waiting)
        assert created.status_code == 201
        alert_id = created.json()["alert_id"]
        assert [(await client.post(f"/alerts/{alert_id}/{action}")).status_code for action in ("pause", "pause", "resume")] == [200, 404, 200]
        assert (await client.delete(f"/alerts/{alert_id}")).status_code == 200
        gone = await client.get(f"/alerts/{alert_id}")
        assert (gone.status_code, gone.json()) == (404, {"detail": f"Alert {alert_id} not found"})


@pytest.mark.parametrize("service", ["alert", "comms", "marketplace", "watermark", "metrics", "user", "config"])
async def test_the_probe_that_wants_the_word_finds_every_fake_healthy(suite, service):
    assert await is_healthy(suite.url(service))
