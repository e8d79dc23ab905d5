"""The six digits that an app on the telephone shows."""

import base64
import hashlib
import hmac
import struct


def one_time_code(secret: str, now: float) -> str:
    """RFC 6238, with its usual 30 seconds."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
