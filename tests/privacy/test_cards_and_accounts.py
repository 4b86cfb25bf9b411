"""Payment cards and bank accounts: what their check digits and their forms say."""

import pytest

from app.privacy.cards import luhn_comes_out
from app.privacy.spans import Kind
from tests.privacy.finding import found, values


@pytest.mark.parametrize(
    "card",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111\u00a01111\u20091111\u00a01111",
        "4111\u20111111\u20111111\u20111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "41 11 11 11 11 11 11 11",
        "\uff14\uff11\uff11\uff11 1111 1111 1111",
        "4111\u200b 1111 1111 1111",
        "5555 5555 5555 4444",
        "2223 0031 2200 3222",
        "3782 822463 10005",
        "6011 1111 1111 1117",
        "3530 1113 3330 0000",
    ],
)
@pytest.mark.parametrize("sentence", ["{} was charged", "It is {}, exp 04/28", "Coach 123 {} 12"])
def test_a_card_is_found_in_any_grouping(card: str, sentence: str) -> None:
    assert found(sentence.format(card)) == [(Kind.CARD, card)]


@pytest.mark.parametrize("rare", ["3056 9309 0259 04", "6304000000000000", "5018000000009", "4222222222222"])
def test_a_word_helps_where_a_form_is_rare(rare: str) -> None:
    number = rare.replace(" ", "")[:-1]
    number += next(digit for digit in "0123456789" if luhn_comes_out(number + digit))

    assert found(f"My card {number} was charged") == [(Kind.CARD, number)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "EAN 4006381333931",
        "SIRET 362 521 879 00034",
        "Voucher 4111 1111 1111 1111",
        "Order 4111111111111111",
        "+4111111111111111",
        "a4111111111111111",
        "£4111111111111111",
        "0000 0000 0000 0000",
    ],
)
def test_other_numbers_are_no_cards(text: str) -> None:
    assert values(text, Kind.CARD) == []


@pytest.mark.parametrize(
    "iban",
    [
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "de89 3704 0044 0532 0130 00",
        "DE89-3704-0044-0532-0130-00",
        "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
        "CH93 0076 2011 6238 5295 7",
        "AT61 1904 3002 3457 3201",
        "NO93 8601 1117 947",
    ],
)
@pytest.mark.parametrize("sentence", ["{} as asked", "IBAN:{}.", "Konto {}, danke"])
def test_an_account_is_found_to_its_last_digit(iban: str, sentence: str) -> None:
    assert found(sentence.format(iban)) == [(Kind.IBAN, iban)]


def test_a_slip_of_the_pen_in_a_labelled_account_is_still_private() -> None:
    wrong = "DE89 3704 0044 0532 0130 01"

    assert values(f"IBAN {wrong}", Kind.IBAN) == ["DE89370400440532013001"]
    assert values(f"Typ {wrong}", Kind.IBAN) == []
