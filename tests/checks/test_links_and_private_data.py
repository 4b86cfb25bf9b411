"""What must not leave: links elsewhere, personal details in public."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

PRIVATE = replace(PLAIN, public=False)


@pytest.mark.parametrize(
    "text",
    [
        "See https://skerryline.example/delay.",
        "See https://help.skerryline.example:443/a?b=c and skerryline.example",
        "Write to care@skerryline.example",
        "Thanks for asking e.g. about refunds, i.e. money.",
        "See https://skerryline.example./delay?from=Solvik&to=Brae#times",
        "See https://skerryline.example/plan.pdf?next=/claims/new",
        "Version 1.2.3.999, 24.12./25.12., and/or 5.50/7.80",
        "Write to Anna@mail.example, as you asked.",  # the customer's own address
    ],
)
def test_our_own_sites_are_allowed(text: str) -> None:
    assert find("links_allowed", text).passed


@pytest.mark.parametrize(
    "text",
    [
        "See https://skerryline.example.evil.com/delay",
        "See https://evilskerryline.example/delay",
        "See https://skerryline.example@evil.com/delay",
        "See https://skerryline.example\\@evil.com",
        "See https://evil.com\\.skerryline.example",
        "See https:evil.com/delay",
        "See //evil.com/delay",
        "See bit.ly/abc",
        "See evil\uff0ecom/delay",
        "See https://sk\u0435rryline.example/delay",  # a Cyrillic letter
        "See https://xn--skrryline-6fg.example/delay",
        "See https://skerryline.example\u3002evil.com",
        "See http://93.184.216.34/delay",
        "See [our page](https://evil.com)",
        "See javascript:alert(1)",
        "See data:text/html,hello",
        "See hxxps://evil[.]com/delay",
        "See evil[.]com",
        "See evil (dot) com",
        "See evil dot com",
        "See https&#58;//evil&period;com",
        "See evi\u200bl.com",  # a space of no width
        "See evil\u3002com",
        "See https://skerryline.example%2eevil.com/delay",
        "See https://%65vil.com",
        "See https://[::1]/delay",
        "See http://2130706433/delay",
        "See 93.184.216.34",
        "See http://0x5db8d822/delay",
        "See https://evil.com./delay",
        "See https://skerryline.example.:80@evil.com",
        "See https://skerryline.example/go?to=https://evil.com",
        "See https://skerryline.example/go?to=https%253A%252F%252Fevil.com",
        "See https://skerryline.example/go?to=%2F%2Fevil.com",
        "See https://skerryline.example/go?to=evil.com&a=b",
        "See https://skerryline.example#https://evil.com",
        "See https://skerryline.example/https://evil.com",
        "See [skerryline.example](evil.com)",
        "See <https://evil.com|skerryline.example>",
        "See evil.brandnewtld/delay",
        "See \u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",  # a name in Cyrillic
        "See evil.xn--p1ai",
        "See steam://run/7",
        "Write to ben@evil.com",
        "Write to care@skerryline.example.evil.com",
    ],
)
def test_a_link_elsewhere_blocks(text: str) -> None:
    found = find("links_allowed", text)

    assert (found.passed, found.blocks) == (False, True)
    assert found.words


PERSONAL = [
    ("Write to ben@mail.example", "ben@mail.example"),
    ("Call 01632 960999", "01632 960999"),
    ("Your card 4111 1111 1111 1111 was charged", "4111 1111 1111 1111"),
    ("To DE89 3704 0044 0532 0130 00 as asked", "DE89370400440532013000"),
    ("Booking SK7Q42 is safe", "SK7Q42"),
    ("Order 20261112 is safe", "20261112"),
]


@pytest.mark.parametrize(("text", "value"), PERSONAL)
def test_a_personal_detail_blocks_in_public_and_is_shown_in_private(text: str, value: str) -> None:
    in_public, in_private = find("private_data", text), find("private_data", text, PRIVATE)

    assert (in_public.passed, in_public.blocks, in_public.words) == (False, True, (value,))
    assert (in_private.passed, in_private.blocks, in_private.words) == (False, False, (value,))


@pytest.mark.parametrize(("text", "value"), PERSONAL)
def test_the_customers_own_detail_is_fine_in_private_only(text: str, value: str) -> None:
    said = f"Mine is {value}."

    assert find("private_data", text, replace(PRIVATE, customer_text=said)).passed
    assert find("private_data", text, replace(PLAIN, customer_text=said)).blocks


def test_our_own_care_number_may_stand_in_public() -> None:
    assert find("private_data", "Call +44 1632 960130, daily 06:00 to 22:00.").passed


@pytest.mark.parametrize(
    "text", ["Coach 16A, gate B2, 70 minutes, £1,234.50", "On 12.11.2026 at 14:30", "4111 1111 1111 1112"]
)
def test_everyday_numbers_are_not_personal(text: str) -> None:
    assert find("private_data", text).passed
