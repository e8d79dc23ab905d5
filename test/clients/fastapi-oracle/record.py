"""Sends every request of requests.json to the live application and keeps what comes back, or compares it.

    record.py             write the fixture of the FastAPI that is installed
    record.py --check     exit with 1 if the fixture says anything else
"""

import argparse
import difflib
import json
import socket
import sys
import threading
import time
from pathlib import Path

import fastapi
import pydantic
import uvicorn

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "contracts" / "fixtures"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    check = options.parse_args().check
    fixture = FIXTURES / f"fastapi-{fastapi.__version__}.json"
    observed = written(observe())
    if not check:
        fixture.write_text(observed, encoding="utf-8")
        print(f"wrote {fixture.name}")
        return 0
    return compare(fixture.read_text(encoding="utf-8"), observed, fixture.name)


def observe() -> dict:
    requests = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))
    with Live() as port:
        replies = {request["name"]: reply_to(request, port) for request in requests}
    return {"fastapi": fastapi.__version__, "pydantic": pydantic.VERSION, "replies": replies}


class Live:
    """The application under uvicorn, on a port that the system picks."""

    def __enter__(self) -> int:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        sys.path.insert(0, str(HERE))
        config = uvicorn.Config("app:app", log_level="critical", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([listener],))
        self.thread.start()
        deadline = time.monotonic() + 30
        while not self.server.started:
            if time.monotonic() > deadline or not self.thread.is_alive():
                raise SystemExit("the application did not start")
            time.sleep(0.02)
        return listener.getsockname()[1]

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join()


def reply_to(request: dict, port: int) -> dict:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(bytes_of(request))
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    headers = [steady(*line.split(": ", 1)) for line in lines]
    return {"status": int(status_line.split(" ")[1]), "headers": headers, "body": body.decode("utf-8")}


def steady(name: str, value: str) -> list:
    return [name, "*" if name == "date" else value]


def bytes_of(request: dict) -> bytes:
    """A request is written out as `send`, `headers` and one of `json`, `text` and `hex`; or `raw`, to the byte."""
    if "raw" in request:
        return request["raw"].encode("latin-1")
    body = body_of(request)
    headers = {"host": "oracle"}
    if body is not None:
        headers |= {"content-type": "application/json", "content-length": str(len(body))}
    headers |= {"connection": "close"} | request.get("headers", {})
    lines = [f"{request['send']} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")


def body_of(request: dict):
    if "json" in request:
        return json.dumps(request["json"], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    if "text" in request:
        return request["text"].encode("utf-8")
    return bytes.fromhex(request["hex"]) if "hex" in request else None


def written(observed: dict) -> str:
    """One reply a line, so that a difference reads as one."""
    replies = ",\n".join(f"    {dump(name)}: {dump(reply)}" for name, reply in observed["replies"].items())
    head = "".join(f'  {dump(key)}: {dump(observed[key])},\n' for key in ("fastapi", "pydantic"))
    return f'{{\n{head}  "replies": {{\n{replies}\n  }}\n}}\n'


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def compare(kept: str, observed: str, name: str) -> int:
    if kept == observed:
        print(f"{name}: {observed.count(chr(10)) - 6} replies, all as recorded")
        return 0
    sys.stdout.writelines(difflib.unified_diff(kept.splitlines(True), observed.splitlines(True), "recorded", "observed", n=0))
    print(f"{name}: the live application answers differently")
    return 1


if __name__ == "__main__":
    sys.exit(main())
