"""Comms: today's aiohttp client, the mail as a mail program reads it, and the other ways in."""

import email
import email.policy
import html

import pytest
import requests

from signal_service.comms import CommsServiceClient, CommsServiceError

pytestmark = pytest.mark.anyio

RSI = {"signal_type": "RSI", "symbol": "NIFTY", "message": "RSI 71 above 70"}


@pytest.fixture
async def comms(suite):
    async with CommsServiceClient(suite.url("comms"), suite.env["INTERNAL_API_KEY"]) as client:
        yield client


def mails_to(suite, address):
    return suite.inbox(channel="email", to=address)


async def test_a_mail_with_null_members_is_a_success_and_lies_in_the_inbox(suite, comms):
    told = await comms.send_signal_email("user@example.test", RSI, priority="high")
    assert told["success"] is True and told["email_id"]
    [mail] = mails_to(suite, "user@example.test")
    assert (mail["template"], mail["subject"]) == ("signal_notification", "RSI signal: NIFTY")
    assert "RSI 71 above 70" in mail["text"]


async def test_a_client_that_knows_nothing_of_a_signal_can_still_send_it(suite, comms):
    assert (await comms.send_signal_email("user@example.test", {}))["success"] is True
    assert mails_to(suite, "user@example.test")[0]["subject"] == "Signal signal: Unknown"


async def test_the_answer_to_a_command_is_a_mail(suite, comms):
    told = await comms.send_command_response_email("user@example.test", "status", {"success": True, "message": "Running", "data": {"active": 3}})
    assert told["success"] is True
    assert mails_to(suite, "user@example.test")[0]["subject"] == "Re: status"


async def test_a_mail_is_queued_or_sent_at_once_and_delivered_when_the_clock_goes_on(suite, comms):
    email_id = (await comms.send_signal_email("user@example.test", RSI))["email_id"]
    assert (await comms.get_email_delivery_status(email_id))["status"] in ("queued", "sent")
    suite.advance("61s")
    assert (await comms.get_email_delivery_status(email_id))["status"] == "delivered"


async def test_a_mail_to_an_address_that_bounces_comes_back(suite, comms):
    email_id = (await comms.send_signal_email("bounce@example.com", RSI))["email_id"]
    suite.advance("61s")
    assert (await comms.get_email_delivery_status(email_id))["status"] == "bounced"


async def test_a_bulk_counts_what_went_through(comms):
    mail = {"template": "signal_notification", "template_data": RSI}
    told = await comms.send_bulk_signal_emails([{"to": ["user@example.test"], **mail}, {"to": ["nobody"], **mail}])
    assert (told["success"], told["success_count"], told["failed_count"]) == (True, 1, 1)
    assert [(result["to_email"], result["success"]) for result in told["results"]] == [("user@example.test", True), ("nobody", False)]


async def test_templates_are_listed_and_addresses_validated(comms):
    templates = {template["id"] for template in (await comms.get_email_templates())["templates"]}
    assert {"signal_notification", "command_response", "signal_alert"} <= templates
    assert (await comms.validate_email_address("user@example.test"))["valid"] is True
    assert (await comms.validate_email_address("nobody"))["valid"] is False


async def test_refusals_reach_the_caller_as_the_client_words_them(suite, comms):
    assert await comms.send_signal_email("user@example.test", RSI, template="no_such_template") == {"success": False, "error": "HTTP 404"}
    assert await comms.send_signal_email("nobody", RSI) == {"success": False, "error": "HTTP 422"}
    with pytest.raises(CommsServiceError, match="404"):
        await comms.get_email_delivery_status("email_none")
    async with CommsServiceClient(suite.url("comms"), "guess") as stranger:
        with pytest.raises(RuntimeError, match="401"):
            await stranger.get_email_templates()
        assert await stranger.health_check() is True


async def test_a_mail_program_reads_what_was_written_whatever_the_script(suite, comms):
    signal = {**RSI, "symbol": "निफ्टी 🚀", "message": "मोमेंटम ₹71,20 überschritten <b>&</b>"}
    await comms.send_signal_email("user@example.test", signal)
    [mail] = mails_to(suite, "user@example.test")
    read = email.message_from_bytes(suite.eml(mail["message_id"]), policy=email.policy.default)
    assert read["Subject"] == "RSI signal: निफ्टी 🚀"
    assert read["To"] == "user@example.test"
    assert signal["message"] in read.get_body(("plain",)).get_content()
    page = read.get_body(("html",)).get_content()
    assert signal["message"] in html.unescape(page) and "<b>" not in page
    assert read.defects == []


async def test_mail_by_the_document_and_by_medium_is_found_by_todays_client(suite, comms):
    def post(path, body):
        reply = requests.post(suite.url("comms", path), json=body, timeout=10)
        assert reply.status_code == 200, reply.text
        return reply.json()

    data = {"signal_type": "RSI", "symbol": "NIFTY"}
    document = post("/email/send", {"template": "signal_alert", "recipients": ["user@example.test"], "data": data})
    matrix = post("/api/v1/comms/send", {"user_id": "user_123", "content": "BUY RELIANCE", "template": "signal_alert", "medium": "email"})
    suite.advance("61s")
    for email_id in (document["email_id"], matrix["message_id"]):
        assert (await comms.get_email_delivery_status(email_id))["status"] == "delivered"


def test_an_sms_reaches_its_number(suite):
    body = {"user_id": "user_123", "phone_number": "+91-9876543210", "message": "BUY ₹", "priority": "high"}
    told = requests.post(suite.url("comms", "/api/v1/sms/send"), json=body, timeout=10).json()
    suite.advance("61s")
    assert requests.get(suite.url("comms", f"/api/v1/sms/status/{told['sms_id']}"), timeout=10).json()["status"] == "delivered"
    assert [message["text"] for message in suite.inbox(channel="sms", to="+919876543210")] == ["BUY ₹"]


def test_a_notification_is_created_with_201(suite):
    body = {"user_id": "user_123", "title": "New signal", "message": "BUY", "channels": ["push", "email"], "priority": "high"}
    reply = requests.post(suite.url("comms", "/api/v1/notifications"), json=body, timeout=10)
    assert (reply.status_code, reply.json()["status"]) == (201, "queued")
