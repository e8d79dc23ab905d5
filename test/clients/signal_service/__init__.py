"""How the signal service talks to its neighbours: the behaviour of its clients, composed anew from what was observed of them."""

from datetime import datetime, timezone


def naive_now():
    """Its clocks are UTC and do not say so: `2026-01-17T09:15:30.123456`."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat()
