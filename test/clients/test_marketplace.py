"""Marketplace: tokens, products, subscriptions, versions, scripts and entitlements as their httpx clients see them."""

import ast

import pytest

from signal_service import http
from signal_service.marketplace import MarketplaceClient, UnifiedEntitlements, VersionPolicy, check_entitlement, fetch_presigned, fetch_script

pytestmark = pytest.mark.anyio

PRODUCT = "prod_momentum_001"


@pytest.fixture
def marketplace(suite):
    return MarketplaceClient(suite.url("marketplace"), suite.env["INTERNAL_API_KEY"], suite.env["GATEWAY_SECRET"])


@pytest.fixture
def entitlements(suite):
    return UnifiedEntitlements(suite.url("marketplace"), suite.env["INTERNAL_API_KEY"])


async def test_a_token_is_valid_for_its_user_and_product_alone(marketplace):
    told = await marketplace.verify_execution_token("exec_token_abc123", PRODUCT, "user_123")
    assert (told["is_valid"], told["subscription_id"]) == (True, "sub_4711")
    assert (await marketplace.verify_execution_token("exec_token_abc123", PRODUCT, "user_456"))["is_valid"] is False
    assert (await marketplace.verify_execution_token("exec_token_abc123", "prod_123", "user_123"))["is_valid"] is False
    assert (await marketplace.verify_execution_token("guess", PRODUCT, "user_123"))["is_valid"] is False


async def test_a_token_expires_on_the_clock(suite, marketplace):
    async def valid():
        return (await marketplace.verify_execution_token("exec_token_one_hour", "prod_reversal_002", "user_1"))["is_valid"]

    suite.advance("59m")
    assert await valid() is True
    suite.advance("61s")
    assert await valid() is False


async def test_the_subscriptions_of_a_user_lead_to_the_signals_of_a_product(marketplace):
    told = await marketplace.get_user_subscriptions("user_123")
    [subscription] = [one for one in told["subscriptions"] if one["product_id"] == PRODUCT]
    assert (subscription["status"], subscription["tier"], subscription["product"]["is_enterprise"]) == ("active", "premium", False)
    signals = await marketplace.get_product_signals(PRODUCT, "user_123", subscription["execution_token"])
    assert [indicator for signal in signals["signals"] for indicator in signal["indicators"]] == ["momentum", "breakout"]
    assert signals["subscription_id"] == subscription["subscription_id"]


async def test_inactive_subscriptions_are_listed_only_when_asked_for(marketplace):
    assert (await marketplace.get_user_subscriptions("user_42"))["subscriptions"] == []
    [expired] = (await marketplace.get_user_subscriptions("user_42", include_inactive=True))["subscriptions"]
    assert expired["status"] == "expired"


async def test_whoever_has_no_subscription_has_no_access(marketplace):
    assert (await marketplace.check_subscription_access(PRODUCT, "user_123"))["has_access"] is True
    assert (await marketplace.check_subscription_access(PRODUCT, "user_789"))["has_access"] is False
    assert (await marketplace.get_product_signals(PRODUCT, "user_789"))["signals"] == []


async def test_wrong_secrets_and_unknown_names_are_denials(suite, marketplace):
    stranger = MarketplaceClient(suite.url("marketplace"), "guess", "guess")
    assert await stranger.verify_execution_token("exec_token_abc123", PRODUCT, "user_123") == {"is_valid": False}
    assert await stranger.get_user_subscriptions("user_123") == {"subscriptions": [], "total_count": 0}
    assert await marketplace.get_product_definition("prod_nobody", "user_123") == {"signal_groups": []}
    assert await marketplace.check_subscription_access("prod_nobody", "user_123") == {"has_access": False, "access_level": "none"}


async def test_a_creator_sets_the_policy_and_the_definition_follows(marketplace):
    policy = VersionPolicy(marketplace, "user_123")
    told = await policy.update(PRODUCT, "locked", pinned_version="1.0.0")
    assert (told["policy"], told["effective_version"]) == ("locked", "1.0.0")
    info = (await marketplace.get_product_definition(PRODUCT, "user_123"))["version_info"]
    assert (info["policy"], info["pinned_version"]) == ("locked", "1.0.0")


async def test_a_creator_publishes_a_draft_and_subscribers_get_it(suite, marketplace):
    policy = VersionPolicy(marketplace, "user_123")
    assert [(one["version"], one["status"]) for one in await policy.versions(PRODUCT)] == [("1.1.0", "draft"), ("1.0.0", "published")]
    published = await policy.publish(PRODUCT, "1.1.0")
    assert (published["version"], published["status"]) == ("1.1.0", "published") and isinstance(published["created_at"], str)
    script = await fetch_script(suite.url("marketplace"), suite.env["INTERNAL_API_KEY"], "exec_token_abc123", PRODUCT)
    assert script["version"] == "1.1.0"


async def test_refusals_of_a_version_policy_keep_their_status(marketplace):
    async def status(doing):
        with pytest.raises(VersionPolicy.Refused) as refused:
            await doing
        return refused.value.status

    creator, stranger = VersionPolicy(marketplace, "user_123"), VersionPolicy(marketplace, "user_456")
    assert await status(stranger.update(PRODUCT, "auto")) == 403
    assert await status(stranger.publish(PRODUCT, "1.1.0")) == 403
    assert await status(creator.update(PRODUCT, "locked", pinned_version="9.9.9")) == 400
    assert await status(creator.update(PRODUCT, "sometimes")) == 422
    assert await status(creator.versions("prod_nobody")) == 404


async def test_a_script_is_fetched_from_its_presigned_url_without_any_header(suite):
    script = await fetch_script(suite.url("marketplace"), suite.env["INTERNAL_API_KEY"], "exec_token_abc123", PRODUCT)
    assert script["metadata"]["author"] == "user_123"
    assert [node.name for node in ast.parse(script["content"]).body] == ["on_tick"]
    download = suite.journal(service="marketplace")[-1]["request"]
    assert {name.lower() for name, _ in download["headers"]} == {"host", "accept", "accept-encoding", "connection", "user-agent"}


async def test_a_presigned_url_grows_old_and_cannot_be_forged(suite):
    body = {"execution_token": "exec_token_abc123", "product_id": PRODUCT, "version": None, "script_type": "signal"}
    async with http.AsyncClient(timeout=10) as client:
        url = (await client.post(suite.url("marketplace", "/api/v1/scripts/access"), json=body, headers=suite.internal_key)).json()["presigned_url"]
    assert await fetch_presigned(url.replace("1.0.0.py", "1.1.0.py")) is None
    suite.advance("4m")
    assert await fetch_presigned(url) is not None
    suite.advance("61s")
    assert await fetch_presigned(url) is None


@pytest.mark.parametrize("token, product, version", [("guess", PRODUCT, None), ("exec_token_expired", PRODUCT, None), ("exec_token_abc123", PRODUCT, "9.9.9")])
async def test_no_script_without_a_token_that_holds_and_a_version_that_is_published(suite, token, product, version):
    assert await fetch_script(suite.url("marketplace"), suite.env["INTERNAL_API_KEY"], token, product, version) is None


async def test_entitlements_name_the_tier_and_what_each_subscription_is_worth(entitlements):
    told = await entitlements.get_user_entitlements("user_123")
    assert told["tier"] == "premium"
    assert {"product_id": PRODUCT, "status": "active"}.items() <= told["subscriptions"][0].items()
    assert await entitlements.get_user_entitlements("nobody") is None


async def test_a_token_that_does_not_hold_denies_even_an_active_subscription(entitlements):
    assert await entitlements.may_have("user_123", PRODUCT, "exec_token_abc123") is True
    assert await entitlements.may_have("user_123", PRODUCT, "exec_token_revoked") is False
    assert await entitlements.may_have("user_123", PRODUCT) is True
    assert await entitlements.may_have("user_42", PRODUCT) is False


async def test_the_middleware_asks_by_number_and_without_a_key(suite):
    async def has(user, feature):
        return await check_entitlement(suite.url("marketplace"), user, feature)

    assert await has(123, "fo_greeks_access") is True
    assert await has(789, "fo_greeks_access") is False
    assert await has(999, "premium_analysis") is False


async def test_the_former_generation_records_executions_with_both_keys(suite):
    keys = {**suite.internal_key, "X-API-Key": suite.env["INTERNAL_API_KEY"]}
    async with http.AsyncClient(base_url=suite.url("marketplace"), headers=keys, timeout=30) as client:
        access = await client.get("/api/v1/internal/strategy-access", params={"user_id": "user_456", "strategy_id": "strat_momentum_01"})
        assert access.json()["access_granted"] is True
        recorded = await client.post("/api/v1/internal/executions", json={"strategy_id": "strat_momentum_01", "signal_data": {"value": 1.0}})
        assert recorded.json()["recorded"] is True
        assert (await client.get("/api/v1/internal/strategies/strat_momentum_01/config")).json()["config"]
