"""User: today's client with its stubborn retries, and the provider's own front door."""

import httpx
import pytest

from signal_service import http
from signal_service.user import UserServiceClient

pytestmark = pytest.mark.anyio


class Naps(list):
    """Remembers how long somebody wanted to sleep, and lets nobody."""

    async def __call__(self, seconds):
        self.append(seconds)


async def test_permissions_and_profile_need_no_credential(suite):
    users = UserServiceClient(suite.url("user"))
    permissions = await users.get_user_permissions("user_123")
    assert permissions["user_id"] == "user_123"
    assert "execute_custom_functions" in permissions["permissions"]
    assert permissions["entitlements"]["fo_access"] is True
    assert (await users.get_user_profile("user_123"))["watchlist"]
    assert users.get_user_permissions_sync("user_123") == permissions


async def test_an_unknown_user_is_asked_for_four_times(suite):
    naps = Naps()
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await UserServiceClient(suite.url("user"), naps).get_user_permissions("nobody")
    assert refused.value.response.json() == {"detail": "User nobody not found"}
    assert naps == [1, 2, 4]
    assert [entry["status"] for entry in suite.journal(service="user")] == [404] * 4


async def test_a_user_who_appears_between_two_attempts_is_found(suite):
    async def meanwhile(_seconds):
        somebody = suite.record("world.users", "user_123")
        suite.put("world.users", "user_late", **{**somebody, "user_id": "user_late", "number": 4242, "email": "late@example.com"})

    assert (await UserServiceClient(suite.url("user"), meanwhile).get_user_profile("user_late"))["user_id"] == "user_late"
    assert len(suite.journal(service="user")) == 2


async def test_an_id_with_a_slash_changes_the_path_and_nothing_breaks(suite):
    with pytest.raises(httpx.HTTPStatusError) as refused:
        UserServiceClient(suite.url("user")).get_user_permissions_sync("a/b")
    assert refused.value.response.json() == {"detail": "Not Found"}


@pytest.mark.parametrize("name", ["user_123", "123", "user:123"])
async def test_a_person_goes_by_name_number_and_subject(suite, name):
    assert (await UserServiceClient(suite.url("user")).get_user_profile(name))["user_id"] == "user_123"


async def test_whoever_is_suspended_meanwhile_loses_every_permission(suite):
    users = UserServiceClient(suite.url("user"))
    suite.change("world.users", "user_123", account_status="suspended")
    assert (await users.get_user_permissions("user_123"))["permissions"] == []


async def test_the_order_service_asks_with_the_key_of_the_fleet(suite):
    async with http.AsyncClient(base_url=suite.url("user"), timeout=2) as client:

        async def check(user_id, headers=suite.internal_key):
            body = {"user_id": user_id, "trading_account_id": 1, "required_permissions": ["view"]}
            reply = await client.post("/api/v1/permissions/check", json=body, headers=headers)
            return reply.status_code, reply.json().get("has_access")

        assert await check(123) == (200, True)
        assert await check(789) == (200, False)
        assert await check(123, {"X-Internal-API-Key": "guess"}) == (401, None)


async def test_a_login_opens_what_needs_a_token_until_the_clock_has_run_on(suite):
    async with http.AsyncClient(base_url=suite.url("user"), timeout=10) as client:
        login = {"email": "user_123@example.com", "password": "Mock-Password-123"}
        token = (await client.post("/v1/auth/login", json=login)).json()["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}
        assert (await client.get("/v1/users/me", headers=bearer)).json()["user_id"] == 123
        suite.advance("15m")
        late = await client.get("/v1/users/me", headers=bearer)
        assert (late.status_code, late.headers["www-authenticate"]) == (401, "Bearer")
        assert (await client.get("/v1/users/me")).json() == {"detail": "Not authenticated"}


async def test_what_one_generation_writes_the_other_reads(suite):
    async with http.AsyncClient(base_url=suite.url("user"), timeout=10) as client:
        login = {"email": "user_123@example.com", "password": "Mock-Password-123"}
        token = (await client.post("/v1/auth/login", json=login)).json()["access_token"]
        preferences = {"preferences": {"theme": "dark"}}
        changed = await client.put("/v1/users/me/preferences", json=preferences, headers={"Authorization": f"Bearer {token}"})
        assert changed.status_code == 200
    assert (await UserServiceClient(suite.url("user")).get_user_profile("user_123"))["preferences"]["theme"] == "dark"
