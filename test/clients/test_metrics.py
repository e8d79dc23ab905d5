"""Metrics: pushes in JSON with answers in text, and the official Prometheus client on both ends."""

import inspect

import prometheus_client
import prometheus_check
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from signal_service.metrics import MetricsError, MetricsPusher

pytestmark = pytest.mark.anyio

LABELS = {"service": "signal_service", "module": "pandas_ta_executor", "status": "success"}


@pytest.fixture
async def pusher(suite):
    async with MetricsPusher(suite.url("metrics")) as client:
        yield client


def scraped(suite):
    reply = requests.get(suite.url("metrics", "/metrics"), timeout=10)
    return {(sample.name, *sorted(sample.labels.items())): sample.value for family in text_string_to_metric_families(reply.text) for sample in family.samples}


async def test_a_push_is_answered_in_text_and_can_be_scraped(suite, pusher):
    assert await pusher.push("signal_processing_duration_seconds", 0.125, LABELS) == "Metrics accepted"
    assert scraped(suite)["signal_processing_duration_seconds", *sorted(LABELS.items())] == 0.125


async def test_counters_add_up_and_histograms_fall_into_buckets(suite, pusher):
    for _ in range(3):
        await pusher.push("signals_total", 1, metric_type="counter", help="Signals computed.")
    for value in (0.2, 0.7):
        await pusher.push("latency_seconds", value, metric_type="histogram", buckets=[0.1, 0.5, 1])
    page = scraped(suite)
    assert page["signals_total",] == 3
    assert [page["latency_seconds_bucket", ("le", bound)] for bound in ("0.1", "0.5", "1", "+Inf")] == [0, 1, 2, 2]
    assert page["latency_seconds_count",] == 2


async def test_labels_in_any_script_survive_the_page(suite, pusher):
    await pusher.push("spoken", 1, {"words": 'निफ्टी "₹" \\ 🚀'})
    assert scraped(suite)["spoken", ("words", 'निफ्टी "₹" \\ 🚀')] == 1


@pytest.mark.parametrize(
    "name, value, labels",
    [("", 1, {}), ("fine", "1", {}), ("fine", True, {}), ("fine", None, {}), ("fine", 1, {"": "x"}), ("fine", 1, {"a b": "x"}), ("fine", 1, {"a": "x\ny"})],
)
async def test_what_is_no_metric_is_refused_in_text(suite, pusher, name, value, labels):
    with pytest.raises(MetricsError, match="^Invalid metric format$"):
        await pusher.push(name, value, labels)


async def test_health_counts_pushes_and_errors(suite, pusher):
    await pusher.push("fine", 1)
    with pytest.raises(MetricsError):
        await pusher.push("", 1)
    told = requests.get(suite.url("metrics", "/health"), timeout=10).json()["metrics_service"]
    assert (told["push_count"], told["error_count"]) == (1, 1)


@pytest.mark.skipif(
    "compression" not in inspect.signature(prometheus_client.push_to_gateway).parameters, reason="this prometheus_client is too old to compress its pushes"
)
def test_the_official_client_pushes_and_reads_the_page_back(suite, capsys):
    prometheus_check.main(suite.url("metrics"))
    assert capsys.readouterr().out.count("ok ") == 6
