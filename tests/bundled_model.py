"""The bundled model's server as tests run it: on a port of its own, ready when it is handed over."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

READY_SECONDS = 60


@dataclass(frozen=True)
class BundledModel:
    process: subprocess.Popen[bytes]
    url: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def start_bundled_model() -> Iterator[BundledModel]:
    """A running server; ended at the end."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "app.llm.bundled", "--port", str(port)])
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/health", process)
        yield BundledModel(process, f"http://127.0.0.1:{port}/v1")
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            raise RuntimeError(f"The bundled model ended with {process.returncode} before it was ready.")
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)  # it does not listen yet
    raise RuntimeError("The bundled model did not become ready.")


@pytest.fixture(scope="package")
def bundled_model() -> Iterator[str]:
    """Address of a bundled model that the tests of one folder share."""
    with start_bundled_model() as model:
        yield model.url
