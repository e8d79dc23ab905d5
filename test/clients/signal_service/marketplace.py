"""The httpx clients of the marketplace. Whatever is not a 200 is a denial, and nothing raises."""

import httpx

from signal_service import http


class MarketplaceClient:
    def __init__(self, base_url, internal_api_key, gateway_secret):
        self.base_url = base_url
        # Content-Type on every request, also where there is no body.
        self.headers = {"X-Internal-API-Key": internal_api_key, "Content-Type": "application/json"}
        self.gateway_secret = gateway_secret

    async def verify_execution_token(self, token, product_id, user_id):
        body = {"execution_token": token, "product_id": product_id, "user_id": user_id}
        return await self._ask("POST", "/api/v1/integration/verify-execution-token", {"is_valid": False}, json=body)

    async def get_product_signals(self, product_id, user_id, token=None):
        return await self._ask("GET", f"/api/v1/products/{product_id}/signals", {"signals": []}, self._of(user_id, token))

    async def get_user_subscriptions(self, user_id, include_inactive=False):
        params = {"include_inactive": "true"} if include_inactive else None
        denial = {"subscriptions": [], "total_count": 0}
        return await self._ask("GET", f"/api/v1/users/{user_id}/subscriptions", denial, self._of(user_id), params=params)

    async def get_product_definition(self, product_id, user_id, token=None):
        return await self._ask("GET", f"/api/v1/products/{product_id}/definition", {"signal_groups": []}, self._of(user_id, token))

    async def check_subscription_access(self, product_id, user_id, token=None):
        denial = {"has_access": False, "access_level": "none"}
        return await self._ask("GET", f"/api/v1/products/{product_id}/access-check", denial, self._of(user_id, token))

    def _of(self, user_id, token=None):
        identity = {"X-User-ID": user_id, "X-Gateway-Secret": self.gateway_secret}
        return {**identity, "X-Execution-Token": token} if token else identity

    async def _ask(self, method, path, denial, headers=None, **request):
        try:
            async with http.AsyncClient(timeout=10) as client:
                reply = await client.request(method, self.base_url + path, headers={**self.headers, **(headers or {})}, **request)
                return reply.json() if reply.status_code == 200 else denial
        except (httpx.HTTPError, ValueError):
            return denial


class VersionPolicy:
    """What a creator does with the versions of a product; refusals keep the status of the marketplace."""

    class Refused(Exception):
        def __init__(self, status, detail):
            super().__init__(detail)
            self.status = status

    def __init__(self, marketplace, user_id):
        self.marketplace = marketplace
        self.user_id = user_id

    async def update(self, product_id, version_policy, min_version=None, max_version=None, pinned_version=None):
        definition = await self.marketplace.get_product_definition(product_id, self.user_id)
        if definition.get("creator_id") != self.user_id:
            raise self.Refused(403, "Not authorized to modify this signal")
        body = {"version_policy": version_policy, "min_version": min_version, "max_version": max_version, "pinned_version": pinned_version}
        return await self._ask("PUT", f"/api/v1/products/{product_id}/version-policy", json=body)

    async def versions(self, product_id):
        return (await self._ask("GET", f"/api/v1/products/{product_id}/versions"))["versions"]

    async def publish(self, product_id, version, breaking_changes=False):
        return await self._ask("POST", f"/api/v1/products/{product_id}/versions/{version}/publish", json={"breaking_changes": breaking_changes})

    async def _ask(self, method, path, **request):
        identity = {**self.marketplace.headers, "X-User-ID": self.user_id, "X-Gateway-Secret": self.marketplace.gateway_secret}
        async with http.AsyncClient(timeout=10) as client:
            reply = await client.request(method, self.marketplace.base_url + path, headers=identity, **request)
            if reply.status_code != 200:
                raise self.Refused(reply.status_code, reply.text)
            return reply.json()


async def fetch_script(base_url, internal_api_key, token, product_id, version=None):
    """The Python source that a token opens, or nothing: asked for with a key, fetched without one."""
    try:
        async with http.AsyncClient(timeout=10) as client:
            body = {"execution_token": token, "product_id": product_id, "version": version, "script_type": "signal"}
            headers = {"X-Internal-API-Key": internal_api_key, "Content-Type": "application/json"}
            reply = await client.post(f"{base_url}/api/v1/scripts/access", json=body, headers=headers)
            if reply.status_code != 200:
                return None
            access = reply.json()
        return {"content": await fetch_presigned(access["presigned_url"]), "metadata": access["metadata"], "version": access.get("version", "latest")}
    except (httpx.HTTPError, ValueError, KeyError):
        return None


async def fetch_presigned(url):
    async with http.AsyncClient(timeout=30) as client:
        reply = await client.get(url)
        return reply.text if reply.status_code == 200 else None


class UnifiedEntitlements:
    """Whether a user may have a marketplace signal: the token decides, or else the list of subscriptions."""

    def __init__(self, base_url, internal_api_key):
        self.base_url = base_url
        self.headers = {
            "X-Internal-API-Key": internal_api_key,
            "User-Agent": "signal-service/unified-entitlement",
            "Content-Type": "application/json",
        }

    async def get_user_entitlements(self, user_id):
        async with http.AsyncClient(timeout=30, headers=self.headers) as client:
            reply = await client.get(f"{self.base_url}/api/v1/entitlements/user/{user_id}")
            return reply.json() if reply.status_code == 200 else None

    async def may_have(self, user_id, product_id, token=None):
        entitlements = await self.get_user_entitlements(user_id)
        if entitlements is None:
            return False
        if token:
            async with http.AsyncClient(timeout=30, headers=self.headers) as client:
                body = {"execution_token": token, "product_id": product_id, "user_id": user_id}
                reply = await client.post(f"{self.base_url}/api/v1/integration/verify-execution-token", json=body)
                if reply.status_code == 200:
                    return reply.json().get("is_valid", False)
        return any(one["product_id"] == product_id and one["status"] == "active" for one in entitlements["subscriptions"])


async def check_entitlement(base_url, user_id, feature):
    """The middleware: a user by number, and no credential."""
    async with http.AsyncClient(timeout=30) as client:
        reply = await client.get(f"{base_url}/api/v1/entitlements/check", params={"user_id": user_id, "feature": feature})
        return reply.status_code == 200 and reply.json().get("has_access", False)
