"""Telephone numbers, and the many numbers that are none."""

import pytest

from app.privacy.spans import Kind
from tests.privacy.finding import found, values


@pytest.mark.parametrize(
    "number",
    [
        "07700 900123",
        "020 7946 0958",
        "(01632) 960123",
        "+44 (0)1632 960123",
        "0044 1632 960123",
        "0171/2345678",
        "0176 - 23 45 67 89",
        "+49 30 2345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "079 234 56 78",
        "0664 2345678",
        "(212) 555-0143",
        "212-555-0143",
        "+1 (415) 505-1138",
        "1-212-555-0143",
        "+45 28 12 34 56",
        "0 1 7 1 2 3 4 5 6 7 8",
    ],
)
@pytest.mark.parametrize(
    "sentence", ["It is {}.", "Call me on {} please", "Rufen Sie mich unter {} an", "Tél : {}"]
)
def test_a_number_is_found_whole(number: str, sentence: str) -> None:
    assert found(sentence.format(number)) == [(Kind.PHONE, number)]


@pytest.mark.parametrize(
    "written", ["01632 960130", "+44 1632 960130", "0044 (0)1632-960130", "\uff10\uff11632\u00a0960130"]
)
def test_one_number_has_one_normal_form(written: str) -> None:
    assert values(f"Call {written}", Kind.PHONE) == ["1632960130"]


def test_a_word_makes_a_number_of_a_short_row() -> None:
    assert values("Handy: 451 5986", Kind.PHONE) == ["4515986"]
    assert values("Zähler 451 5986", Kind.PHONE) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 12.11.2026 at 14:30, or 01/02/2024, or 2024-02-01",
        "Open 09.00 - 17.00, 0900-1700, 06:00 to 22:00, 24/7",
        "£1,234.50 or 1.234,50 € or 0.99",
        "Order 0171234567 and tracking number 0034043412345678",
        "Version 10.4.1.17 of 2019-2024",
        "ISBN 978-0-1234-5678-9, IMEI 012345678901234",
        "Voucher 1131 0567 0047 2518",
        "It says 0134 0567 0047 2518",
        "https://shop.example/p/0713179191?v=412121",
        "commit 0171234567abcdef0171",
        "Meter reading 0171234 today, 451 5986 fans",
        "call 112 or ring 24 hours",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert values(text, Kind.PHONE) == []
