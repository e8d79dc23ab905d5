"""Access tokens of the user service: RS256 by a key that is made from the seed."""

import base64
import random
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

LIFETIME = 15 * 60
KID = "user-service-1"


class Tokens:
    def __init__(self, seed: int) -> None:
        self.private = private_key(random.Random(seed))

    def issue(self, person, session, account_ids: list[int]) -> str:
        now = int(time.time())
        claims = {
            "iss": "user_service",
            "sub": f"user:{person.user_id}",
            "aud": ["trading_platform"],
            "exp": now + LIFETIME,
            "iat": now,
            "sid": session.session_id,
            "scp": ["read", "trade"],
            "roles": person.roles,
            "acct_ids": account_ids,
            "mfa": session.mfa,
            "ver": 1,
        }
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": KID})

    def read(self, token: str, audience: str = "trading_platform") -> dict:
        return jwt.decode(token, self.private.public_key(), algorithms=["RS256"], audience=audience, issuer="user_service")

    def jwks(self) -> dict:
        numbers = self.private.public_key().public_numbers()
        return {"keys": [{"kty": "RSA", "use": "sig", "kid": KID, "alg": "RS256", "n": encoded(numbers.n), "e": encoded(numbers.e)}]}


def encoded(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def private_key(chance: random.Random) -> rsa.RSAPrivateKey:
    p, q = prime(chance), prime(chance)
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def prime(chance: random.Random) -> int:
    """Of 1024 bits, the two highest set, so that two of them make a modulus of 2048; good enough for a key that guards nothing."""
    while True:
        candidate = chance.getrandbits(1024) | (3 << 1022) | 1
        if candidate % 65537 != 1 and all(candidate % small for small in range(3, 2000, 2)) and pow(2, candidate - 1, candidate) == 1:
            return candidate
