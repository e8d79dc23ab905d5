"""What the user service knows: people, sessions, trading accounts, policies and API keys."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional

# Staging is peopled like the fakes' seed world (docs/world.md), so that one set of test users is good for both.
PASSWORD = "Mock-Password-"
JOINED = datetime(2025, 6, 18, 9)

RIGHTS = ["view", "trade", "manage"]
MEMBER_RIGHTS = {"viewer": ["view"], "trader": ["view", "trade"], "manager": ["view", "trade", "manage"]}


@dataclass
class Person:
    user_id: int
    email: str
    name: str
    password: str
    phone: Optional[str] = None
    timezone: str = "Asia/Kolkata"
    status: str = "active"
    roles: list[str] = field(default_factory=lambda: ["user"])
    mfa_secret: Optional[str] = None
    created_at: datetime = JOINED
    default_trading_account_id: Optional[int] = None
    preferences: dict[str, Any] = field(default_factory=dict)


@dataclass
class Session:
    session_id: str
    user_id: int
    refresh_token: str
    mfa: bool
    created_at: datetime
    over: bool = False


@dataclass
class Account:
    trading_account_id: int
    user_id: int
    broker: str
    broker_user_id: str
    account_name: str
    credentials: dict[str, str]
    status: str = "ACTIVE"
    created_at: datetime = datetime(2025, 7, 1, 9)
    # By number of the person: viewer, trader or manager.
    members: dict[int, str] = field(default_factory=dict)


@dataclass
class Policy:
    policy_id: str
    name: str
    effect: str
    roles: list[str]
    actions: list[str]
    resources: str
    priority: int


@dataclass
class Key:
    key_id: str
    user_id: int
    name: str
    prefix: str
    secret: str
    scopes: list[str]
    tier: str
    created_at: datetime
    expires_at: Optional[datetime]


# The facts give the tiers and what they may ask in an hour.
TIERS = {"free": 100, "standard": 1000, "premium": 10_000, "unlimited": None}


class Memory:
    def __init__(self) -> None:
        people = [
            Person(123, "user_123@example.com", "Asha Rao", PASSWORD + "123", "+919800000123"),
            Person(456, "user_456@example.com", "Vikram Iyer", PASSWORD + "456", "+919800000456"),
            Person(7, "user_7@example.com", "Karan Shah", PASSWORD + "7", "+919800000007", mfa_secret="JBSWY3DPEHPK3PXP"),
            Person(2, "user_admin@example.com", "Operations", PASSWORD + "2", "+919800000002", roles=["user", "admin"]),
            Person(13, "user_suspended@example.com", "Suspended User", PASSWORD + "13", status="suspended"),
            Person(14, "user_deactivated@example.com", "Former User", PASSWORD + "14", status="deactivated"),
        ]
        self.people = {person.user_id: person for person in people}
        self.people[123].preferences = {"timezone": "Asia/Kolkata"}
        self.people[123].default_trading_account_id = 1
        accounts = [
            Account(1, 123, "kite", "AB1230", "Primary", {"api_key": "staging-kite-key-1"}, members={456: "viewer"}),
            Account(2, 123, "upstox", "UP1231", "Former", {"api_key": "staging-upstox-key-2"}, status="INACTIVE"),
            Account(3, 456, "kite", "AB4560", "Primary", {"api_key": "staging-kite-key-3"}),
        ]
        self.accounts = {account.trading_account_id: account for account in accounts}
        self.sessions: dict[str, Session] = {}
        self.keys: dict[str, Key] = {}
        # The facts name the decisions, not the policies.
        self.policies = [
            Policy("admins", "Admins may do everything", "allow", ["admin"], ["*"], "*", 100),
            Policy("no-deleting", "Nobody else deletes accounts", "deny", ["user"], ["delete"], "trading_account:", 90),
            Policy("own-accounts", "Owners may use their accounts", "allow", ["user"], ["view", "trade", "manage"], "trading_account:", 50),
            Policy("market-data", "Everybody reads market data", "allow", ["user"], ["read"], "market_data:", 10),
        ]
        self.decided: dict[tuple, tuple[float, dict]] = {}
        self.mfa_waiting: dict[str, int] = {}
        self.failures: dict[str, list[float]] = {}
        self.registrations: list[float] = []

    def named(self, email: str) -> Optional[Person]:
        return next((person for person in self.people.values() if person.email == email.lower()), None)

    def accounts_of(self, user_id: int) -> list[Account]:
        return [account for account in self.accounts.values() if account.user_id == user_id or user_id in account.members]

    def rights(self, user_id: int, account: Optional[Account]) -> list[str]:
        if account is None:
            return []
        owned = RIGHTS if account.user_id == user_id else MEMBER_RIGHTS.get(account.members.get(user_id, ""), [])
        return owned if account.status == "ACTIVE" else owned[:1]
