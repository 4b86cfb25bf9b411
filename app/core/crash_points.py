"""Named places where a kill test ends or freezes the process. Without the setting they do nothing."""

import os
import signal
from pathlib import Path

# A file that names a point and, after a space, `freeze` when the process shall stop there instead of dying.
# It is removed first: each time it is written, one process dies once.
KILL_FILE = "SAYSO_KILL_FILE"
FREEZE = "freeze"

POINTS = (
    "intake.before_commit",
    "intake.after_commit",
    "edit.before_commit",
    "edit.after_commit",
    "sign_off.before_commit",
    "sign_off.after_commit",
    "answer.before_draft",
    "answer.draft_not_committed",
    "answer.draft_committed",
    "delivery.before_intent",
    "delivery.intent_committed",
    "delivery.before_call",
    "delivery.after_call",
    "delivery.recorded",
)


def crash_point(name: str) -> None:
    """Die here as by kill -9, or freeze, if the file that the environment names says so."""
    file = os.environ.get(KILL_FILE)
    if file is None:
        return
    try:
        point, _, manner = Path(file).read_text().partition(" ")
        if point != name:
            return
        Path(file).unlink()
    except FileNotFoundError:
        return  # nobody is to die, or somebody just did
    os.kill(os.getpid(), signal.SIGSTOP if manner == FREEZE else signal.SIGKILL)
