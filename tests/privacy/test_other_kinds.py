"""Identity numbers, addresses of machines and people, dates of birth, codes and names."""

import pytest

from app.privacy.spans import Kind
from tests.privacy.finding import found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NI number QQ 12 34 56 C or AB 12 34 56 C", "AB 12 34 56 C"),
        ("My NHS number is 943 476 5919", "943 476 5919"),
        ("Steuer-ID: 36 574 261 809", "36 574 261 809"),
        ("Personalausweis L01X00T471", "L01X00T471"),
        ("NIR 2 95 10 99 126 111 93", "2 95 10 99 126 111 93"),
        ("Here is 514-69-0360", "514-69-0360"),
        ("SSN 514690360", "514690360"),
        ("AHV 756.9217.0769.85", "756.9217.0769.85"),
        ("Passport no. 123456789", "123456789"),
    ],
)
def test_a_number_that_a_state_gave_is_found(text: str, value: str) -> None:
    assert found(text) == [(Kind.IDENTITY, value)]


@pytest.mark.parametrize("text", ["Item 943 476 5919", "Ref 36 574 261 80", "000-12-3456", "GB 12 34 56 C"])
def test_a_number_without_its_word_or_check_is_no_identity(text: str) -> None:
    assert [kind for kind, _ in found(text) if kind is Kind.IDENTITY] == []


@pytest.mark.parametrize(
    "address", ["36.160.14.148", "6e40:4041:c617:e898:c11:40d2:c669:2eb4", "2001:db8::7"]
)
def test_an_address_on_the_internet_is_found(address: str) -> None:
    assert found(f"I am blocked from {address}.") == [(Kind.IP, address)]


@pytest.mark.parametrize(
    "text", ["Version 10.0.19.45", "at 12:30:45", "300.1.2.3", "1.2.3", "std::vector", "127.0.0.1"]
)
def test_versions_and_times_are_no_addresses(text: str) -> None:
    assert [kind for kind, _ in found(text) if kind is Kind.IP] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("I was born on 3 March 1970.", "3 March 1970"),
        ("Geburtsdatum: 03.03.1970", "03.03.1970"),
        ("née le 3 mars 1970", "3 mars 1970"),
        ("DOB 1970-03-03", "1970-03-03"),
    ],
)
def test_a_date_is_private_where_it_is_a_birthday(text: str, date: str) -> None:
    assert found(text) == [(Kind.BIRTH_DATE, date)]
    assert found(f"We sail on {date}") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Booking SK7Q42 is safe", "SK7Q42"),
        ("booking sk7q42 please", "sk7q42"),
        ("Order 20261112", "20261112"),
        ("order number 4711", "4711"),
        ("Bestellnummer 302-1234567-1234567", "302-1234567-1234567"),
        ("commande n° 8-44 12", ""),
    ],
)
def test_a_code_is_found_by_pattern_label_or_form(text: str, code: str) -> None:
    assert [value for kind, value in found(text) if kind is Kind.CODE] == ([code] if code else [])


@pytest.mark.parametrize("text", ["Coach 16A, gate B2", "4711 people", "1500KM in 45MIN", "ICE 724"])
def test_everyday_words_with_digits_are_no_codes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I live at 12 Harbour Street, London SW1A 1AA.", "12 Harbour Street, London SW1A 1AA"),
        ("Hauptstraße 12a, 50667 Köln", "Hauptstraße 12a, 50667 Köln"),
        ("wohne Karl-Marx-Str. 7", "Karl-Marx-Str. 7"),
        ("12 bis rue de la Paix, 75002 Paris", "12 bis rue de la Paix, 75002 Paris"),
        ("Springfield, IL 62704", "Springfield, IL 62704"),
        ("Postfach 1234", "Postfach 1234"),
    ],
)
def test_an_address_with_street_and_number_is_found(text: str, address: str) -> None:
    assert found(text) == [(Kind.ADDRESS, address)]


@pytest.mark.parametrize(
    "text", ["We waited 20 minutes on the way", "5 people on board", "Platz 85", "10 Euro"]
)
def test_everyday_numbers_are_no_addresses(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hello, my name is Anna O'Neill and", "Anna O'Neill"),
        ("my name is anna", "anna"),
        ("Ich heiße Jürgen von der Heide.", "Jürgen von der Heide"),
        ("je m'appelle Élodie Dupont", "Élodie Dupont"),
        ("Ask Mr. Smith", "Smith"),
        ("Frau Dr. Weiß war nett", "Weiß"),
        ("It was late.\nKind regards,\nBen King", "Ben King"),
    ],
)
def test_a_name_is_found_where_words_announce_it(text: str, name: str) -> None:
    assert found(text) == [(Kind.NAME, name)]
