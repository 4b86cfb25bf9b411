"""When a failed try is worth another one."""

from app.llm.faults import FaultKind, ModelFault

TRIES_WHEN_LIMITED = 3
LONGEST_PAUSE_SECONDS = 20.0  # a drafting job holds a thread; a customer waits
FIRST_PAUSE_SECONDS = 0.5  # doubled each time, when the endpoint does not say how long
PAUSE_AFTER_FAILURE_SECONDS = 0.2


def pause_before_retry(fault: ModelFault, *, tries: int) -> float | None:
    """Seconds to wait before the next try after `tries` of them, or None when there is to be none.

    429 is obeyed up to a limit: a longer wait is not shortened, the call is given up. After 5xx or a
    broken connection there is one more try. Nothing else gets better by asking again.
    """
    if fault.kind is FaultKind.RATE_LIMITED and tries < TRIES_WHEN_LIMITED:
        asked = fault.retry_after_seconds
        pause = FIRST_PAUSE_SECONDS * 2 ** (tries - 1) if asked is None else asked
        return pause if pause <= LONGEST_PAUSE_SECONDS else None
    if fault.kind in {FaultKind.FAILED, FaultKind.BROKEN_OFF} and tries < 2:
        return PAUSE_AFTER_FAILURE_SECONDS
    return None
