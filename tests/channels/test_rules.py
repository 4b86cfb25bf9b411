"""The limits of the networks, and that each has a counter, a source and a date."""

import pytest

from app.channels.rules import LENGTHS, Measure, UnknownNetwork, measure, rules_for


@pytest.mark.parametrize("network", LENGTHS)
def test_every_network_states_where_its_limit_comes_from(network: str) -> None:
    rules = rules_for(network)

    assert rules.source
    assert rules.unit
    assert rules.checked_on.year >= 2026


def test_a_text_at_the_limit_fits_and_one_more_does_not() -> None:
    assert measure("x", "a" * 280) == Measure(280, 280, "weighted characters", too_long=False)
    assert measure("x", "a" * 281) == Measure(281, 280, "weighted characters", too_long=True)


def test_an_email_has_no_limit() -> None:
    assert measure("email", "a" * 100_000) == Measure(100_000, None, "characters", too_long=False)


def test_bluesky_minds_the_bytes_too() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert measure("bluesky", family * 166).too_long is False
    assert measure("bluesky", family * 167) == Measure(167, 300, "graphemes", too_long=True)


@pytest.mark.parametrize("network", LENGTHS)
def test_no_string_is_too_strange_to_measure(network: str) -> None:
    assert measure(network, "\x00\ud800\udfff\ufffe\u202e").length >= 4


def test_an_unknown_network_is_refused_by_name() -> None:
    with pytest.raises(UnknownNetwork, match="myspace is not one of x, facebook"):
        rules_for("myspace")
