"""A pusher of metrics as the tests of the signal service expect one: aiohttp, five seconds, answers in text."""

import aiohttp

from signal_service import naive_now


class MetricsError(Exception):
    pass


class MetricsPusher:
    def __init__(self, base_url):
        self.base_url = base_url
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def push(self, name, value, labels=None, **more):
        body = {"metric_name": name, "value": value, "labels": labels or {}, "timestamp": naive_now(), **more}
        async with self.session.post(f"{self.base_url}/metrics/push", json=body) as reply:
            text = await reply.text()
            if reply.status != 200:
                raise MetricsError(text)
            return text
