"""Which account the embedded PostgreSQL runs as, and how to act as it.

PostgreSQL refuses to run as root. Started by root, the server therefore runs as an unprivileged account;
started by anybody else, it runs as that person.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ADMIN_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"

# The server's whole environment: nobody's PGPORT, PGDATA or LD_LIBRARY_PATH may reach it.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """A Unix account."""

    name: str
    uid: int
    gid: int


def server_account(folder: Path) -> Account:
    """The account for a server whose files lie in `folder`.

    Root keeps whichever account already owns the files, so that a folder begun by an ordinary user
    goes on working.
    """
    if os.geteuid() != 0:
        return _account(pwd.getpwuid(os.geteuid()))
    if folder.exists() and folder.stat().st_uid != 0:
        return _account(pwd.getpwuid(folder.stat().st_uid))
    return unprivileged_account()


def unprivileged_account() -> Account:
    """Our own account if the machine has one, else PostgreSQL's, else a new one, else `nobody`.

    `nobody` comes last: other daemons run as it too, and whatever runs as the same account can read our data.
    An account that exists is preferred to adding one to somebody's machine.
    """
    for name in ("sayso", "postgres"):
        if found := find_account(name):
            return found
    return create_account("sayso") or _account(pwd.getpwnam("nobody"))


def find_account(name: str) -> Account | None:
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def create_account(name: str) -> Account | None:
    """Add a system account without a home or a login; None where this machine cannot."""
    useradd = shutil.which("useradd", path=ADMIN_PATH)
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run(  # noqa: S603 -- fixed program and arguments
        [useradd, *options, "--shell", "/usr/sbin/nologin", name], check=False, capture_output=True
    )
    return find_account(name)


def run_as(
    account: Account, *command: str, text: str = "", folder: Path = Path("/")
) -> subprocess.CompletedProcess[str]:
    """Run a command as the account, with `text` on its standard input; never raises for its exit code.

    It runs in `folder`, because the caller's own may be closed to the account.
    """
    switch = os.geteuid() == 0
    return subprocess.run(  # noqa: S603 -- our own binaries; nothing is read by a shell
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,  # a Ctrl-C in the caller's terminal must not reach the server
        user=account.uid if switch else None,
        group=account.gid if switch else None,
        extra_groups=[] if switch else None,
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Whether the account gets into the folder, through all its parents."""
    return run_as(account, "/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)).returncode == 0


def can_run(account: Account, program: Path) -> bool:
    """Whether the account reaches the program and this machine can run it."""
    return run_as(account, "/bin/sh", "-c", 'exec "$1" --version', "sh", str(program)).returncode == 0


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
