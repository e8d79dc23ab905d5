from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Message:
    """A mail, an SMS or the like that a fake has sent."""

    message_id: str
    service: str
    #: email, sms, telegram, …
    channel: str
    user_id: str | None
    sender: str
    to: tuple[str, ...]
    subject: str | None
    text: str
    html: str | None
    template: str | None
    sent_at: str


def message(raw: Mapping[str, Any]) -> Message:
    """From an entry of the inbox."""
    plain = {one.name: raw[one.name] for one in fields(Message) if one.name not in ("sender", "to")}
    return Message(sender=raw["from"], to=tuple(raw["to"]), **plain)
