"""Pools, keep-alive and redirects, as each library has them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import httpx
import pytest
import requests

from signal_service import http

pytestmark = pytest.mark.anyio

CONCURRENT = 20


def notice(number):
    return {"user_id": "user_123", "alert_type": "SIGNAL_ALERT", "message": f"signal {number}", "priority": "high", "channels": ["ui"]}


def messages(suite):
    suite.advance("1s")
    texts = [message["text"] for message in suite.inbox(user_id="user_123", channel="ui")]
    return sorted(int(text.split()[1]) for text in texts if text.startswith("signal "))


def connection_of(reply):
    return reply.extensions["network_stream"].get_extra_info("client_addr")


async def test_twenty_at_once_through_a_pool_of_httpx_all_arrive_and_the_connections_are_used_again(suite):
    async with http.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=CONCURRENT)) as client:

        async def send(number):
            reply = await client.post(suite.url("alert", "/api/v1/alerts/send"), json=notice(number))
            return reply.json()["alert_id"], connection_of(reply)

        sent = [await asyncio.gather(*(send(number) for number in range(start, start + CONCURRENT))) for start in (0, CONCURRENT)]
    told = sent[0] + sent[1]
    assert len({alert_id for alert_id, _ in told}) == 2 * CONCURRENT
    assert len({connection for _, connection in told}) <= CONCURRENT
    assert messages(suite) == list(range(2 * CONCURRENT))


async def test_twenty_at_once_through_a_session_of_aiohttp_all_arrive_and_the_connections_are_used_again(suite):
    opened = []
    trace = aiohttp.TraceConfig()

    async def note(*_):
        opened.append(1)

    trace.on_connection_create_end.append(note)
    connector = aiohttp.TCPConnector(limit=CONCURRENT)
    async with aiohttp.ClientSession(connector=connector, trace_configs=[trace], timeout=aiohttp.ClientTimeout(total=30)) as session:

        async def send(number):
            async with session.post(suite.url("alert", "/api/v1/alerts/send"), json=notice(number)) as reply:
                return (await reply.json())["alert_id"]

        sent = [await asyncio.gather(*(send(number) for number in range(start, start + CONCURRENT))) for start in (0, CONCURRENT)]
    assert len({*sent[0], *sent[1]}) == 2 * CONCURRENT
    assert len(opened) <= CONCURRENT
    assert messages(suite) == list(range(2 * CONCURRENT))


def test_twenty_threads_with_requests_all_arrive(suite):
    with requests.Session() as session, ThreadPoolExecutor(CONCURRENT) as threads:
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=CONCURRENT))
        replies = threads.map(lambda number: session.post(suite.url("alert", "/api/v1/alerts/send"), json=notice(number), timeout=30), range(2 * CONCURRENT))
        assert {reply.status_code for reply in replies} == {200}
    assert messages(suite) == list(range(2 * CONCURRENT))


def test_one_after_the_other_needs_one_connection(suite):
    with http.Client(timeout=10) as client:
        connections = [connection_of(client.get(suite.url("alert", path))) for path in ("/health", "/nothing", "/alerts", "/health")]
    assert len(set(connections)) == 1


def test_a_refused_giant_spoils_no_pool(suite):
    giant = b"x" * 5 * 1024 * 1024
    with http.Client(timeout=30) as client:
        for _ in range(3):
            assert client.post(suite.url("alert", "/api/v1/alerts/send"), content=giant).status_code == 413
            assert client.get(suite.url("alert", "/health")).status_code == 200


async def test_a_client_that_hangs_up_mid_request_leaves_the_others_alone(suite):
    async with http.AsyncClient(timeout=30) as client:
        hurried = [asyncio.ensure_future(client.post(suite.url("alert", "/api/v1/alerts/send"), json=notice(number))) for number in range(CONCURRENT)]
        await asyncio.wait(hurried, return_when=asyncio.FIRST_COMPLETED, timeout=30)
        for one in hurried:
            one.cancel()
        await asyncio.gather(*hurried, return_exceptions=True)
    async with http.AsyncClient(timeout=30) as client:
        assert (await client.get(suite.url("alert", "/health"))).status_code == 200


async def test_a_slash_too_many_redirects_and_aiohttp_follows_where_httpx_does_not(suite):
    url = suite.url("alert", "/api/v1/alerts/send/")
    async with http.AsyncClient(timeout=10) as client:
        reply = await client.post(url, json=notice(1))
    assert (reply.status_code, reply.headers["location"]) == (307, url.rstrip("/"))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        async with session.post(url, json=notice(2)) as followed:
            assert (followed.status, (await followed.json())["status"]) == (200, "sent")
    assert requests.post(url, json=notice(3), timeout=10).json()["status"] == "sent"
    assert messages(suite) == [2, 3]
