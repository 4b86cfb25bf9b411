"""What may be stated for one account, and the sentence for what may not."""

from typing import Any

import pytest

from app.channels.account_limits import NO_LIMITS, AccountLimits, UnusableLimits, read_limits


def test_nothing_stated_leaves_everything_to_the_network() -> None:
    assert read_limits("mastodon", {}) == NO_LIMITS


def test_an_instance_may_set_its_limit_and_what_a_link_counts() -> None:
    found = read_limits("mastodon", {"public_limit": 5_000, "link_length": 30})

    assert found == AccountLimits(public_limit=5_000, link_length=30)


@pytest.mark.parametrize(
    ("network", "stated", "sentence"),
    [
        (
            "whatsapp",
            {"private_limit": 9_000},
            "The limit of a message on WhatsApp is the same for every account.",
        ),
        ("whatsapp", {"public_limit": 9_000}, "Nothing on WhatsApp is public, so there is no public_limit."),
        ("x", {"link_length": 10}, "What a link counts on X is the same for every account."),
        ("email", {"split_into_thread": True}, "E-mail has no threads: One e-mail holds all."),
    ],
)
def test_what_the_rules_leave_no_room_for_is_refused(
    network: str, stated: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UnusableLimits) as refused:
        read_limits(network, stated)

    assert refused.value.detail == sentence


@pytest.mark.parametrize("stated", [{"public_limit": 0}, {"public_limit": "500"}, {"limit": 500}])
def test_a_field_that_is_none_or_no_count_is_named(stated: dict[str, Any]) -> None:
    with pytest.raises(UnusableLimits, match=next(iter(stated))):
        read_limits("mastodon", stated)


def test_threads_stay_off_until_they_can_be_posted() -> None:
    with pytest.raises(UnusableLimits, match="cannot post one yet, so split_into_thread stays false"):
        read_limits("bluesky", {"split_into_thread": True})
