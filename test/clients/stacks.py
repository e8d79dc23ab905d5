"""One request by each of the HTTP libraries, as its users write it."""

import asyncio
import io
import json as jsonlib
from collections import namedtuple

import aiohttp
import requests

from signal_service import http

Reply = namedtuple("Reply", "status headers body")

TIMEOUT = 30


def with_httpx(method, url, headers=None, **body):
    with http.Client(timeout=TIMEOUT) as client:
        return of_httpx(client.request(method, url, headers=headers, **body))


def with_async_httpx(method, url, headers=None, **body):
    async def ask():
        async with http.AsyncClient(timeout=TIMEOUT) as client:
            return of_httpx(await client.request(method, url, headers=headers, **body))

    return asyncio.run(ask())


def with_requests(method, url, headers=None, json=None, content=None):
    with requests.Session() as session:
        reply = session.request(method, url, headers=headers, json=json, data=content, timeout=TIMEOUT, allow_redirects=False)
        return Reply(reply.status_code, lower(reply.headers), reply.json() if is_json(reply.headers) else reply.text)


def with_aiohttp(method, url, headers=None, json=None, content=None):
    # Large bodies it wants as files.
    content = content if content is None or len(content) < 2**20 else io.BytesIO(content)

    async def ask():
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
            async with session.request(method, url, headers=headers, json=json, data=content, allow_redirects=False) as reply:
                return Reply(reply.status, lower(reply.headers), await reply.json() if is_json(reply.headers) else await reply.text())

    return asyncio.run(ask())


def of_httpx(reply):
    return Reply(reply.status_code, lower(reply.headers), reply.json() if is_json(reply.headers) else reply.text)


def lower(headers):
    return {name.lower(): value for name, value in headers.items()}


def is_json(headers):
    return headers.get("content-type") == "application/json"


STACKS = {"httpx": with_httpx, "httpx async": with_async_httpx, "requests": with_requests, "aiohttp": with_aiohttp}


def spaced(body):
    """As `json.dumps` writes it, and with it aiohttp, requests and the former httpx: `{"a": "\\u20b9"}`."""
    return jsonlib.dumps(body).encode()


def compact(body):
    """As httpx writes it from 0.28 on: `{"a":"₹"}`."""
    return jsonlib.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
