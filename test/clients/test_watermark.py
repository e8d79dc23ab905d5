"""Watermarks: both generations of client, on the marketplace where they ask today and on the port that the plan gives them."""

import pytest

from signal_service.watermark import EnhancedWatermark, SecurityError, WatermarkError, WatermarkIntegration

pytestmark = pytest.mark.anyio

# Ten digits of seconds, six of microseconds, three of chance: past what a double can hold.
SIGNAL_ID = 1768641330123456789
PAYLOAD = {"signal_id": SIGNAL_ID, "symbol": "NIFTY", "value": 21515.25, "threshold": 21500.0, "note": "₹ निफ्टी", "metadata": {}}
STREAM = "marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum"


@pytest.fixture(params=["marketplace", "watermark"])
def former(request, suite):
    return WatermarkIntegration(suite.url(request.param), suite.env["GATEWAY_SECRET"])


@pytest.fixture(params=["marketplace", "watermark"])
def enhanced(request, suite):
    return EnhancedWatermark(suite.url(request.param), suite.env["GATEWAY_SECRET"])


async def test_nineteen_digits_come_back_to_the_digit(suite, former):
    marked, mark = await former.watermark(SIGNAL_ID, 42, PAYLOAD)
    assert isinstance(marked["signal_id"], int)
    assert marked["signal_id"] == SIGNAL_ID
    assert suite.record("world.watermarks", mark)["signal_id"] == str(SIGNAL_ID)


async def test_neighbouring_signals_have_marks_of_their_own(former):
    marks = {(await former.watermark(SIGNAL_ID + step, 42, {"value": 1}))[1] for step in range(3)}
    assert len(marks) == 3


async def test_the_mark_lies_in_the_metadata_and_nothing_else_is_touched(former):
    marked, mark = await former.watermark(SIGNAL_ID, "sub_4711", PAYLOAD)
    assert marked == {**PAYLOAD, "metadata": {"_wm": mark, "_wm_ts": "2026-01-17T09:15:30Z"}}


async def test_a_copy_in_other_hands_is_a_leak_that_names_its_owner(suite, former):
    marked, mark = await former.watermark(SIGNAL_ID, 4711, PAYLOAD)
    own = await former.detect_leak(marked, "ch_1", "123")
    assert (own["leak_detected"], own["original_user"]) == (False, "user_123")
    leak = await former.detect_leak(marked, "ch_1", "456")
    assert (leak["leak_detected"], leak["original_user"], leak["watermark_hash"]) == (True, "user_123", mark)
    assert [one["violation_id"] for one in suite.records("world.violations")] == [leak["violation_id"]]


async def test_a_copy_that_python_read_and_wrote_again_is_still_the_same(former):
    marked, _ = await former.watermark(SIGNAL_ID, 4711, {"value": 1e21, "tiny": 1e-7, "negative": -0.0, "list": [1.0, True, None], "ü": "\u2028"})
    reordered = dict(reversed(marked.items()))
    assert (await former.detect_leak(reordered, "ch_1", "123"))["leak_detected"] is False


async def test_what_the_marketplace_marks_the_watermark_service_finds(suite):
    secret = suite.env["GATEWAY_SECRET"]
    marked, _ = await WatermarkIntegration(suite.url("marketplace"), secret).watermark(SIGNAL_ID, 4711, PAYLOAD)
    leak = await WatermarkIntegration(suite.url("watermark"), secret).detect_leak(marked, "ch_1", "7")
    assert leak["original_user"] == "user_123"


async def test_refusals_of_the_former_client_are_errors(suite, former):
    with pytest.raises(WatermarkError, match="404"):
        await former.watermark(SIGNAL_ID, "sub_999", PAYLOAD)
    with pytest.raises(WatermarkError, match="403"):
        await former.watermark(SIGNAL_ID, 45, PAYLOAD)
    with pytest.raises(WatermarkError, match="422"):
        await former.watermark("no number", 42, PAYLOAD)
    with pytest.raises(WatermarkError, match="403"):
        await WatermarkIntegration(suite.url("watermark"), "guess").watermark(SIGNAL_ID, 42, PAYLOAD)


@pytest.mark.parametrize("signal_id", ["sig_1", SIGNAL_ID, None])
async def test_a_streamed_signal_passes_every_check_of_the_client(enhanced, signal_id):
    marked = await enhanced.watermark({"signal_id": signal_id, "value": 1.2}, "user_123", STREAM)
    assert (marked["signal_id"], marked["value"], marked["_user_id"]) == (signal_id, 1.2, "user_123")


async def test_a_signal_without_an_id_passes_too(enhanced):
    assert "signal_id" not in await enhanced.watermark({"value": 1.2}, "user_123", STREAM)


async def test_a_stream_that_is_not_the_users_is_a_matter_of_authorisation(enhanced):
    with pytest.raises(SecurityError, match="authorisation"):
        await enhanced.watermark({"signal_id": "sig_1"}, "user_789", STREAM)


async def test_a_wrong_secret_is_refused_and_a_short_one_never_sent(suite):
    with pytest.raises(SecurityError, match="authorisation"):
        await EnhancedWatermark(suite.url("watermark"), "sixteen characters").watermark({}, "user_123", STREAM)
    with pytest.raises(SecurityError, match="short"):
        await EnhancedWatermark(suite.url("watermark"), "short").watermark({}, "user_123", STREAM)
    assert len(suite.journal(service="watermark")) == 1
