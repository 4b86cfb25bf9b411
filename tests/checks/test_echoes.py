"""What only the customer said may be repeated as theirs; it does not become the brand's own word."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

CUSTOMER = replace(
    PLAIN,
    customer_text="I paid £50 for the 8:15 on 3 March and waited 2 hours. I want 40% back within 5 days. "
    "Is 9:45 the last boat?",
)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry that your train at 8:15 was late.",
        "You paid £50 for it.",
        "You were charged £50 on 3 March.",
        "Sorry you waited 2 hours.",
        "Thank you for your patience over those 2 hours.",
        "We understand you would like 40% back.",
        "If you travelled on 3 March, claim within 28 days.",
    ],
)
def test_the_customers_own_values_may_be_echoed(text: str) -> None:
    assert find("facts_traced", text, CUSTOMER).passed


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("You get £50 back.", "£50"),
        ("We will refund your £50.", "£50"),
        ("The fare is £50.", "£50"),
        ("Your refund of £50 is on its way.", "£50"),
        ("We pay back 40%.", "40%"),
        ("We answer within 5 days.", "5 days"),
        ("The last boat leaves at 9:45.", "9:45"),
    ],
)
def test_the_customers_values_do_not_back_what_we_state(text: str, taken: str) -> None:
    found = find("facts_traced", text, CUSTOMER)

    assert (found.passed, found.words) == (False, (taken,))
    assert found.detail == f"“{taken}” comes from the customer alone, and the text states it as ours."


def test_a_customer_is_not_quoted_with_an_approved_value_they_did_not_name() -> None:
    found = find("facts_traced", "You wrote that you paid £7.80.", CUSTOMER)

    assert (found.passed, found.words) == (False, ("£7.80",))
    assert find("facts_traced", "A single fare is £7.80.", CUSTOMER).passed
