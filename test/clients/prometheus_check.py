"""Pushes to the metrics fake with the official Python client and reads the page back with its parser.

    python test/clients/prometheus_check.py http://127.0.0.1:9090

Needs `prometheus_client`. Exits with 0, or with 1 and a sentence that says what differs.
"""

import json
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary
from prometheus_client import delete_from_gateway, push_to_gateway, pushadd_to_gateway
from prometheus_client.parser import text_string_to_metric_families

JOB = "prometheus check"
GROUPING = {"instance": "check/1", "zone": "eu"}
LABELS = {"job": JOB, **GROUPING}


def main(base):
    for check in (
        push_everything,
        post_only_replaces_what_it_names,
        put_replaces_the_group,
        a_refused_push_raises,
        delete_takes_the_group_away,
        json_pushes_can_be_scraped,
    ):
        check(base)
        print("ok", check.__name__.replace("_", " "))


def push_everything(base):
    registry = CollectorRegistry()
    Counter("check_jobs", "Jobs done.", ["queue"], registry=registry).labels('say "hi"\\\n').inc(3)
    Gauge("check_depth", "Depth of the\nqueue \\ backlog.", registry=registry).set(-1.5)
    histogram = Histogram("check_latency_seconds", "Latency.", buckets=(0.1, 1), registry=registry)
    for value in (0.05, 0.5, 5):
        histogram.observe(value)
    Summary("check_size_bytes", "Size.", registry=registry).observe(2e9)
    push_to_gateway(base, job=JOB, grouping_key=GROUPING, registry=registry, compression="gzip")

    seen = samples(base)
    expect("counter", seen.get(key("check_jobs_total", queue='say "hi"\\\n')), 3.0)
    expect("gauge", seen.get(key("check_depth")), -1.5)
    for bound, count in (("0.1", 1.0), ("1", 2.0), ("+Inf", 3.0)):
        expect(f"bucket {bound}", seen.get(key("check_latency_seconds_bucket", le=bound)), count)
    expect("histogram sum", seen.get(key("check_latency_seconds_sum")), 5.55)
    expect("summary sum", seen.get(key("check_size_bytes_sum")), 2e9)
    expect("help", families(base)["check_depth"].documentation, "Depth of the\nqueue \\ backlog.")
    expect("type", families(base)["check_latency_seconds"].type, "histogram")
    expect("push failure time", seen.get(key("push_failure_time_seconds")), 0.0)
    if not seen.get(key("push_time_seconds"), 0) > 1.7e9:
        fail(f"push_time_seconds is {seen.get(key('push_time_seconds'))}, not the time of the push")


def post_only_replaces_what_it_names(base):
    registry = CollectorRegistry()
    Gauge("check_depth", "Depth of the\nqueue \\ backlog.", registry=registry).set(8)
    pushadd_to_gateway(base, job=JOB, grouping_key=GROUPING, registry=registry)
    expect("gauge after POST", samples(base).get(key("check_depth")), 8.0)
    expect("counter after POST", samples(base).get(key("check_jobs_total", queue='say "hi"\\\n')), 3.0)


def put_replaces_the_group(base):
    registry = CollectorRegistry()
    Gauge("check_other", "Another.", registry=registry).set(1)
    push_to_gateway(base, job=JOB, grouping_key=GROUPING, registry=registry)
    expect("new gauge after PUT", samples(base).get(key("check_other")), 1.0)
    expect("old gauge after PUT", samples(base).get(key("check_depth")), None)


def a_refused_push_raises(base):
    for what, text in {"a timestamp": "x 1 1768641330000\n", "a type conflict": "# TYPE check_other counter\ncheck_other 1\n"}.items():
        try:
            urlopen(Request(f"{base}/metrics/job/check", data=text.encode(), method="PUT"), timeout=10)
        except HTTPError as error:
            expect(f"status for {what}", error.code, 400)
        else:
            fail(f"{what} was accepted")
    delete_from_gateway(base, job="check")


def delete_takes_the_group_away(base):
    delete_from_gateway(base, job=JOB, grouping_key=GROUPING)
    left = [name for name, labels in samples(base) if ("job", JOB) in labels]
    expect("samples left after DELETE", left, [])


def json_pushes_can_be_scraped(base):
    before = samples(base).get(("check_signals_total", frozenset({("symbol", "NIFTY")})), 0.0)
    metrics = [
        {"metric_name": "check_signals_total", "value": 2, "labels": {"symbol": "NIFTY"}, "metric_type": "counter", "help": "Signals."},
        {"metric_name": "check_wait_seconds", "value": 0.2, "metric_type": "histogram", "buckets": [0.1, 0.5]},
    ]
    request = Request(f"{base}/metrics/push", data=json.dumps(metrics).encode(), headers={"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as reply:
        expect("answer to a JSON push", reply.read().decode(), "Metrics accepted")
    expect("pushed counter", samples(base).get(("check_signals_total", frozenset({("symbol", "NIFTY")}))), before + 2)
    expect("pushed histogram", families(base)["check_wait_seconds"].type, "histogram")


def families(base):
    with urlopen(f"{base}/metrics", timeout=10) as reply:
        expect("content type", reply.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        return {family.name: family for family in text_string_to_metric_families(reply.read().decode())}


def samples(base):
    found = {}
    for family in families(base).values():
        for sample in family.samples:
            one = (sample.name, frozenset(sample.labels.items()))
            if one in found:
                fail(f"{one} is there twice")
            found[one] = sample.value
    return found


def key(name, **labels):
    return (name, frozenset({**LABELS, **labels}.items()))


def expect(what, got, wanted):
    if got != wanted:
        fail(f"{what}: expected {wanted!r}, got {got!r}")


def fail(message):
    sys.exit(f"prometheus_check: {message}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        fail("give me the base URL of the metrics fake, such as http://127.0.0.1:9090")
    main(sys.argv[1].rstrip("/"))
