"""A day of a client at the two services: every operation, the good requests and the refused ones.

    drive.py alert URL --login URL-OF-THE-USER-SERVICE
    drive.py user URL

Says how many requests there were, and which were answered with another status than release 1 gives; `--strict` makes those a failure.
"""

import argparse
import sys
import time

import httpx
from one_time_code import one_time_code

NOBODY = "00000000-0000-4000-8000-000000000000"

# Two of the test people; the second has an app on the telephone.
ASHA = {"email": "user_123@example.com", "password": "Mock-Password-123"}
KARAN = {"email": "user_7@example.com", "password": "Mock-Password-7"}
KARANS_APP = "JBSWY3DPEHPK3PXP"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", choices=["alert", "user"])
    parser.add_argument("url")
    parser.add_argument("--login", help="where the alert service's client gets its bearer token; without it there is none")
    parser.add_argument("--evaluated-after", type=float, default=0.5, help="seconds after which the alert service looks at a new alert")
    parser.add_argument("--strict", action="store_true")
    chosen = parser.parse_args()
    with Client(chosen.url) as client:
        if chosen.service == "alert":
            alert_day(client, chosen.login, chosen.evaluated_after)
        else:
            user_day(client)
    print(f"{client.requests} requests, {len(client.surprises)} surprises")
    print("".join(f"  {surprise}\n" for surprise in client.surprises), end="")
    return 1 if chosen.strict and client.surprises else 0


class Client(httpx.Client):
    """Notes what is answered otherwise than it expects, and goes on, as a client has to."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=url, trust_env=False, timeout=30)
        self.requests = 0
        self.surprises: list[str] = []

    def ask(self, expected: int, method: str, path: str, **request) -> dict:
        reply = self.request(method, path, **request)
        self.requests += 1
        if reply.status_code != expected:
            self.surprises.append(f"{method} {path} was answered {reply.status_code}, not {expected}")
        is_json = reply.headers.get("content-type", "").endswith("json")
        return reply.json() if is_json and reply.is_success and reply.content else {}


def alert_day(client: Client, login: str | None, evaluated_after: float) -> None:
    ask = client.ask
    ask(200, "GET", "/health")
    ask(200, "GET", "/")
    ask(200, "GET", "/alerts")
    ask(200, "GET", "/alerts/stats/summary")
    who_am_i(client, login)

    made = [ask(201, "POST", "/alerts", json=alert).get("alert_id", NOBODY) for alert in ALERTS]
    breakout, distant, *_ = made
    for refused in REFUSED_ALERTS:
        ask(422, "POST", "/alerts", json=refused)
    ask(422, "POST", "/alerts", content="{name", headers={"content-type": "application/json"})
    ask(422, "POST", "/alerts", headers={"content-type": "application/json"})
    ask(400, "POST", "/alerts", json={"name": "Above", "alert_type": "price", "symbol": "NIFTY", "condition_config": {**PRICE, "operator": "above"}})

    for alert_id in made:
        ask(200, "GET", f"/alerts/{alert_id}")
    ask(200, "GET", "/alerts")
    ask(200, "GET", "/alerts", params={"limit": 2, "offset": 1})
    ask(200, "GET", "/alerts", params={"alert_type": "price", "symbol": "NIFTY"})
    ask(200, "GET", "/alerts", params={"status": "active"})
    ask(422, "GET", "/alerts", params={"status": "asleep"})
    ask(422, "GET", "/alerts", params={"limit": 501})
    ask(422, "GET", "/alerts", params={"limit": "many", "offset": -1})

    ask(200, "PUT", f"/alerts/{distant}", json={"priority": "high", "description": "Watch the close"})
    ask(200, "PUT", f"/alerts/{distant}", json={"condition_config": {"type": "price", "symbol": "NIFTY", "operator": "gte", "threshold": 31000}})
    ask(200, "PUT", f"/alerts/{distant}", json={"notification_channels": ["telegram", "email"], "cooldown_seconds": 900})
    ask(422, "PUT", f"/alerts/{distant}", json={"evaluation_interval_seconds": 5})
    ask(422, "PUT", f"/alerts/{distant}", json={"priority": "urgent"})
    ask(404, "PUT", f"/alerts/{NOBODY}", json={"priority": "low"})

    ask(200, "POST", f"/alerts/{distant}/pause")
    ask(404, "POST", f"/alerts/{distant}/pause")
    ask(200, "GET", "/alerts", params={"status": "paused"})
    ask(200, "POST", f"/alerts/{distant}/resume")
    ask(404, "POST", f"/alerts/{distant}/resume")
    ask(404, "POST", f"/alerts/{NOBODY}/pause")
    ask(404, "POST", f"/alerts/{NOBODY}/resume")
    for alert_id in made:
        ask(200, "POST", f"/alerts/{alert_id}/test")
    ask(404, "POST", f"/alerts/{NOBODY}/test")

    # Until the service has looked at the new alerts, and found that one of them holds.
    time.sleep(evaluated_after * 2.5)
    ask(200, "GET", f"/alerts/{breakout}")
    ask(200, "GET", "/alerts", params={"status": "triggered"})
    ask(200, "GET", "/alerts/stats/summary")
    ask(200, "POST", f"/alerts/{breakout}/acknowledge")
    ask(200, "POST", f"/alerts/{distant}/snooze")
    ask(200, "POST", f"/alerts/{distant}/snooze", params={"duration_seconds": 900})
    ask(422, "POST", f"/alerts/{distant}/snooze", params={"duration_seconds": 59})
    ask(200, "POST", f"/alerts/{NOBODY}/snooze")
    ask(200, "POST", f"/alerts/{NOBODY}/acknowledge")
    ask(422, "POST", "/alerts/not-a-uuid/acknowledge")
    ask(200, "GET", f"/alerts/{distant}")

    ask(200, "DELETE", f"/alerts/{distant}")
    ask(404, "DELETE", f"/alerts/{distant}")
    ask(404, "GET", f"/alerts/{distant}")
    ask(422, "GET", "/alerts/not-a-uuid")
    ask(200, "GET", "/alerts", params={"status": "deleted"})
    ask(200, "GET", "/metrics")

    # What the signal service's own client would meet there: none of its routes, and a type of alert that nobody knows.
    ask(404, "POST", "/api/v1/alerts", json={"alert_type": "signal", "user_id": "user_123", "priority": "high", "channels": ["ui"]})
    ask(404, "GET", "/api/v1/notifications/preferences", params={"user_id": "user_123"})
    ask(405, "PATCH", f"/alerts/{breakout}", json={"priority": "low"})


def who_am_i(client: Client, login: str | None) -> None:
    if login is not None:
        answer = httpx.post(f"{login}/v1/auth/login", json=ASHA, trust_env=False).json()
        client.ask(200, "GET", "/auth/test", headers=bearer(answer["access_token"]))
    client.ask(403, "GET", "/auth/test")
    client.ask(401, "GET", "/auth/test", headers=bearer("no.token.this"))


PRICE = {"type": "price", "symbol": "NIFTY", "operator": "gt", "threshold": 24000}
ALERTS = [
    {"name": "NIFTY breakout", "alert_type": "price", "symbol": "NIFTY", "exchange": "NSE", "condition_config": PRICE, "priority": "high"},
    {"name": "NIFTY far above", "alert_type": "price", "symbol": "NIFTY", "condition_config": {**PRICE, "threshold": 30000}},
    {
        "name": "RELIANCE in its channel",
        "alert_type": "price",
        "symbol": "RELIANCE",
        "exchange": "NSE",
        "description": "Between support and resistance",
        "condition_config": {"type": "price", "symbol": "RELIANCE", "operator": "between", "min_threshold": 2500, "max_threshold": 2600, "comparison": "bid"},
        "notification_channels": ["telegram", "email", "webhook"],
        "notification_config": {"webhook_url": "https://hooks.example.com/alerts"},
        "notification_template": "{name}: {value}",
        "evaluation_interval_seconds": 30,
        "evaluation_window_start": "09:15:00",
        "evaluation_window_end": "15:30:00",
        "max_triggers_per_day": 3,
        "cooldown_seconds": 600,
        "expires_at": "2027-03-31T10:00:00",
        "metadata": {"desk": "intraday"},
        "account_id": "1",
        "strategy_id": "3f0e5a52-8f7e-4c1d-9a36-0e4d1f2b6c11",
        "priority": "critical",
    },
    {
        "name": "NIFTY RSI overbought",
        "alert_type": "indicator",
        "symbol": "NIFTY",
        "symbols": ["NIFTY", "BANKNIFTY"],
        "condition_config": {"type": "indicator", "symbol": "NIFTY", "indicator": "RSI", "operator": "gt", "threshold": 70, "timeframe": "5min"},
        "priority": "low",
    },
    # Written by a client that gives no symbol where the condition has one.
    {"name": "Loss of the day", "alert_type": "position", "condition_config": {"type": "position", "metric": "day_pnl", "operator": "lt", "threshold": -5000}},
]

REFUSED_ALERTS = [
    {"alert_type": "price", "symbol": "NIFTY", "condition_config": PRICE},
    {"name": "From the signal service", "alert_type": "signal", "symbol": "NIFTY", "condition_config": PRICE},
    {"name": "", "alert_type": "price", "symbol": "NIFTY", "condition_config": "NIFTY > 24000"},
    {"name": "By the screen", "alert_type": "price", "symbol": "NIFTY", "condition_config": PRICE, "notification_channels": ["ui", "slack"]},
    {"name": "Too often", "alert_type": "price", "symbol": "NIFTY", "condition_config": PRICE, "evaluation_interval_seconds": 5, "cooldown_seconds": -1},
    {"name": "When?", "alert_type": "price", "symbol": "NIFTY", "condition_config": PRICE, "expires_at": "tomorrow", "strategy_id": "momentum"},
]


def user_day(client: Client) -> None:
    ask = client.ask
    ask(200, "GET", "/health")
    ask(200, "GET", "/")
    ask(200, "GET", "/v1/auth/.well-known/jwks.json")
    registrations(client)
    asha = logged_in(client)
    authorizations(client)
    trading_accounts(client, asha)
    api_keys(client, asha)
    administration(client, asha)
    leaving(client, asha)
    ask(200, "GET", "/metrics")


def registrations(client: Client) -> None:
    ask = client.ask
    newcomer = {"email": "nila@example.com", "password": "Correct-Horse-9", "name": "Nila Bose"}
    ask(201, "POST", "/v1/auth/register", json={**newcomer, "phone": "+919800000900", "timezone": "Asia/Kolkata"})
    ask(409, "POST", "/v1/auth/register", json={**newcomer, "phone": "+919800000900"})
    ask(400, "POST", "/v1/auth/register", json={**newcomer, "email": "dev@example.com", "phone": "+919800000901", "password": "password"})
    ask(422, "POST", "/v1/auth/register", json={"email": "no address", "password": "short", "name": "", "phone": "12"})
    ask(201, "POST", "/v1/auth/register", json={**newcomer, "email": "ravi@example.com", "name": "Ravi Menon"})
    ask(201, "POST", "/v1/auth/register", json={**newcomer, "email": "tara@example.com", "name": "Tara Sen", "phone": "+919800000902"})
    ask(429, "POST", "/v1/auth/register", json={**newcomer, "email": "late@example.com", "phone": "+919800000903"})


def logged_in(client: Client) -> dict:
    """Logs in as everybody that one can be, and brings back what one of them may show."""
    ask = client.ask
    ask(401, "POST", "/v1/auth/login", json={**ASHA, "password": "guess"})
    ask(401, "POST", "/v1/auth/login", json={**ASHA, "email": "nobody@example.com"})
    ask(403, "POST", "/v1/auth/login", json={"email": "user_suspended@example.com", "password": "Mock-Password-13"})
    ask(403, "POST", "/v1/auth/login", json={"email": "user_deactivated@example.com", "password": "Mock-Password-14"})
    ask(422, "POST", "/v1/auth/login", json={"email": "user_123"})
    for _ in range(5):
        ask(401, "POST", "/v1/auth/login", json={"email": "user_456@example.com", "password": "guess"})
    ask(429, "POST", "/v1/auth/login", json={"email": "user_456@example.com", "password": "guess"})

    challenge = ask(200, "POST", "/v1/auth/login", json=KARAN)
    code = one_time_code(KARANS_APP, time.time())
    ask(401, "POST", "/v1/auth/mfa/verify", json={"session_token": "unknown", "code": code})
    ask(200, "POST", "/v1/auth/mfa/verify", json={"session_token": challenge["session_token"], "code": code})

    # Not registered long enough to be anything but waiting.
    newcomer = ask(200, "POST", "/v1/auth/login", json={"email": "nila@example.com", "password": "Correct-Horse-9"})
    ask(403, "GET", "/v1/users/me", headers=bearer(newcomer.get("access_token", "")))

    answer = ask(200, "POST", "/v1/auth/login", json=ASHA)
    asha = bearer(answer["access_token"])
    # The cookie is for https alone, so that a client on this machine has to carry it itself.
    cookie = {"cookie": f"__Secure-refresh_token={client.cookies.get('__Secure-refresh_token')}"}
    client.cookies.clear()
    ask(200, "POST", "/v1/auth/refresh", headers=cookie)
    ask(401, "POST", "/v1/auth/refresh")
    ask(401, "POST", "/v1/auth/refresh", headers={"cookie": "__Secure-refresh_token=worn-out"})
    ask(200, "GET", "/v1/auth/sessions", headers=asha)
    ask(200, "POST", "/v1/auth/password/reset-request", json={"email": ASHA["email"]})

    ask(200, "GET", "/v1/users/me", headers=asha)
    ask(403, "GET", "/v1/users/me")
    ask(401, "GET", "/v1/users/me", headers=bearer("no.token.this"))
    ask(200, "PATCH", "/v1/users/me", headers=asha, json={"timezone": "Asia/Dubai"})
    ask(422, "PATCH", "/v1/users/me", headers=asha, json={"phone": "12", "name": ""})
    ask(200, "GET", "/v1/users/me/preferences", headers=asha)
    ask(200, "PUT", "/v1/users/me/preferences", headers=asha, json={"preferences": {"charts": {"theme": "dark", "studies": ["RSI", "MACD"]}}})
    ask(200, "PUT", "/v1/users/me/preferences", headers=asha, json={"preferences": {"charts": {"studies": ["ADX"]}, "timezone": None}})
    ask(404, "PUT", "/v1/users/me/preferences", headers=asha, json={"default_trading_account_id": 999})
    ask(403, "PUT", "/v1/users/me/preferences", json={})
    ask(200, "GET", "/v1/users/me/accounts", headers=asha)
    ask(200, "GET", "/v1/users/123", headers=asha)
    ask(200, "GET", "/v1/users/456", headers=asha)
    ask(200, "GET", "/v1/users/13", headers=asha)
    ask(404, "GET", "/v1/users/999", headers=asha)
    ask(422, "GET", "/v1/users/statistics", headers=asha)
    return asha


def authorizations(client: Client) -> None:
    ask = client.ask
    trade = {"subject": "user:123", "action": "trade", "resource": "trading_account:1"}
    ask(200, "POST", "/v1/authz/check", json=trade)
    ask(200, "POST", "/v1/authz/check", json=trade)
    ask(200, "POST", "/v1/authz/check", params={"use_cache": "false"}, json={**trade, "context": {"ip": "10.0.0.7"}})
    ask(200, "POST", "/v1/authz/check", json={**trade, "subject": "user:456"})
    ask(200, "POST", "/v1/authz/check", json={**trade, "action": "delete"})
    ask(200, "POST", "/v1/authz/check", json={**trade, "subject": "user:2", "action": "delete"})
    ask(400, "POST", "/v1/authz/check", json={**trade, "subject": "nonsense"})
    ask(422, "POST", "/v1/authz/check", json={"subject": "user:123"})
    ask(200, "POST", "/v1/authz/check/bulk", json={"checks": [trade, {**trade, "action": "delete"}, {**trade, "subject": "nonsense"}]})
    ask(422, "POST", "/v1/authz/check/bulk", json={"checks": []})
    ask(200, "GET", "/v1/authz/policies")
    for user_id, permission in [(123, "manage"), (456, "view"), (456, "trade"), (2, "view")]:
        ask(200, "POST", "/v1/authz/permissions/check", json={"user_id": user_id, "trading_account_id": 1, "permission": permission})
    ask(422, "POST", "/v1/authz/permissions/check", json={"user_id": "asha", "trading_account_id": 1, "permission": "own"})
    ask(403, "POST", "/v1/authz/cache/invalidate", json={"subject": "user:123"})
    ask(401, "POST", "/v1/authz/cache/invalidate", headers={"x-service-token": "not.a.token"}, json={"subject": "user:123"})


def trading_accounts(client: Client, asha: dict) -> None:
    ask = client.ask
    ask(200, "GET", "/v1/trading-accounts", headers=asha)
    ask(403, "GET", "/v1/trading-accounts")
    ticker = {"x-service-token": "ticker-service-token"}
    ask(200, "GET", "/v1/trading-accounts/internal", headers=ticker, params={"requesting_service": "ticker_service", "status_filter": "ACTIVE"})
    ask(200, "GET", "/v1/trading-accounts/internal", headers=ticker, params={"requesting_service": "ticker_service", "status_filter": "INACTIVE"})
    ask(200, "GET", "/v1/trading-accounts/internal/1/credentials", headers=ticker)
    ask(404, "GET", "/v1/trading-accounts/internal/999/credentials", headers=ticker)
    linked = {"broker": "kite", "broker_user_id": "AB9999", "account_name": "Second", "credentials": {"api_key": "staging-kite-key-9"}}
    account = ask(201, "POST", "/v1/trading-accounts", headers=asha, json=linked).get("trading_account_id", 4)
    ask(422, "POST", "/v1/trading-accounts", headers=asha, json={"broker": "kite"})
    ask(201, "POST", f"/v1/trading-accounts/{account}/memberships", headers=asha, json={"user_id": 456, "role": "trader"})
    for number, rights in [(1, ["trade"]), (2, ["trade"]), (account, ["view", "manage"]), (999, ["view"])]:
        question = {"trading_account_id": number, "required_permissions": rights}
        ask(200, "POST", f"/v1/trading-accounts/{number}/permissions/check", headers=asha, json=question)
    ask(403, "POST", "/v1/trading-accounts/1/permissions/check", json={"trading_account_id": 1, "required_permissions": ["view"]})
    ask(200, "POST", f"/v1/trading-accounts/{account}/rotate", headers=asha, json={"credentials": {"api_key": "staging-kite-key-10"}})
    ask(200, "DELETE", f"/v1/trading-accounts/{account}", headers=asha)


def api_keys(client: Client, asha: dict) -> None:
    ask = client.ask
    charts = ask(201, "POST", "/v1/api-keys", headers=asha, json={"name": "Charts", "rate_limit_tier": "premium"}).get("key_id", "key_0")
    ask(201, "POST", "/v1/api-keys", headers=asha, json={"name": "Backtests", "scopes": ["read", "trade"], "expires_at": "2027-02-01T00:00:00"})
    ask(422, "POST", "/v1/api-keys", headers=asha, json={"rate_limit_tier": "platinum"})
    ask(200, "GET", "/v1/api-keys", headers=asha)
    ask(200, "GET", f"/v1/api-keys/{charts}", headers=asha)
    ask(404, "GET", "/v1/api-keys/key_nobody", headers=asha)
    ask(200, "PUT", f"/v1/api-keys/{charts}", headers=asha, json={"name": "Charts on the wall"})
    ask(200, "POST", f"/v1/api-keys/{charts}/rotate", headers=asha)
    ask(204, "DELETE", f"/v1/api-keys/{charts}", headers=asha)
    ask(404, "DELETE", f"/v1/api-keys/{charts}", headers=asha)
    ask(403, "GET", "/v1/api-keys")


def administration(client: Client, asha: dict) -> None:
    ask = client.ask
    answer = ask(200, "POST", "/v1/auth/login", json={"email": "user_admin@example.com", "password": "Mock-Password-2"})
    client.cookies.clear()
    admin = bearer(answer["access_token"])
    ask(200, "POST", "/v1/users/search", headers=admin, json={"query": "asha"})
    ask(403, "POST", "/v1/users/123/roles", headers=asha, json={"role": "admin"})
    ask(200, "POST", "/v1/users/456/roles", headers=admin, json={"role": "compliance"})
    ask(422, "POST", "/v1/users/456/roles", headers=admin, json={"role": "king"})
    ask(404, "POST", "/v1/users/999/roles", headers=admin, json={"role": "compliance"})
    ask(200, "DELETE", "/v1/users/456/roles/compliance", headers=admin)
    ask(400, "DELETE", "/v1/users/456/roles/user", headers=admin)
    ask(200, "POST", "/v1/users/456/deactivate", headers=admin, json={"reason": "Asked to leave us", "revoke_sessions": True})
    ask(422, "POST", "/v1/users/456/deactivate", headers=admin, json={"reason": "Bye"})
    ask(404, "POST", "/v1/users/999/deactivate", headers=admin, json={"reason": "Asked to leave us"})


def leaving(client: Client, asha: dict) -> None:
    ask = client.ask
    ask(200, "POST", "/v1/auth/logout", headers=asha)
    ask(401, "GET", "/v1/users/me", headers=asha)
    ask(403, "POST", "/v1/auth/logout")
    # What the signal service's own client would meet there.
    ask(404, "GET", "/api/v1/users/user_123/permissions")
    ask(404, "GET", "/api/v1/users/user_123/profile")


def bearer(token: str) -> dict:
    return {"authorization": f"Bearer {token}"}


if __name__ == "__main__":
    sys.exit(main())
