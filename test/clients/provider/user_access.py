"""What one may do, with which accounts, and the API keys to do it with."""

import time
from datetime import datetime, timedelta
from typing import Annotated, Optional

import jwt
from fastapi import FastAPI, Header, HTTPException
from user_memory import Account, Key, Person, Policy
from user_models import AccessCheck, BulkCheck, ChangedKey, Check, Invalidate, Link, Member, NewKey, PermissionCheck, Rotate

# Seconds for which a decision is kept.
KEPT = 60


def add_routes(app: FastAPI, service) -> None:
    decisions(app, service)
    accounts(app, service)
    keys(app, service)


def decisions(app: FastAPI, service) -> None:
    memory, replies = service.memory, service.replies

    def decide(check: Check, use_cache: bool) -> dict:
        asked = (check.subject, check.action, check.resource)
        decided_at, told = memory.decided.get(asked, (float("-inf"), {}))
        if use_cache and time.monotonic() - decided_at < KEPT:
            return {**told, "cached": True}
        told = fresh(check)
        memory.decided[asked] = (time.monotonic(), told)
        return told

    def fresh(check: Check) -> dict:
        kind, _, name = check.subject.partition(":")
        if kind not in ("user", "service") or not name:
            raise ValueError(f"Invalid subject: {check.subject}")
        person = memory.people.get(int(name)) if kind == "user" and name.isdigit() else None
        policy = next((each for each in memory.policies if person and fits(each, person, check)), None)
        if policy is None:
            return replies.decision("default_deny", None, "No matching policy")
        return replies.decision(policy.effect, policy, f"{'Allowed' if policy.effect == 'allow' else 'Denied'} by policy: {policy.policy_id}")

    def fits(policy: Policy, person: Person, check: Check) -> bool:
        if not set(policy.roles) & set(person.roles) or not {"*", check.action} & set(policy.actions):
            return False
        if policy.resources == "*":
            return True
        kind, _, number = check.resource.partition(":")
        if f"{kind}:" != policy.resources:
            return False
        if kind != "trading_account" or policy.effect == "deny":
            return True
        account = memory.accounts.get(int(number)) if number.isdigit() else None
        return check.action in memory.rights(person.user_id, account)

    @app.post("/v1/authz/check")
    def check_one(asked: Check, use_cache: bool = True):
        try:
            return decide(asked, use_cache)
        except ValueError as error:
            raise HTTPException(400, str(error)) from None

    @app.post("/v1/authz/check/bulk")
    def check_many(asked: BulkCheck, use_cache: bool = True):
        results = [decided_or_error(check, use_cache) for check in asked.checks]
        allowed = sum(result["allowed"] for result in results)
        return {
            "results": results,
            "summary": {"allowed": allowed, "denied": len(results) - allowed, "cached": sum(result["cached"] for result in results)},
        }

    def decided_or_error(check: Check, use_cache: bool) -> dict:
        try:
            return decide(check, use_cache)
        except ValueError as error:
            return {"allowed": False, "decision": "error", "matched_policy": None, "reason": str(error), "cached": False}

    @app.get("/v1/authz/policies")
    def policies():
        """The facts do not give the members, nor who may ask."""
        return {"policies": [replies.policy(policy) for policy in memory.policies], "total": len(memory.policies)}

    @app.post("/v1/authz/permissions/check")
    def check_permission(asked: PermissionCheck):
        account = memory.accounts.get(asked.trading_account_id)
        role = account.members.get(asked.user_id) if account else None
        may = asked.permission.value in memory.rights(asked.user_id, account)
        source = "owner" if account and account.user_id == asked.user_id else "membership" if role else None
        return {"has_permission": may, "permission_source": source if may else None, "membership_role": role if may else None}

    @app.post("/v1/authz/cache/invalidate")
    def invalidate(asked: Invalidate, x_service_token: Annotated[Optional[str], Header()] = None):
        """No service token has the audience that is expected here, so that nobody comes through: so the facts have it."""
        if x_service_token is None:
            raise HTTPException(403, "Service token required")
        try:
            service.tokens.read(x_service_token, audience="user_service")
        except jwt.PyJWTError as error:
            raise HTTPException(401, f"Invalid service token: {error}") from None
        kept = [of for of in memory.decided if asked.invalidate_all or {asked.subject, asked.action, asked.resource} & set(of)]
        for of in kept:
            del memory.decided[of]
        return {"invalidated_keys": len(kept), "message": f"Invalidated {len(kept)} cache entries"}


def accounts(app: FastAPI, service) -> None:
    memory, replies = service.memory, service.replies

    def own(account_id: int, person: Person) -> Account:
        account = memory.accounts.get(account_id)
        if account is None or account.user_id != person.user_id:
            raise HTTPException(404, f"Trading account {account_id} not found")
        return account

    @app.get("/v1/trading-accounts/internal")
    def internal(requesting_service: Optional[str] = None, status_filter: str = "ACTIVE", x_service_token: Annotated[Optional[str], Header()] = None):
        """The token is taken and not looked at: so the facts have it."""
        found = [replies.account(account) for account in memory.accounts.values() if account.status == status_filter]
        return {"accounts" if service.version == 1 else "items": found, "total": len(found)}

    @app.get("/v1/trading-accounts/internal/{account_id}/credentials")
    def credentials(account_id: int, x_service_token: Annotated[Optional[str], Header()] = None):
        account = memory.accounts.get(account_id)
        if account is None:
            raise HTTPException(404, f"Trading account {account_id} not found")
        return {"trading_account_id": account_id, "broker": account.broker, "credentials": account.credentials}

    @app.get("/v1/trading-accounts")
    def list_accounts(person: Person = service.asking):
        return replies.held(memory, person.user_id)

    @app.post("/v1/trading-accounts", status_code=201)
    def link(asked: Link, person: Person = service.asking):
        number = max(memory.accounts) + 1
        account = Account(number, person.user_id, **asked.model_dump(), created_at=datetime.utcnow())
        memory.accounts[number] = account
        return replies.account(account)

    @app.post("/v1/trading-accounts/{account_id}/rotate")
    def rotate(account_id: int, asked: Rotate, person: Person = service.asking):
        account = own(account_id, person)
        account.credentials = asked.credentials
        return {"trading_account_id": account_id, "message": "Credentials rotated"}

    @app.delete("/v1/trading-accounts/{account_id}")
    def unlink(account_id: int, person: Person = service.asking):
        own(account_id, person)
        del memory.accounts[account_id]
        return {"trading_account_id": account_id, "message": "Trading account unlinked"}

    @app.post("/v1/trading-accounts/{account_id}/memberships", status_code=201)
    def share(account_id: int, asked: Member, person: Person = service.asking):
        service.found(asked.user_id)
        own(account_id, person).members[asked.user_id] = asked.role.value
        return {"trading_account_id": account_id, "user_id": replies.number(asked.user_id), "role": asked.role}

    @app.post("/v1/trading-accounts/{account_id}/permissions/check")
    def check_access(account_id: int, asked: AccessCheck, person: Person = service.asking):
        account = memory.accounts.get(account_id)
        rights = memory.rights(person.user_id, account)
        lacking = [right for right in asked.required_permissions if right not in rights]
        reason = f"Missing permissions: {', '.join(lacking)}" if rights else "No access to this trading account"
        return {
            "has_access": bool(rights) and not lacking,
            "is_owner": account is not None and account.user_id == person.user_id,
            "permissions": rights,
            "reason": reason if lacking or not rights else None,
        }


def keys(app: FastAPI, service) -> None:
    memory, replies, chance = service.memory, service.replies, service.chance

    def own(key_id: str, person: Person) -> Key:
        key = memory.keys.get(key_id)
        if key is None or key.user_id != person.user_id:
            raise HTTPException(404, f"API key {key_id} not found")
        return key

    @app.post("/v1/api-keys", status_code=201)
    def create(asked: NewKey, person: Person = service.asking):
        expires_at = asked.expires_at or datetime.utcnow() + timedelta(days=365)
        key = Key(
            key_id=f"key_{chance.hex(12)}",
            user_id=person.user_id,
            name=asked.name,
            prefix=chance.hex(8),
            secret=chance.hex(40),
            scopes=asked.scopes,
            tier=asked.rate_limit_tier.value,
            created_at=datetime.utcnow(),
            expires_at=expires_at,
        )
        memory.keys[key.key_id] = key
        return replies.new_key(key)

    @app.get("/v1/api-keys")
    def list_keys(person: Person = service.asking):
        found = [replies.key(key) for key in memory.keys.values() if key.user_id == person.user_id]
        return {"api_keys": found, "total": len(found)}

    @app.get("/v1/api-keys/{key_id}")
    def get_key(key_id: str, person: Person = service.asking):
        return replies.key(own(key_id, person))

    @app.put("/v1/api-keys/{key_id}")
    def change_key(key_id: str, asked: ChangedKey, person: Person = service.asking):
        key = own(key_id, person)
        for member, value in asked.model_dump(exclude_none=True).items():
            setattr(key, member, value)
        return replies.key(key)

    @app.delete("/v1/api-keys/{key_id}", status_code=204)
    def delete_key(key_id: str, person: Person = service.asking):
        own(key_id, person)
        del memory.keys[key_id]

    @app.post("/v1/api-keys/{key_id}/rotate")
    def rotate_key(key_id: str, person: Person = service.asking):
        key = own(key_id, person)
        key.prefix, key.secret = chance.hex(8), chance.hex(40)
        return replies.new_key(key)
