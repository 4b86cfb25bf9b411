"""Which outbound side posts for which account."""

from functools import lru_cache

from app.channels.outbound import Outbound
from app.channels.sandbox.outbound import SandboxOutbound
from app.core.settings import get_settings


@lru_cache(maxsize=8)
def connector(name: str) -> Outbound:
    """The connector of that name, shared by this process. Raises `LookupError` for an unknown one."""
    if name == "sandbox":
        return SandboxOutbound(get_settings().sandbox_url)
    raise LookupError(f"There is no connector {name!r}.")
