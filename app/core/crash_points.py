"""Named places where a kill test ends the process as kill -9 would. Without the setting they do nothing."""

import os
import signal
from pathlib import Path

KILL_AT = "SAYSO_KILL_AT"  # name of the point
KILL_MARK = "SAYSO_KILL_MARK"  # a file that must exist; it is removed first, so that one process dies once

POINTS = (
    "intake.before_commit",
    "intake.after_commit",
    "edit.before_commit",
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
    """Die here if the environment asks for it and the mark is still there."""
    if os.environ.get(KILL_AT) != name:
        return
    try:
        Path(os.environ[KILL_MARK]).unlink()
    except FileNotFoundError:
        return  # somebody already died at this point
    os.kill(os.getpid(), signal.SIGKILL)
