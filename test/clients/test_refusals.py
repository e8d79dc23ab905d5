"""What a client gets for a bad request, whichever library it asks with: JSON that it can read, in the vendor's words."""

import json

import pytest

from stacks import STACKS

pytestmark = pytest.mark.parametrize("ask", STACKS.values(), ids=STACKS.keys())

# An operation with a JSON body of every service that speaks FastAPI, and the pydantic whose pages it points at (none for the newer FastAPI).
BODIES = {
    "alert": ("/api/v1/alerts", None),
    "comms": ("/api/v1/email/validate", "2.5"),
    "marketplace": ("/api/v1/integration/verify-execution-token", "2.5"),
    "watermark": ("/api/v1/webhooks/drm/detect-leak", "2.5"),
    "user": ("/v1/authz/check", "2.5"),
    "config": ("/api/v1/secrets", "2.5"),
}
FIRST_MISSING = {
    "alert": "alert_type",
    "comms": "email",
    "marketplace": "execution_token",
    "watermark": "signal_payload",
    "user": "subject",
    "config": "secret_key",
}
SERVICES = [*BODIES, "metrics"]


def keys(suite):
    return {**suite.internal_key, **suite.gateway}


def paged(item, pydantic):
    return item if pydantic is None else {**item, "url": f"https://errors.pydantic.dev/{pydantic}/v/{item['type']}"}


@pytest.mark.parametrize("service", BODIES)
def test_a_missing_member_is_named(suite, ask, service):
    path, pydantic = BODIES[service]
    reply = ask("POST", suite.url(service, path), keys(suite), json={"surplus": None})
    item = {"type": "missing", "loc": ["body", FIRST_MISSING[service]], "msg": "Field required", "input": {"surplus": None}}
    assert (reply.status, reply.headers["content-type"]) == (422, "application/json")
    assert reply.body["detail"][0] == paged(item, pydantic)


@pytest.mark.parametrize("service", BODIES)
def test_an_empty_body_is_missing_as_a_whole(suite, ask, service):
    path, pydantic = BODIES[service]
    reply = ask("POST", suite.url(service, path), {**keys(suite), "Content-Type": "application/json"})
    item = {"type": "missing", "loc": ["body"], "msg": "Field required", "input": None}
    assert (reply.status, reply.body) == (422, {"detail": [paged(item, pydantic)]})


@pytest.mark.parametrize("service", BODIES)
@pytest.mark.parametrize("text", ['{"user_id": }', '{"ünïcode": "₹"', "nonsense"])
def test_broken_json_is_refused_where_python_itself_stumbles(suite, ask, service, text):
    reply = ask("POST", suite.url(service, BODIES[service][0]), {**keys(suite), "Content-Type": "application/json"}, content=text.encode())
    with pytest.raises(json.JSONDecodeError) as stumble:
        json.loads(text)
    item = {"type": "json_invalid", "loc": ["body", stumble.value.pos], "msg": "JSON decode error", "input": {}, "ctx": {"error": stumble.value.msg}}
    assert (reply.status, reply.body) == (422, {"detail": [item]})


@pytest.mark.parametrize("service", BODIES)
def test_text_is_no_object(suite, ask, service):
    reply = ask("POST", suite.url(service, BODIES[service][0]), {**keys(suite), "Content-Type": "text/plain"}, content=b'{"a": 1}')
    [item] = reply.body["detail"]
    assert (reply.status, item["loc"], item["input"]) == (422, ["body"], '{"a": 1}')


def test_bad_metrics_are_refused_in_text(suite, ask):
    for body in ({"json": {"value": 1}}, {"content": b"nonsense"}, {}):
        reply = ask("POST", suite.url("metrics", "/metrics/push"), {"Content-Type": "application/json"}, **body)
        assert (reply.status, reply.headers["content-type"], reply.body) == (400, "text/plain; charset=utf-8", "Invalid metric format")


@pytest.mark.parametrize(
    "service, path, headers, status, detail",
    [
        ("alert", "/api/v1/notifications/preferences?user_id=user_123", {}, 401, "X-Internal-API-Key header required"),
        ("alert", "/api/v1/notifications/preferences?user_id=user_123", {"X-Internal-API-Key": "guess"}, 401, "Invalid API key"),
        ("comms", "/api/v1/email/templates", {}, 401, "X-Internal-API-Key header required"),
        ("comms", "/api/v1/email/templates", {"x-internal-api-key": "guess"}, 401, "Invalid API key"),
        ("marketplace", "/api/v1/users/user_123/subscriptions", {"X-Gateway-Secret": "guess"}, 403, "Direct access forbidden. Use the API Gateway."),
        ("marketplace", "/api/v1/users/user_123/subscriptions", {}, 401, "Authentication required"),
        ("user", "/v1/users/me", {}, 403, "Not authenticated"),
        ("user", "/v1/users/me", {"Authorization": "Bearer guess"}, 401, "Could not validate credentials"),
        ("user", "/api/v1/users/user_123/profile", {"X-Internal-API-Key": "guess"}, 401, "Invalid API key"),
        ("config", "/api/v1/secrets/GATEWAY_SECRET", {}, 403, "Not authenticated"),
        ("config", "/api/v1/secrets/GATEWAY_SECRET", {"Authorization": "Bearer guess"}, 401, "Could not validate credentials"),
    ],
)
def test_a_missing_or_wrong_credential_is_refused_in_words(suite, ask, service, path, headers, status, detail):
    reply = ask("GET", suite.url(service, path), headers)
    assert (reply.status, reply.body["detail"]) == (status, detail)


def test_the_watermark_service_tells_authentication_from_authorisation(suite, ask):
    url = suite.url("watermark", "/api/v1/signals/watermark")
    assert ask("POST", url, json={}).status == 401
    assert ask("POST", url, {"X-Gateway-Secret": "guess"}, json={}).status == 403


def test_a_refused_credential_at_config_says_so_under_error_too(suite, ask):
    body = ask("GET", suite.url("config", "/api/v1/secrets"), {"X-Internal-API-Key": "guess"}).body
    assert body["error"] == body["detail"]


@pytest.mark.parametrize("service", SERVICES)
def test_an_unknown_path_is_not_found(suite, ask, service):
    reply = ask("GET", suite.url(service, "/api/v9/nothing"), keys(suite))
    assert (reply.status, reply.body) == (404, "404 page not found\n" if service == "metrics" else {"detail": "Not Found"})


@pytest.mark.parametrize("service", SERVICES)
def test_a_known_path_takes_its_own_methods_only(suite, ask, service):
    reply = ask("PATCH", suite.url(service, "/health"), keys(suite))
    assert reply.status == 405
    if service != "metrics":
        assert (reply.body, reply.headers["allow"]) == ({"detail": "Method Not Allowed"}, "GET")


@pytest.mark.parametrize(
    "service, path, detail",
    [
        ("alert", "/api/v1/alerts/nobody-knows/status", "Alert nobody-knows not found"),
        ("comms", "/api/v1/email/status/email_none", "Email email_none not found"),
        ("marketplace", "/api/v1/products/prod_nobody/versions", "Product not found"),
        ("user", "/api/v1/users/nobody/permissions", "User nobody not found"),
        ("config", "/api/v1/config/NOBODY_KNOWS", "Config NOBODY_KNOWS not found"),
    ],
)
def test_what_is_not_there_is_named(suite, ask, service, path, detail):
    reply = ask("GET", suite.url(service, path), keys(suite))
    assert (reply.status, reply.body) == (404, {"detail": detail})


def test_a_bad_number_in_the_path_is_a_422(suite, ask):
    reply = ask("POST", suite.url("alert", "/alerts/no-uuid/pause"))
    assert (reply.status, reply.body["detail"][0]["loc"]) == (422, ["path", "alert_id"])


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_past_one_mebibyte_is_too_large_and_the_refusal_is_read(suite, ask, service):
    path = BODIES[service][0] if service in BODIES else "/metrics/push"
    reply = ask("POST", suite.url(service, path), {**keys(suite), "Content-Type": "application/json"}, content=b'{"a": "' + b"x" * 3 * 1024 * 1024 + b'"}')
    assert reply.status == 413
    assert ask("GET", suite.url(service, "/health")).status == 200


def test_a_body_of_just_one_mebibyte_is_read(suite, ask):
    frame = {"user_id": "user_123", "message": "", "channels": ["ui"], "alert_type": "x"}
    frame["message"] = "x" * (1024 * 1024 - len(json.dumps(frame)))
    body = json.dumps(frame).encode()
    assert len(body) == 1024 * 1024
    assert ask("POST", suite.url("alert", "/api/v1/alerts/send"), {"Content-Type": "application/json"}, content=body).status == 200


def test_a_get_may_say_that_its_absent_body_is_json(suite, ask):
    assert ask("GET", suite.url("marketplace", "/api/v1/users/user_123/subscriptions"), {**keys(suite), "Content-Type": "application/json"}).status == 200
