"""What is signed when a text would be posted as a thread."""

import pytest

from app.channels import account_limits
from app.channels.account_limits import UnusableLimits
from app.conversations.models import Account, Network, Visibility
from app.drafting.models import Act, Draft
from app.review.fingerprints import content_of, fingerprint

SENTENCE = "Bikes travel on every one of our boats and on all of the trains that wait for them. "


def content(account: Account, text: str) -> dict[str, object]:
    draft = Draft(audience=Visibility.PUBLIC, act=Act.POST)
    return content_of(
        draft, account=account, message=None, corrects=None, text=text, version_ids=[], rules_digest=""
    )


def test_no_account_can_ask_for_threads_before_they_can_be_posted() -> None:
    with pytest.raises(UnusableLimits, match="cannot post one yet"):
        Account(network=Network.BLUESKY, name="care", limits={"split_into_thread": True})


def test_a_text_is_signed_as_one_where_the_account_does_not_split() -> None:
    account = Account(network=Network.BLUESKY, name="care", limits={})

    signed = content(account, SENTENCE * 5)

    assert (signed["text"], signed["thread"]) == (SENTENCE * 5, [])


def test_a_thread_is_signed_post_by_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_limits, "THREADS_CAN_BE_POSTED", True)
    account = Account(network=Network.BLUESKY, name="care", limits={"split_into_thread": True})

    signed = content(account, SENTENCE * 5)

    assert signed["text"] == f"{(SENTENCE * 3).strip()} 1/2"
    assert signed["thread"] == [f"{(SENTENCE * 2).strip()} 2/2"]
    assert fingerprint(signed) != fingerprint({**signed, "thread": []})
