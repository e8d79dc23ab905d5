"""Two peers write the same JSON differently, and both are understood alike; so are all scripts of the world."""

import json

import pytest
import requests

from signal_service import http
from stacks import STACKS, compact, spaced

TEXT = 'मोमेंटम ₹71,20 «ünï» 🚀 \u2028 \x7f \\ " end'
BODY = {"user_id": "user_123", "alert_type": "SIGNAL_ALERT", "message": TEXT, "priority": "high", "channels": ["ui"], "nothing": None}


def told_to_user_123(suite):
    suite.advance("1s")
    return [message["text"] for message in suite.inbox(user_id="user_123", channel="ui")][-1]


@pytest.mark.parametrize("write", [spaced, compact])
@pytest.mark.parametrize("ask", STACKS.values(), ids=STACKS.keys())
def test_spaced_and_compact_json_say_the_same(suite, ask, write):
    reply = ask("POST", suite.url("alert", "/api/v1/alerts/send"), {"Content-Type": "application/json"}, content=write(BODY))
    assert (reply.status, reply.body["status"]) == (200, "sent")
    assert told_to_user_123(suite) == TEXT


@pytest.mark.parametrize("ask", STACKS.values(), ids=STACKS.keys())
def test_each_library_writes_json_its_own_way_and_is_understood(suite, ask):
    assert ask("POST", suite.url("alert", "/api/v1/alerts/send"), json=BODY).status == 200
    assert json.loads(suite.journal(service="alert")[0]["request"]["body"]) == BODY
    assert told_to_user_123(suite) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_in_other_encodings_is_read_as_python_reads_it(suite, encoding):
    body = json.dumps(BODY, ensure_ascii=False).encode(encoding)
    reply = requests.post(suite.url("alert", "/api/v1/alerts/send"), data=body, headers={"Content-Type": "application/json"}, timeout=10)
    assert reply.status_code == 200
    assert told_to_user_123(suite) == TEXT


def test_json_that_does_not_say_so_is_read_all_the_same(suite):
    with http.Client(timeout=10) as client:
        reply = client.post(suite.url("alert", "/api/v1/alerts/send"), content=spaced(BODY))
    assert "content-type" not in reply.request.headers
    assert reply.status_code == 200


def test_a_body_in_chunks_is_put_together(suite):
    body = spaced(BODY)
    with http.Client(timeout=10) as client:
        reply = client.post(suite.url("alert", "/api/v1/alerts/send"), content=(body[at : at + 7] for at in range(0, len(body), 7)))
    assert reply.request.headers["transfer-encoding"] == "chunked"
    assert reply.status_code == 200
    assert told_to_user_123(suite) == TEXT


@pytest.mark.parametrize("ask", STACKS.values(), ids=STACKS.keys())
def test_a_key_with_any_script_in_the_path_is_found(suite, ask):
    suite.put("world.settings", "कुंजी.ünï", value="मूल्य")
    reply = ask("GET", suite.url("config", "/api/v1/config/कुंजी.ünï"), suite.internal_key)
    assert (reply.status, reply.body["value"]) == (200, "मूल्य")


@pytest.mark.parametrize("ask", STACKS.values(), ids=STACKS.keys())
def test_replies_are_compact_and_say_what_they_are(suite, ask):
    reply = ask("GET", suite.url("config", "/api/v1/config/CACHE_TTL_SECONDS"), suite.internal_key)
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["server"] == "uvicorn"
    sent = suite.journal(service="config")[0]["reply"]["body"]
    assert sent == json.dumps(reply.body, separators=(",", ":"), ensure_ascii=False)
    assert int(reply.headers["content-length"]) == len(sent.encode())
