"""Errors a person meets: each names a fact, carries an HTTP status and says what to do."""

from typing import Any


class ServiceError(Exception):
    """Something could not be done. `detail` is one or two sentences for the person who asked."""

    status = 400
    title = "This could not be done"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra  # further members of the problem answer, such as the other text of a lost race


class NotFound(ServiceError):
    status = 404
    title = "Not found"


class NotAllowed(ServiceError):
    status = 403
    title = "Not allowed"


class Conflict(ServiceError):
    """Somebody or something was faster; nothing was changed."""

    status = 409
    title = "This has changed in the meantime"


class InvalidInput(ServiceError):
    status = 422
    title = "This input cannot be used"


class IllegalTransition(Conflict):
    title = "This step is not possible now"

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"It is {old} and cannot become {new}.")
