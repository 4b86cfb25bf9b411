from html.parser import HTMLParser

import pytest

from tests.sandbox_process import SandboxProcess

HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea></p><svg/onload=alert(1)>",
    "javascript:alert(1)",
]


class Markup(HTMLParser):
    """What a browser would make of a page: its elements, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_person_writes_as_a_customer_without_javascript(network: SandboxProcess) -> None:
    form = {"channel": "facebook", "visibility": "private", "author": "Åse", "text": "Line\r\nbreak"}

    answer = network.client.post("/", data=form)

    assert answer.status_code == 303
    page = network.client.get(answer.headers["Location"]).text
    assert "Line\nbreak" in page
    written = network.ledger()[-1]
    assert (written["text"], written["channel"], written["visibility"]) == (
        "Line\nbreak",
        "facebook",
        "private",
    )


def test_public_and_private_posts_stand_on_different_tabs(network: SandboxProcess) -> None:
    asked = network.write_as_customer("Tab question")
    network.publish("Tab public answer", in_reply_to=asked)
    network.publish("Tab private answer", in_reply_to=asked, visibility="private")

    public, private = (network.client.get("/", params={"tab": tab}).text for tab in ("public", "private"))

    assert ("Tab public answer" in public, "Tab private answer" in public) == (True, False)
    assert ("Tab public answer" in private, "Tab private answer" in private) == (False, True)
    assert "@ferry_fan: Tab question" in private


def test_a_reply_link_fills_in_whom_and_what_is_answered(network: SandboxProcess) -> None:
    asked = network.write_as_customer("Question", author="Ingrid", channel="email")
    answered = network.publish("Answer", in_reply_to=asked, channel="email").json()["id"]

    page = Markup(network.client.get("/", params={"reply_to": answered}).text)

    inputs = {a["name"]: a.get("value") for tag, a in page.elements if tag == "input" and "name" in a}
    assert (inputs["author"], inputs["in_reply_to"]) == ("Ingrid", answered)
    assert {"value": "email", "selected": None} in [a for tag, a in page.elements if tag == "option"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(network: SandboxProcess, text: str) -> None:
    asked = network.write_as_customer(text, author=text, in_reply_to=text)
    network.publish(text, in_reply_to=asked, account=text, recipient=text)
    refused = network.client.post("/", data={"channel": text, "author": text, "text": text})

    paths = ("/?all=1", "/wall?all=1", "/timeline?all=1", f"/?all=1&reply_to={asked}")
    for answer in [refused, *(network.client.get(path) for path in paths)]:
        page = Markup(answer.text)
        assert text in page.words
        assert {tag for tag, _ in page.elements}.isdisjoint({"img", "svg"})
        assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
        assert all((a.get("href") or "/").startswith("/") for _, a in page.elements)
        scripts = {a.get("src") for tag, a in page.elements if tag == "script"}
        assert scripts <= {"/static/refresh.js"}


def test_text_tells_its_own_direction(network: SandboxProcess) -> None:
    network.write_as_customer("متى تغادر العبّارة؟", author="ليلى")

    page = Markup(network.client.get("/?all=1").text)

    directions = {
        a.get("class"): a.get("dir") for _, a in page.elements if a.get("class") in {"words", "author"}
    }
    assert directions == {"words": "auto", "author": "auto"}


def test_a_refused_form_comes_back_with_what_was_typed(network: SandboxProcess) -> None:
    form = {"channel": "fax", "author": "Åse", "text": "Typed with care", "visibility": "public"}

    answer = network.client.post("/", data=form)

    assert answer.status_code == 422
    assert "Typed with care" in answer.text
    assert "channel" in Markup(answer.text).words


@pytest.mark.parametrize(
    "body",
    [
        b"channel=x&author=a&text=%ED%A0%80",
        b"text=%00&author=a&channel=x",
        b"=&=&=",
        b"text=" + b"a" * 1_500_000,
    ],
)
def test_a_form_that_cannot_be_read_is_refused(network: SandboxProcess, body: bytes) -> None:
    assert 400 <= network.client.post("/", content=body).status_code < 500


def test_the_form_sets_how_the_network_behaves(network: SandboxProcess) -> None:
    form = {"mode": "rate_limited", "next_n": "2", "timeout_seconds": "1.5", "read_back_delay_seconds": "0"}

    answer = network.client.post("/settings", data=form | {"edit": "on"})

    assert answer.status_code == 303
    settings = network.settings()
    assert (settings["mode"], settings["next_n"], settings["timeout_seconds"]) == ("rate_limited", 2, 1.5)
    assert (settings["retry_after_seconds"], settings["edit"], settings["delete"]) == (None, True, False)
    assert "too many requests (429), next 2" in network.client.get("/").text


def test_a_wrong_setting_comes_back_with_a_sentence(network: SandboxProcess) -> None:
    before = network.settings()

    answer = network.client.post("/settings", data={"mode": "reset", "next_n": "none"})

    assert answer.status_code == 422
    assert "next_n" in Markup(answer.text).words
    assert network.settings() == before


@pytest.mark.parametrize("path", ["/", "/wall", "/timeline", "/posts", "/static/sandbox.css", "/nowhere"])
def test_every_answer_forbids_inline_script_and_style(network: SandboxProcess, path: str) -> None:
    answer = network.client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not [a for _, a in Markup(answer.text).elements if "style" in a]


def test_the_wall_refreshes_itself_and_offers_nothing_to_type(network: SandboxProcess) -> None:
    page = Markup(network.client.get("/wall").text)

    assert ("meta", {"http-equiv": "refresh", "content": "5"}) in page.elements
    assert not [tag for tag, _ in page.elements if tag in {"form", "input", "textarea", "script"}]


def test_older_threads_are_one_link_away(own_network: SandboxProcess) -> None:
    for number in range(31):
        own_network.write_as_customer(f"Message number {number}.")

    page = own_network.client.get("/").text

    assert "Show 1 older" in page
    assert "Message number 0." not in page
    assert "Message number 0." in own_network.client.get("/?all=1").text
