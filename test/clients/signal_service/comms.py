"""The aiohttp client of the comms service."""

import aiohttp

from signal_service import naive_now


class CommsServiceError(Exception):
    pass


class CommsServiceClient:
    def __init__(self, base_url, internal_api_key):
        self.base_url = base_url
        self.session = aiohttp.ClientSession(headers={"X-Internal-API-Key": internal_api_key}, timeout=aiohttp.ClientTimeout(total=30))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def send_signal_email(self, to_email, signal, template="signal_notification", priority="normal"):
        data = {
            "signal_type": signal.get("signal_type", "Signal"),
            "symbol": signal.get("symbol", "Unknown"),
            "instrument_key": signal.get("instrument_key"),
            "message": signal.get("message", "Signal notification"),
            "value": signal.get("value"),
            "timestamp": signal.get("timestamp") or naive_now(),
            "priority": priority,
            "user_id": signal.get("user_id"),
            "signal_id": signal.get("signal_id"),
        }
        metadata = {"source": "signal_service", "type": "signal_notification", "signal_id": signal.get("signal_id"), "timestamp": naive_now()}
        return await self._post(
            "/api/v1/email/send",
            {"to": [to_email], "template": template, "priority": priority, "template_data": data, "metadata": metadata},
        )

    async def send_bulk_signal_emails(self, emails, batch_id=None):
        metadata = {"source": "signal_service", "batch_id": batch_id, "signal_id": None}
        return await self._post("/api/v1/email/bulk", {"emails": [{**email, "metadata": metadata} for email in emails]})

    async def send_command_response_email(self, to_email, command, response):
        data = {
            "command": command,
            "success": response.get("success", False),
            "message": response.get("message", "Command processed"),
            "result_data": response.get("data", {}),
        }
        metadata = {"source": "signal_service", "type": "command_response"}
        return await self._post("/api/v1/email/send", {"to": [to_email], "template": "command_response", "template_data": data, "metadata": metadata})

    async def get_email_templates(self):
        async with self.session.get(f"{self.base_url}/api/v1/email/templates") as reply:
            return await told(reply, RuntimeError)

    async def validate_email_address(self, email):
        async with self.session.post(f"{self.base_url}/api/v1/email/validate", json={"email": email}) as reply:
            return await told(reply, RuntimeError)

    async def get_email_delivery_status(self, email_id):
        async with self.session.get(f"{self.base_url}/api/v1/email/status/{email_id}") as reply:
            return await told(reply, CommsServiceError)

    async def health_check(self):
        async with self.session.get(f"{self.base_url}/health") as reply:
            return reply.status == 200

    async def _post(self, path, body):
        try:
            async with self.session.post(self.base_url + path, json=body) as reply:
                return await reply.json() if reply.status in (200, 201) else {"success": False, "error": f"HTTP {reply.status}"}
        except (aiohttp.ClientError, ValueError) as error:
            return {"success": False, "error": str(error)}


async def told(reply, failure):
    if reply.status != 200:
        raise failure(f"HTTP {reply.status}")
    return await reply.json()
