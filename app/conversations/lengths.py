"""How long a text is for one account: its network's rules, and where the account differs, its own."""

from app.channels.account_limits import AccountLimits, read_limits
from app.channels.rules import Measure, measure
from app.channels.threads import CannotBeSplit, split_into_posts
from app.conversations.models import Account, Visibility


def limits_of(account: Account) -> AccountLimits:
    return read_limits(account.network, account.limits or {})  # None until it is stored


def labelled(account: Account, text: str) -> str:
    """A machine's words as they will be posted: with the label that AI helped, if the account wants one."""
    label = account.ai_label
    if not label or text.endswith(label):
        return text
    return f"{text}\n\n{label}" if text else label


def measure_for(account: Account, visibility: Visibility, text: str) -> Measure:
    """The length of exactly this text as a reply of that account, in public or in private."""
    return measure(account.network, text, place=visibility, limits=limits_of(account))


def posts_for(account: Account, visibility: Visibility, text: str) -> tuple[str, ...]:
    """The posts that a text becomes: one, unless it is too long and the account may split it.

    A text that cannot be split stays one, and the check of its length says that it is too long.
    """
    if not limits_of(account).split_into_thread or visibility is not Visibility.PUBLIC:
        return (text,)
    try:
        return split_into_posts(
            text, fits=lambda post: not measure_for(account, visibility, post).too_long, numbered=True
        )
    except CannotBeSplit:
        return (text,)
