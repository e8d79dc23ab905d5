"""The former generation: ready messages, no credential, three seconds, and nothing but 200."""

import httpx

from signal_service import http


class ServiceIntegrations:
    def __init__(self, alert_url):
        self.alert_url = alert_url

    async def send_signal_alert(self, user_id, symbol, kind, value, threshold):
        message = f"Signal {kind} for {symbol}: {value:.4f} (threshold: {threshold:.4f})"
        return await self._send(user_id, "SIGNAL_ALERT", message, "medium", ["ui"])

    async def send_threshold_breach(self, user_id, symbol, kind, value, threshold):
        message = f"THRESHOLD BREACH: {kind} for {symbol} is {value:.4f} (above threshold {threshold:.4f})"
        return await self._send(user_id, "THRESHOLD_BREACH", message, "high", ["ui", "email"])

    async def send_system_alert(self, message, priority):
        return await self._send("system", "SIGNAL_SYSTEM", message, priority, ["ui"])

    async def _send(self, user_id, alert_type, message, priority, channels):
        body = {"user_id": user_id, "alert_type": alert_type, "message": message, "priority": priority, "channels": channels}
        try:
            async with http.AsyncClient(timeout=3) as client:
                reply = await client.post(f"{self.alert_url}/api/v1/alerts/send", json=body)
                return reply.json() if reply.status_code == 200 else None
        except (httpx.HTTPError, ValueError):
            return None


async def is_healthy(base_url):
    """Today's probe wants the word, not only the status."""
    async with http.AsyncClient(timeout=3) as client:
        reply = await client.get(f"{base_url}/health")
        return reply.status_code == 200 and reply.json().get("status") == "healthy"
