"""What both services have in common: how they are started, what they call themselves, and where ids come from."""

import argparse
import random
import socket
import uuid

import uvicorn
from fastapi import FastAPI, Request

# What a release calls itself, in a header of every reply.
RELEASES = {1: "1.0.0", 2: "2.0.0"}


def options(about: str, port: int) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--version", type=int, choices=sorted(RELEASES), default=1, help="which release to be")
    parser.add_argument("--port", type=int, default=port, help="0 takes any that is free; the first line of the output tells")
    parser.add_argument("--seed", type=int, default=1, help="what ids, keys and secrets are made from")
    return parser


def name_release(app: FastAPI, version: int) -> None:
    @app.middleware("http")
    async def named(request: Request, call_next):
        reply = await call_next(request)
        reply.headers["x-service-version"] = RELEASES[version]
        return reply


def serve(app: FastAPI, port: int) -> None:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])


class Chance:
    """Ids and secrets that the next run with the same seed makes again."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def hex(self, length: int) -> str:
        return f"{self.random.getrandbits(length * 4):0{length}x}"
