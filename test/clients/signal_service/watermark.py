"""Both generations of watermark client; they ask the marketplace, and would as well ask a service of its own."""

import secrets

import httpx

from signal_service import http, naive_now


class WatermarkError(Exception):
    pass


class SecurityError(Exception):
    pass


class WatermarkIntegration:
    def __init__(self, base_url, gateway_secret):
        self.base_url = base_url
        self.headers = {"X-Gateway-Secret": gateway_secret, "Content-Type": "application/json"}

    async def watermark(self, signal_id, subscription_id, payload):
        body = {"signal_id": signal_id, "subscription_id": subscription_id, "payload": payload, "algorithm": "hmac_sha256"}
        told = await self._post("/api/v1/webhooks/drm/watermark", body, self.headers)
        return told.get("watermarked_payload", payload), told["watermark_hash"]

    async def detect_leak(self, payload, channel_id, user_id):
        body = {"signal_payload": payload, "channel_id": channel_id, "user_id": int(user_id), "signal_id": None}
        return await self._post("/api/v1/webhooks/drm/detect-leak", body, {**self.headers, "X-User-ID": "0"})

    async def _post(self, path, body, headers):
        try:
            async with http.AsyncClient(timeout=10) as client:
                reply = await client.post(self.base_url + path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise WatermarkError(str(error)) from error
        if reply.status_code != 200:
            raise WatermarkError(f"HTTP {reply.status_code}: {reply.text}")
        return reply.json()


class EnhancedWatermark:
    def __init__(self, base_url, gateway_secret):
        self.base_url = base_url
        self.gateway_secret = gateway_secret

    async def watermark(self, signal, user_id, stream_key):
        if len(self.gateway_secret) < 16:
            raise SecurityError("the gateway secret is too short")
        if len(user_id) < 3 or not stream_key:
            raise WatermarkError("user and stream are required")
        headers = {"X-Gateway-Secret": self.gateway_secret, "Content-Type": "application/json", "User-Agent": "signal-service/watermark-client"}
        body = {
            "signal_data": signal,
            "user_id": user_id,
            "stream_key": stream_key,
            "timestamp": naive_now(),
            "request_id": secrets.token_hex(8),
        }
        try:
            async with http.AsyncClient(timeout=10, limits=httpx.Limits(max_connections=10)) as client:
                reply = await client.post(f"{self.base_url}/api/v1/signals/watermark", json=body, headers=headers)
        except httpx.HTTPError as error:
            raise WatermarkError(str(error)) from error
        return self._checked(reply, signal)

    @staticmethod
    def _checked(reply, signal):
        if reply.status_code == 401:
            raise SecurityError("authentication")
        if reply.status_code == 403:
            raise SecurityError("authorisation")
        if reply.status_code != 200:
            raise WatermarkError(f"HTTP {reply.status_code}")
        told = reply.json()
        marked = told.get("watermarked_payload") if isinstance(told, dict) else None
        if not isinstance(marked, dict):
            raise WatermarkError("no watermarked payload")
        if not {"_watermark", "_user_id", "_timestamp"} <= marked.keys():
            raise WatermarkError("members are missing")
        if marked.get("signal_id") != signal.get("signal_id"):
            raise WatermarkError("the signal is another")
        return marked
