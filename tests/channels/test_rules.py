"""The limits of the networks, and that each has a counter, a source and a date."""

import pytest
from pydantic import ValidationError

from app.channels.account_limits import AccountLimits
from app.channels.mastodon.counting import LINK_LENGTH
from app.channels.network_rules import Place, read_rules
from app.channels.rules import NETWORKS, Measure, UnknownNetwork, measure, rules_for
from app.channels.x.counting import V3

FACT = "{possible: false, note: '', source: its documentation, checked_on: 2026-11-20}"
X_ALONE = f"""
x:
  name: X
  link_length: 23
  places:
    public:
      called: reply
      limit: 280
      unit: weighted characters
      source: its documentation
      checked_on: 2026-11-20
      note: ''
  windows:
  - place: public
    opened_by: a mention
    hours: 24
    replies: 1
    otherwise: refused
    source: its documentation
    checked_on: 2026-11-20
  thread: {FACT}
  edit: {FACT}
  delete: {FACT}
  idempotency: {FACT}
"""


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_states_where_its_limit_comes_from(network: str) -> None:
    rules = rules_for(network)
    facts = [*rules.places.values(), *rules.windows, rules.thread, rules.edit, rules.delete]

    assert rules.places
    assert [fact for fact in facts if not fact.source or fact.checked_on.year < 2026] == []


def test_a_text_at_the_limit_fits_and_one_more_does_not() -> None:
    assert measure("x", "a" * 280) == Measure(280, 280, "weighted characters", too_long=False)
    assert measure("x", "a" * 281) == Measure(281, 280, "weighted characters", too_long=True)


def test_an_email_has_no_limit() -> None:
    assert measure("email", "a" * 100_000) == Measure(100_000, None, "characters", too_long=False)


def test_bluesky_minds_the_bytes_too() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert measure("bluesky", family * 166).too_long is False
    assert measure("bluesky", family * 167) == Measure(167, 300, "graphemes", too_long=True)


@pytest.mark.parametrize("network", NETWORKS)
def test_no_string_is_too_strange_to_measure(network: str) -> None:
    assert measure(network, "\x00\ud800\udfff\ufffe\u202e").length >= 4


def test_an_unknown_network_is_refused_by_name() -> None:
    with pytest.raises(UnknownNetwork, match="myspace is not one of x, facebook"):
        rules_for("myspace")


@pytest.mark.parametrize(
    ("network", "place", "limit", "unit"),
    [
        ("x", "public", 280, "weighted characters"),
        ("x", "private", 10_000, "UTF-16 code units"),
        ("facebook", "public", 8_000, "code points"),
        ("facebook", "private", 2_000, "UTF-16 code units"),
        ("instagram", "public", 2_200, "UTF-16 code units"),
        ("instagram", "private", 1_000, "UTF-8 bytes"),
        ("instagram", None, 1_000, "UTF-8 bytes"),  # the tighter one where nobody says which
        ("bluesky", "private", 1_000, "graphemes"),
        ("whatsapp", "public", 4_096, "UTF-16 code units"),  # has no public place
    ],
)
def test_a_network_has_a_limit_for_each_place(network: str, place: str | None, limit: int, unit: str) -> None:
    found = measure(network, "a" * limit, place=place)

    assert found == Measure(limit, limit, unit, too_long=False)
    assert measure(network, "a" * (limit + 1), place=place).too_long is True


def test_the_limits_of_an_account_stand_before_those_of_its_network() -> None:
    instance = AccountLimits(public_limit=1_000, link_length=30)
    text = "See https://skerryline.com now"

    assert measure("mastodon", text, place="public", limits=instance) == Measure(
        4 + 30 + 4, 1_000, "graphemes", too_long=False
    )
    assert measure("mastodon", text, place="private", limits=instance).limit == 500


def test_a_link_on_x_counts_what_the_rules_say() -> None:
    assert rules_for("x").link_length == V3.link
    assert rules_for("mastodon").link_length == LINK_LENGTH


def test_whatsapp_takes_only_templates_after_a_day() -> None:
    [window] = rules_for("whatsapp").windows

    assert (window.hours, window.otherwise) == (24, "Only a template that Meta approved may be sent.")


def test_facebook_takes_one_private_reply_within_seven_days() -> None:
    [window] = rules_for("facebook").windows

    assert (window.place, window.hours, window.replies) == (Place.PRIVATE, 7 * 24, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      checked_on: 2026-11-20\n", ""),
        ("limit: 280", "limit: 0"),
        ("limit: 280", "limit: '280'"),
        ("called: reply", "called: reply\n      colour: blue"),
        ("unit: weighted characters", "unit: letters"),
        ("place: public", "place: private"),
    ],
)
def test_a_rule_that_is_not_as_it_should_be_is_refused(before: str, after: str) -> None:
    assert read_rules(X_ALONE)["x"].places[Place.PUBLIC].limit == 280
    with pytest.raises(ValidationError):
        read_rules(X_ALONE.replace(before, after, 1))
