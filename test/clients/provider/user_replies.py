"""What the user service answers; the one place where its two releases differ in what they tell."""

from typing import Any, Optional

from user_memory import TIERS, Account, Key, Memory, Person, Policy, Session


class Replies:
    def __init__(self, version: int) -> None:
        self.version = version

    def number(self, user_id: int) -> Any:
        return user_id if self.version == 1 else str(user_id)

    def status(self, person: Person) -> str:
        return person.status if self.version == 1 else person.status.upper()

    def me(self, person: Person) -> dict:
        """The facts do not say what one is told of oneself."""
        told = {
            "user_id": self.number(person.user_id),
            "email": person.email,
            "name": person.name,
            "phone": person.phone,
            "timezone": person.timezone,
            "status": self.status(person),
            "roles": person.roles,
            "mfa_enabled": person.mfa_secret is not None,
            "created_at": person.created_at,
        }
        return told if self.version == 1 else {**told, "locale": "en-IN"}

    def profile(self, person: Person) -> dict:
        return {"user_id": self.number(person.user_id), "name": person.name, "status": self.status(person), "created_at": person.created_at}

    def registered(self, person: Person) -> dict:
        return {
            "user_id": self.number(person.user_id),
            "email": person.email,
            "status": self.status(person),
            "verification_email_sent": True,
            "created_at": person.created_at,
        }

    def logged_in(self, person: Person, token: str, expires_in: int) -> dict:
        who = {
            "user_id": self.number(person.user_id),
            "email": person.email,
            "name": person.name,
            "roles": person.roles,
            "mfa_enabled": person.mfa_secret is not None,
        }
        if self.version == 2:
            del who["roles"]
        return {"access_token": token, "token_type": "Bearer", "expires_in": expires_in, "user": who, "refresh_token": None}

    def refreshed(self, token: str, expires_in: int) -> dict:
        return {"access_token": token, "token_type": "Bearer", "expires_in": expires_in if self.version == 1 else None}

    def preferences(self, person: Person) -> dict:
        return {
            "user_id": self.number(person.user_id),
            "default_trading_account_id": person.default_trading_account_id,
            "preferences": person.preferences,
        }

    def roles(self, person: Person) -> dict:
        return {"user_id": self.number(person.user_id), "roles": person.roles}

    def deactivated(self, person: Person, reason: str, revoked: int) -> dict:
        return {"user_id": self.number(person.user_id), "status": self.status(person), "reason": reason, "sessions_revoked": revoked}

    def session(self, session: Session, present: str) -> dict:
        return {"session_id": session.session_id, "created_at": session.created_at, "mfa": session.mfa, "current": session.session_id == present}

    def decision(self, decision: str, policy: Optional[Policy], reason: str) -> dict:
        if self.version == 2 and policy is None:
            reason = None
        return {"allowed": decision == "allow", "decision": decision, "matched_policy": policy and policy.policy_id, "reason": reason, "cached": False}

    def policy(self, policy: Policy) -> dict:
        return {
            "policy_id": policy.policy_id,
            "name": policy.name,
            "effect": policy.effect,
            "subjects": [f"role:{role}" for role in policy.roles],
            "actions": policy.actions,
            "resources": [policy.resources if policy.resources == "*" else f"{policy.resources}*"],
            "condition": None,
            "priority": policy.priority,
            "enabled": True,
        }

    def account(self, account: Account) -> dict:
        """The facts do not give the members of an account."""
        return {
            "trading_account_id": account.trading_account_id,
            "user_id": self.number(account.user_id),
            "broker": account.broker,
            "broker_user_id": account.broker_user_id,
            "account_name": account.account_name,
            "status": account.status,
            "created_at": account.created_at,
        }

    def held(self, memory: Memory, user_id: int) -> dict:
        accounts = [
            {**self.account(account), "is_owner": account.user_id == user_id, "permissions": memory.rights(user_id, account)}
            for account in memory.accounts_of(user_id)
        ]
        return {"accounts" if self.version == 1 else "items": accounts, "total": len(accounts)}

    def key(self, key: Key) -> dict:
        """The facts do not give the members of a key, only the form of its text and the tiers."""
        return {
            "key_id": key.key_id,
            "name": key.name,
            "key_prefix": f"sb_{key.prefix}",
            "scopes": key.scopes,
            "rate_limit_tier": key.tier,
            "rate_limit_per_hour": TIERS[key.tier],
            "status": "active",
            "created_at": key.created_at,
            "expires_at": key.expires_at,
        }

    def new_key(self, key: Key) -> dict:
        return {**self.key(key), "api_key": f"sb_{key.prefix}_{key.secret}"}
