"""The client of the user service: no credential, and every refusal is asked again."""

import asyncio

import httpx

from signal_service import http

ATTEMPTS = 4


class UserServiceClient:
    def __init__(self, base_url, sleep=asyncio.sleep):
        self.base_url = base_url
        self.sleep = sleep

    async def get_user_permissions(self, user_id):
        return await self._get(f"/api/v1/users/{user_id}/permissions")

    async def get_user_profile(self, user_id):
        return await self._get(f"/api/v1/users/{user_id}/profile")

    def get_user_permissions_sync(self, user_id):
        with http.Client(timeout=10) as client:
            reply = client.get(f"{self.base_url}/api/v1/users/{user_id}/permissions")
            reply.raise_for_status()
            return reply.json()

    async def _get(self, path):
        for attempt in range(ATTEMPTS):
            try:
                async with http.AsyncClient(timeout=10) as client:
                    reply = await client.get(self.base_url + path)
                    reply.raise_for_status()
                    return reply.json()
            except (httpx.HTTPStatusError, httpx.TimeoutException, httpx.ConnectError):
                if attempt == ATTEMPTS - 1:
                    raise
                await self.sleep(2**attempt)
