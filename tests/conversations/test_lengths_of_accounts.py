"""How long a text is for one account, and what is posted with a machine's words."""

import pytest
from sqlalchemy.orm import Session

from app.channels.account_limits import UnusableLimits
from app.conversations.lengths import labelled, measure_for
from app.conversations.models import Account, Network, Visibility
from tests.factories import make_account


def test_an_account_keeps_its_limits_and_is_measured_by_them(session: Session) -> None:
    account = make_account(session, Network.MASTODON)
    account.limits = {"public_limit": 1_000, "link_length": 30}
    session.flush()
    session.expire(account)

    found = measure_for(account, Visibility.PUBLIC, "See https://skerryline.com")

    assert (found.length, found.limit) == (4 + 30, 1_000)
    assert measure_for(account, Visibility.PRIVATE, "").limit == 500


def test_an_account_cannot_be_given_limits_that_its_network_does_not_know() -> None:
    account = Account(network=Network.WHATSAPP, name="care")

    with pytest.raises(UnusableLimits, match="the same for every account"):
        account.limits = {"private_limit": 9_000}


def test_the_label_that_ai_helped_is_added_once() -> None:
    account = Account(network=Network.X, name="care", ai_label="Written with AI.")
    once = labelled(account, "At 21:40.")

    assert once == "At 21:40.\n\nWritten with AI."
    assert labelled(account, once) == once
    assert labelled(Account(network=Network.X, name="care"), "At 21:40.") == "At 21:40."
