"""`sayso account limits`: where one account differs from its network, shown or stated anew."""

import json
from typing import Annotated

import typer
from rich.console import Console

from app.audit.chain import record
from app.channels.account_limits import UnusableLimits
from app.cli.services import database
from app.conversations.intake import find_account
from app.conversations.models import Network
from app.core.database import transaction

console = Console(soft_wrap=True, markup=False, highlight=False)


def limits(
    network: Annotated[Network, typer.Argument(help="Such as mastodon.")],
    name: Annotated[str, typer.Argument(help="The account's name, such as care.")],
    stated: Annotated[
        str | None, typer.Option("--set", help="JSON; {} is as the network says. Without it, shows them.")
    ] = None,
) -> None:
    """Show or set the limits of one account, such as what its Mastodon instance allows."""
    with database(), transaction() as session:
        account = find_account(session, network, name)
        if stated is not None:
            account.limits = _object(stated)
            subject = f"account:{account.id}"
            record(session, actor=None, action="account.limits_set", subject=subject, detail=account.limits)
        console.print(json.dumps(account.limits))


def _object(stated: str) -> dict[str, object]:
    try:
        found = json.loads(stated)
    except ValueError as error:
        raise UnusableLimits(f"{stated!r} is no JSON.") from error
    if not isinstance(found, dict):
        raise UnusableLimits(f'{stated!r} is no JSON object. Write it as {{"public_limit": 1000}}.')
    return found
