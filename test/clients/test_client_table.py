"""docs/client-table.md: what httpx, aiohttp and requests make of every fault; the same cases as the Node clients get."""

import asyncio
import json
import os
import re
import time
from collections import namedtuple
from pathlib import Path

import aiohttp
import httpx
import pytest
import requests

from signal_service import http
from suite import PATIENCE

PAGE = Path(__file__).parents[2] / "docs/client-table.md"
TABLE = json.loads((Path(__file__).parent / "client-table.json").read_text())
ASK = TABLE["ask"]

# What one client returned, or raised: the status, what is odd about the JSON, the error. With an error, the status is what it had returned before.
Outcome = namedtuple("Outcome", "returned error odd", defaults=[None, ""])


def with_httpx(url, headers, timeout, healthy=None):
    returned = None
    try:
        with http.Client(timeout=timeout) as client:
            reply = client.get(url, headers=headers)
            returned = reply.status_code
            return told(returned, reply.json() if reply.is_success else reply.text, healthy)
    except Exception as error:
        return Outcome(returned, error)


def with_aiohttp(url, headers, timeout, healthy=None):
    async def ask():
        returned = None
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timeout)) as session, session.get(url, headers=headers) as reply:
                returned = reply.status
                return told(returned, await (reply.json() if reply.ok else reply.text()), healthy)
        except Exception as error:
            return Outcome(returned, error)

    return asyncio.run(ask())


def with_requests(url, headers, timeout, healthy=None):
    returned = None
    try:
        with requests.Session() as session:
            reply = session.get(url, headers=headers, timeout=timeout)
            returned = reply.status_code
            return told(returned, reply.json() if reply.ok else reply.text, healthy)
    except Exception as error:
        return Outcome(returned, error)


CLIENTS = {"httpx": with_httpx, "aiohttp": with_aiohttp, "requests": with_requests}


def told(status, body, healthy):
    if status >= 300 or healthy is None or to_the_minute(body) == to_the_minute(healthy):
        return Outcome(status)
    return Outcome(status, odd=", None" if body is None else ", other JSON")


def to_the_minute(body):
    return re.sub(r"(T\d\d:\d\d):[\d.]+", r"\1", json.dumps(body))


@pytest.fixture
def play(suite):
    """Plays one rule on a clock that runs; nothing plays any more when the test is over."""

    def rule(when, inject):
        suite._control("POST", "/v1/clock/resume")
        scenario = {"name": "one-case", "story": "One fault, for one client.", "rules": [{"when": when, "inject": inject}]}
        suite._control("POST", "/v1/playing", json={"scenario": scenario})

    yield rule
    suite._control("DELETE", "/v1/playing")


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("line", range(len(TABLE["cases"])), ids=[case["case"] for case in TABLE["cases"]])
def test_the_page_tells_what_a_client_makes_of_a_fault(suite, play, line, client):
    case = TABLE["cases"][line]
    timeout = case.get("timeout", TABLE["timeout"]) / 1000
    url, headers = suite.url(ASK["service"], ASK["path"]), suite.internal_key
    healthy = requests.get(url, headers=headers, timeout=PATIENCE).json()
    gone = any(injected == {"fault": "down"} for injected in case["inject"])
    play({"service": ASK["service"]} if gone else {"service": ASK["service"], "operation": ASK["operation"]}, case["inject"])
    for _ in range(case.get("before", 0)):
        CLIENTS[client](url, headers, timeout)

    asked = len(suite.journal())
    outcome = CLIENTS[client](url, headers, timeout, healthy)
    # What a client has not waited for is over then, and stands in the journal.
    suite.advance("1h")
    # Where nobody listens there is nothing to keep a journal of.
    if gone:
        assert isinstance(outcome.error, (httpx.ConnectError, OSError)) and len(suite.journal()) == asked
        hold(line, client, words(outcome, times=1))
    else:
        met = struck(suite, asked)
        assert met[0] == [injected["fault"] for injected in case["inject"]]
        # One that notices sooner or later, as luck has it, may or may not have returned a reply.
        true = words(outcome, len(met)) + (words(outcome._replace(returned=None), len(met)) if client in case.get("unsteady", []) else [])
        hold(line, client, true)


def struck(suite, since):
    """The faults of each exchange that met any, of those after so many."""
    deadline = time.monotonic() + PATIENCE
    while len(suite.journal()) <= since and time.monotonic() < deadline:
        time.sleep(0.01)
    return [[injected["fault"] for injected in entry["faults"]] for entry in suite.journal()[since:] if entry["faults"]]


def words(outcome, times):
    """All that is true to say of an outcome, the most telling first: an error is also each class that it is derived from."""
    after = "" if times == 1 else f", asked {'twice' if times == 2 else f'{times} times'}"
    if outcome.error is None:
        return [f"{outcome.returned}{outcome.odd}{after}"]
    before = "" if outcome.returned is None else f"{outcome.returned}, then "
    return [before + name_of(kind) + after for kind in type(outcome.error).__mro__ if issubclass(kind, Exception) and kind is not Exception]


def name_of(kind):
    """As users write it: `requests.ReadTimeout`, `json.JSONDecodeError`, `TimeoutError`."""
    package = kind.__module__.split(".")[0]
    return kind.__qualname__ if package == "builtins" else f"{package}.{kind.__qualname__}"


def hold(line, client, true):
    """Holds one cell of the page to what is true; with UPDATE_DOCS=1 corrects it."""
    rows = table("python")
    at = 2 + list(CLIENTS).index(client)
    if os.environ.get("UPDATE_DOCS"):
        rows = [known if known[:2] == label else [*label, *[""] * len(CLIENTS)] for label, known in zip(labels(), rows + [[]] * len(TABLE["cases"]))]
        if cell_of(rows[line][at]).isdisjoint(true):
            rows[line][at] = f"`{true[0]}`"
        write("python", rows)
    assert not cell_of(rows[line][at]).isdisjoint(true), f"{PAGE.name}: run UPDATE_DOCS=1 sh test/clients/run.sh {Path(__file__).name}"


def cell_of(text):
    """What a cell tells: one thing, or several of which luck decides."""
    return {one.strip("` ") for one in text.split(" or ")}


def test_the_page_has_the_same_lines_for_python_as_for_node():
    assert [row[:2] for row in table("python")] == labels()
    assert len(labels()) == len(TABLE["cases"])


def labels():
    return [row[:2] for row in table("node")]


def table(part):
    """The cells of one table of the page, without its head."""
    lines = bounds(part).search(PAGE.read_text()).group(2).strip().splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def write(part, rows):
    lines = [f"| {' | '.join(cells)} |" for cells in (["fault", "what happens", *CLIENTS], *rows)]
    lines.insert(1, "|" + "---|" * (2 + len(CLIENTS)))
    PAGE.write_text(bounds(part).sub(lambda found: "\n".join([found.group(1), *lines, "", found.group(3)]), PAGE.read_text()))


def bounds(part):
    return re.compile(rf"(<!-- {part} -->\n)(.*?)(<!-- /{part} -->)", re.DOTALL)
