"""The aiohttp client of the alert service."""

import aiohttp

from signal_service import naive_now


class AlertServiceClient:
    def __init__(self, base_url, internal_api_key):
        self.base_url = base_url
        self.session = aiohttp.ClientSession(headers={"X-Internal-API-Key": internal_api_key}, timeout=aiohttp.ClientTimeout(total=30))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def send_signal_alert(self, signal, user_id, channels, priority="medium"):
        condition = {name: signal.get(name) for name in ("signal_type", "symbol", "instrument_key", "message", "value")}
        metadata = {"source": "signal_service", "type": "signal_alert", "signal_id": signal.get("signal_id"), "timestamp": naive_now()}
        if signal.get("strategy_id"):
            metadata["strategy_id"] = signal["strategy_id"]
        return await self._post(
            "/api/v1/alerts",
            {
                "alert_type": "signal",
                "user_id": user_id,
                "priority": priority,
                "channels": channels,
                "condition_config": {**condition, "timestamp": signal.get("timestamp") or naive_now()},
                "metadata": {**metadata, "priority": priority},
            },
        )

    async def send_bulk_signal_alerts(self, signals, batch_id=None):
        metadata = {"source": "signal_service", "batch_id": batch_id}
        alerts = [
            {
                "alert_type": "signal",
                "user_id": signal.get("user_id"),
                "priority": signal.get("priority", "medium"),
                "channels": signal.get("channels", ["ui", "telegram"]),
                "condition_config": signal.get("signal_data", {}),
                "metadata": metadata,
            }
            for signal in signals
        ]
        return await self._post("/api/v1/alerts/bulk", {"alerts": alerts})

    async def get_user_notification_preferences(self, user_id):
        async with self.session.get(f"{self.base_url}/api/v1/notifications/preferences", params={"user_id": user_id}) as reply:
            if reply.status != 200:
                raise RuntimeError(f"preferences of {user_id}: HTTP {reply.status}")
            return await reply.json()

    async def update_user_notification_preferences(self, user_id, preferences):
        body = {"user_id": user_id, **preferences}
        async with self.session.put(f"{self.base_url}/api/v1/notifications/preferences", json=body) as reply:
            return await reply.json() if reply.status == 200 else {"success": False, "error": f"HTTP {reply.status}"}

    async def get_alert_status(self, alert_id):
        async with self.session.get(f"{self.base_url}/api/v1/alerts/{alert_id}/status") as reply:
            return await reply.json() if reply.status == 200 else None

    async def health_check(self):
        async with self.session.get(f"{self.base_url}/health") as reply:
            return reply.status == 200

    async def _post(self, path, body):
        try:
            async with self.session.post(self.base_url + path, json=body) as reply:
                # json() insists on a JSON content type: anything else counts as undelivered.
                return await reply.json() if reply.status in (200, 201) else {"success": False, "error": f"HTTP {reply.status}"}
        except (aiohttp.ClientError, ValueError) as error:
            return {"success": False, "error": str(error)}
