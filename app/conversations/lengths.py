"""How long a text is for one account: its network's rules, and where the account differs, its own."""

from app.channels.account_limits import AccountLimits, read_limits
from app.channels.rules import Measure, measure
from app.conversations.models import Account, Visibility


def limits_of(account: Account) -> AccountLimits:
    return read_limits(account.network, account.limits or {})  # None until it is stored


def measure_for(account: Account, visibility: Visibility, text: str) -> Measure:
    """The length of exactly this text as a reply of that account, in public or in private."""
    return measure(account.network, text, place=visibility, limits=limits_of(account))
