"""A text's language is said when the text is clear, else the thread's, else the account's."""

import subprocess
import sys

import pytest

from app.checks.languages import Detected, LanguageSource, detect_language

CLEAR = [
    ("en", "My order has still not arrived and nobody answers the phone."),
    ("de", "Seit drei Tagen warte ich auf meine Erstattung 😡 #niewieder"),
    ("fr", "Mon colis n'est jamais arrivé, pouvez-vous vérifier ?"),
    ("es", "¿Dónde está mi paquete? Lo pedí hace dos semanas."),
    ("it", "Non riesco ad accedere al mio conto da ieri sera"),
    ("pt", "Onde está a minha encomenda? Não recebi nada"),
    ("nl", "Waar blijft mijn pakket? Het zou gisteren komen"),
    ("pl", "Gdzie jest moja paczka?"),
    ("sv", "Jag har fortfarande inte fått mina pengar tillbaka"),
    ("tr", "Siparişim nerede, üç gündür bekliyorum"),
    ("vi", "Đơn hàng của tôi đâu rồi?"),
    ("ar", "أين طلبي؟"),
    ("ja", "荷物はどこですか"),
    ("zh", "退款"),
    ("ko", "배송이 언제 오나요?"),
    ("ru", "Где мой заказ?"),
    ("uk", "Де моє замовлення?"),
    ("hi", "मेरा ऑर्डर कहाँ है"),
    ("he", "הזמנה שלי לא הגיעה"),
    ("el", "Πού είναι η παραγγελία μου;"),
    ("th", "สินค้าของฉันอยู่ที่ไหน"),
    ("de", "@acme das WLAN im Zug funktioniert nicht, the train is late too https://acme.example/help"),
]
UNCLEAR = [
    "ok",
    "no",
    "",
    " ",
    "😡😡😡",
    "1234 5678",
    "@acme #fail",
    "https://acme.example/wo-ist-mein-paket",
    "jane.doe@acme.example",
    "mera paisa wapas karo",  # Hindi in Latin letters
    "kab milega mera order bhai",
    "\ud83d",
    "\0",
]


@pytest.mark.parametrize(("language", "text"), CLEAR)
def test_a_clear_text_says_its_language(language: str, text: str) -> None:
    found = detect_language(text, thread="cs", account=["fi"])

    assert (found.language, found.source) == (language, LanguageSource.TEXT)
    assert 0.9 <= found.confidence <= 1


@pytest.mark.parametrize("text", UNCLEAR, ids=range(len(UNCLEAR)))
def test_an_unclear_text_has_its_threads_language_and_then_the_accounts(text: str) -> None:
    assert detect_language(text, thread="de-AT", account=["en"]) == Detected("de", 0.0, LanguageSource.THREAD)
    assert detect_language(text, account=["en-GB", "de"]) == Detected("en", 0.0, LanguageSource.ACCOUNT)
    assert detect_language(text) == Detected(None, 0.0, LanguageSource.NONE)


def test_a_language_that_is_expected_needs_less_evidence() -> None:
    text = "ist mein Paket verloren"

    assert detect_language(text, account=["en"]).source is LanguageSource.ACCOUNT
    assert detect_language(text, account=["en", "de"]).source is LanguageSource.TEXT


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["a." * 500_000, "https://" * 200_000, "@" * 1_000_000, "é" * 1_000_000])
def test_an_endless_text_takes_no_time(text: str) -> None:
    assert detect_language(text, account=["en"]).language is not None


def test_nothing_is_loaded_before_the_first_text() -> None:
    code = (
        "import psutil, app.checks.languages as l; before = psutil.Process().memory_info().rss;"
        "l.detect_language('Where is my parcel?');"
        "grown = psutil.Process().memory_info().rss - before;"
        "raise SystemExit(0 if 5e6 < grown < 80e6 else str(grown))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
