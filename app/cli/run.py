"""`sayso run`: database, model, worker, pages and sandbox network together, stopped together."""

import fcntl
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from rich.console import Console

from app.cli import demo
from app.cli.children import Child, Children, free_port
from app.cli.services import database
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.errors import ServiceError
from app.core.settings import Settings, get_settings

WATCH_SECONDS = 0.5


class CannotRun(ServiceError):
    title = "Sayso cannot start"


def run(console: Console) -> None:
    """Start everything and stay until Ctrl-C or SIGTERM."""
    settings = get_settings()
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with _only_one(settings):
        _require_free_ports(settings)
        console.print("Starting Sayso: database …")
        with database(owned=True):
            with transaction() as session:
                passwords = demo.seed(session, at=utc_now())
                token = demo.network_token(session, at=utc_now())
            children = _children(settings, token)
            try:
                children.start()
                _welcome(console, settings, passwords)
                _watch(console, settings, children, stopping)
            finally:
                console.print("Stopping …")
                children.stop()


def _children(settings: Settings, token: str) -> Children:
    environment = {
        "SAYSO_HOME": str(settings.home),
        "SAYSO_SANDBOX_TOKEN": token,
        "SAYSO_URL": f"http://127.0.0.1:{settings.port}",
        "PYTHONUNBUFFERED": "1",
    }
    children = [
        Child("web", "app.main"),
        Child("worker", "app.worker"),
        Child("sandbox", "sandbox"),
    ]
    if settings.llm_base_url is None:
        port = free_port()
        environment["SAYSO_BUNDLED_MODEL_URL"] = f"http://127.0.0.1:{port}/v1"
        children.append(Child("model", "app.llm.bundled", ["--port", str(port)]))
    return Children(children, logs=settings.home / "logs", environment=environment)


def _watch(console: Console, settings: Settings, children: Children, stopping: threading.Event) -> None:
    inbox_written = ready = False
    while not stopping.wait(WATCH_SECONDS):
        for event in children.restart_dead():
            console.print(f"[yellow]{event}[/yellow] (see {settings.home / 'logs'})")
        if not inbox_written:
            inbox_written = _try_to_write_inbox(settings)
        if not ready and _is_ready(settings):
            ready = True
            console.print("Ready: customers' messages are being matched and drafted.")


def _try_to_write_inbox(settings: Settings) -> bool:
    try:
        demo.write_inbox(settings.sandbox_url, at=utc_now())
    except httpx.TransportError:
        return False  # the sandbox network is still starting
    return True


def _is_ready(settings: Settings) -> bool:
    try:
        url = f"http://127.0.0.1:{settings.port}/readyz"
        return httpx.get(url, trust_env=False, timeout=2).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _welcome(console: Console, settings: Settings, passwords: dict[str, str]) -> None:
    console.print(f"\n  Sayso            http://{settings.host}:{settings.port}")
    console.print(f"  Sandbox network  {settings.sandbox_url}   (write as a customer, see what was posted)\n")
    if passwords:
        console.print("  Sign in as (shown only this once):")
        for handle, password in passwords.items():
            console.print(f"    {handle:<12} {password}", highlight=False, markup=False)
        console.print()
    console.print("  Stop with Ctrl-C.")


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """One `sayso run` per home. The lock goes with the process."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(
                f"Sayso already runs here (process {lock.read().strip() or 'unknown'}). Stop it first, "
                f"or set SAYSO_HOME, SAYSO_PORT and SAYSO_SANDBOX_PORT to run a second copy."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _require_free_ports(settings: Settings) -> None:
    for name, host, port in (
        ("SAYSO_PORT", settings.host, settings.port),
        ("SAYSO_SANDBOX_PORT", "127.0.0.1", settings.sandbox_port),
    ):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotRun(
                    f"Port {port} on {host} cannot be used ({error.strerror}). Set {name} to another one."
                ) from error
