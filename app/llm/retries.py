"""When a failed try is worth another one."""

from app.llm.faults import FaultKind, ModelFault

TRIES_WHEN_LIMITED = 3
LONGEST_PAUSE_SECONDS = 20.0  # a drafting job holds a thread; a customer waits
FIRST_PAUSE_SECONDS = 0.5  # doubled each time, when the endpoint does not say how long
PAUSE_AFTER_FAILURE_SECONDS = 0.2


def pause_before_retry(fault: ModelFault, *, tries: int) -> float | None:
    """Seconds to wait before the next try after `tries` of them, or None when there is to be none.

    Retry-After is obeyed up to a limit: a longer wait is not shortened, the call is given up. 429 is tried
    twice more, 5xx and a broken connection once. Nothing else gets better by asking again.
    """
    if fault.kind is FaultKind.RATE_LIMITED and tries < TRIES_WHEN_LIMITED:
        own_pause = FIRST_PAUSE_SECONDS * 2 ** (tries - 1)
    elif fault.kind in {FaultKind.FAILED, FaultKind.BROKEN_OFF} and tries < 2:
        own_pause = PAUSE_AFTER_FAILURE_SECONDS
    else:
        return None
    pause = own_pause if fault.retry_after_seconds is None else fault.retry_after_seconds
    return pause if pause <= LONGEST_PAUSE_SECONDS else None
