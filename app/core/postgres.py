"""The embedded PostgreSQL: a real server for whoever has not set SAYSO_DATABASE_URL.

It listens on a private socket only, asks for a generated password, and goes on running until it is told to
stop; who starts it stops it. Sayso signs in as a role that owns its database but is no superuser; the
superuser's password is forgotten at once.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import URL, make_url

from app.core.postgres_account import run_as
from app.core.postgres_place import (
    EmbeddedPostgresFailed,
    Place,
    find_place,
    prepare_place,
    prepare_socket_folder,
    programs,
    remove_place,
)
from app.core.settings import Settings

NAME = "sayso"  # of the role and of the database
PORT = "5432"  # names the socket only; no port is opened
PATIENCE_SECONDS = 120  # recovery after a crash may have much to replay

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "random_page_cost": "1.1",  # no disc with an arm: else the queue is sorted anew for each page
    "timezone": "UTC",
    "log_timezone": "UTC",
}

# For tests, whose data nobody needs after a power cut.
CARELESS = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")


class EmbeddedPostgres:
    """The server of one home. Several processes may hold one of these for the same home at once."""

    def __init__(self, home: Path, *, fsync: bool = True) -> None:
        self._home = home.resolve()
        self._fsync = fsync

    def start(self) -> str:
        """Start the server unless it runs, and return its URL once it answers.

        The first start creates the database. Raises `EmbeddedPostgresFailed` with the reason.
        """
        with self._lock():
            place = prepare_place(self._home)
            if not _runs(place):
                self._launch(place)
            _wait_until_ready(place)
            return _url(place)

    def stop(self) -> None:
        """Stop the server if it runs: what is committed stays, open connections are cut."""
        with self._lock():
            place = find_place(self._home)
            if _runs(place):
                _pg_ctl(place, "stop", "--mode", "fast")

    def is_running(self) -> bool:
        return _runs(find_place(self._home))

    def remove(self) -> None:
        """Stop the server and delete its data for good."""
        self.stop()
        remove_place(self._home)

    def _launch(self, place: Place) -> None:
        if not place.cluster.exists():
            _create_cluster(place, *(() if self._fsync else ("--no-sync",)))
        _forget_dead_server(place)
        sockets = prepare_socket_folder(place)
        options = ["-k", shlex.quote(str(sockets)), "-p", PORT, *(() if self._fsync else CARELESS)]
        _start_when_the_last_one_is_gone(place, " ".join(options))

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One process at a time starts or stops a home's server; the kernel frees a dead one's lock."""
        self._home.mkdir(parents=True, exist_ok=True)
        with (self._home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def database_url(settings: Settings) -> str:
    """The database that the settings name, else the embedded one, which must be running."""
    if settings.database_url is None:
        return embedded_url(settings.home)
    named = make_url(settings.database_url)
    if named.drivername in {"postgres", "postgresql"}:  # as everybody writes it; the driver is our affair
        named = named.set(drivername="postgresql+psycopg")
    return named.render_as_string(hide_password=False)


def embedded_url(home: Path) -> str:
    """The URL of the server of this home. Raises `EmbeddedPostgresFailed` when it is not running."""
    place = find_place(home.resolve())
    if not _runs(place):
        raise EmbeddedPostgresFailed(f"The database of {home} is not running. Start it with: sayso run")
    return _url(place)


def _url(place: Place) -> str:
    url = URL.create(
        "postgresql+psycopg",
        username=NAME,
        password=place.password_file.read_text(),
        database=NAME,
        query={"host": str(place.socket_folder), "port": PORT},  # the port too, or PGPORT would decide
    )
    return url.render_as_string(hide_password=False)


def _create_cluster(place: Place, *options: str) -> None:
    """Make the database with its role, complete or not at all: a cluster half made is thrown away."""
    draft = place.folder / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    password, superuser_password = secrets.token_urlsafe(24), place.folder / "superuser.new"
    _write_private(place, place.password_file, password)
    _write_private(place, superuser_password, secrets.token_urlsafe(24))
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    _must(place, "initdb", "-D", str(draft), "-U", "postgres", f"--pwfile={superuser_password}",
          "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8", *settings, *options)  # fmt: skip
    superuser_password.unlink()
    role = f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}';\n"
    _must(place, "postgres", "--single", "-D", str(draft), "postgres",
          text=f"{role}CREATE DATABASE {NAME} OWNER {NAME};\n")  # fmt: skip
    draft.rename(place.cluster)


def _write_private(place: Place, path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
    ) as private:  # never through a link
        private.write(content)
        if os.geteuid() == 0:
            os.fchown(private.fileno(), place.account.uid, place.account.gid)


def _start_when_the_last_one_is_gone(place: Place, options: str) -> None:
    """Start, again for a while if the children of a killed server still hold its memory."""
    give_up_at = time.monotonic() + 20
    while True:
        written = place.log.stat().st_size if place.log.exists() else 0
        try:
            _pg_ctl(place, "start", "--log", place.log.name, "--options", options)
        except EmbeddedPostgresFailed as failure:
            reason = place.log.read_text(errors="replace")[written:] if place.log.exists() else ""
            if "is still in use" not in reason or time.monotonic() > give_up_at:
                raise EmbeddedPostgresFailed(f"{failure}\n{reason}") from failure
            time.sleep(0.2)
        else:
            return


def _pg_ctl(place: Place, *arguments: str) -> None:
    """pg_ctl puts its paths into a shell's command line: they are given relative to the server's folder."""
    _must(place, "pg_ctl", *arguments, "-D", place.cluster.name, "--wait", "--timeout", str(PATIENCE_SECONDS))


def _must(place: Place, program: str, *arguments: str, text: str = "") -> None:
    command = str(programs(place.account) / program)
    done = run_as(place.account, command, *arguments, text=text, folder=place.folder)
    if done.returncode != 0:
        raise EmbeddedPostgresFailed(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")


def _runs(place: Place) -> bool:
    """Whether the recorded process is this cluster's server: after a reboot its number may be another's."""
    lines = _pid_file_lines(place)
    try:
        return bool(lines) and psutil.Process(int(lines[0])).cwd() == str(place.cluster)
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
        return False


def _wait_until_ready(place: Place) -> None:
    """For a server whose starter died before it answered; otherwise pg_ctl has waited already."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while (lines := _pid_file_lines(place))[7:8] != ["ready"]:
        if not lines or time.monotonic() > give_up_at:
            raise EmbeddedPostgresFailed(f"The database did not become ready; see {place.log}")
        time.sleep(0.05)


def _pid_file_lines(place: Place) -> list[str]:
    path = place.cluster / "postmaster.pid"
    return [line.strip() for line in path.read_text().splitlines()] if path.exists() else []


def _forget_dead_server(place: Place) -> None:
    """After kill -9 the lock files stay, and would stop a new server once another process has the old number.

    Children of the dead server are still noticed: they hold its shared memory, which a new server looks for.
    """
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (place.socket_folder / name).unlink(missing_ok=True)
