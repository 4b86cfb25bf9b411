"""Hostile words from everybody in every place of a page: shown as words, never as markup."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from app.conversations.intake import Incoming, receive
from app.conversations.models import Network
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.review.answers import answer_without_draft
from app.review.drafts import reject
from app.staff.sign_in import find_person
from tests.web.conftest import visitors
from tests.web.visitors import Visitors

pytestmark = [pytest.mark.conformance, pytest.mark.timeout(900)]

__all__ = ["visitors"]  # the fixture

HOSTILE = CHECKOUT.parent / "shared" / "data" / "conformance" / "hostile"
# Elements of ours that only some conversations show.
ALSO_OURS = {"ul", "ol", "li", "del", "ins", "mark", "details", "summary", "small", "code", "bdi"}
TOGETHER = 25  # messages of one conversation: fewer pages, the same words


class Skeleton(HTMLParser):
    """Every element with the names of its attributes, and every address, without any text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def hostile_words() -> list[str]:
    naughty: list[str] = json.loads((HOSTILE / "blns.json").read_text(encoding="utf-8"))
    scripts = [
        line.strip()
        for file in sorted((HOSTILE / "xss").glob("*.txt"))
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
    words = dict.fromkeys(word.replace("\x00", "\ufffd") for word in naughty + scripts if word.strip())
    assert len(words) > 2000
    return list(words)


def in_bundles(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), TOGETHER):
        yield words[start : start + TOGETHER]


def converse(number: int, words: list[str]) -> int:
    """A conversation whose customer, drafts and refusals say these words; its id."""
    with transaction() as session:
        agent = find_person(session, "agent")
        for place, said in enumerate(words):
            incoming = Incoming(
                network=Network.X,
                account="care",
                external_id=f"{number}-{place}-{said}"[:500],
                author=words[0][:300],
                text=said[:25_000],
                sent_at=utc_now(),
                in_reply_to=f"{number}-0-{words[0]}"[:500] if place else None,
            )
            received = receive(session, incoming, at=utc_now())
            text = said[:25_000]
            draft = answer_without_draft(session, received.message_id, text=text, by=agent, at=utc_now())
            if place % 2:
                reject(session, draft.id, reason=said[:2000], by=agent, at=utc_now())
    return received.conversation_id


def test_hostile_words_add_no_element_no_attribute_and_no_address(visitors: Visitors) -> None:
    agent = visitors.person("agent")
    harmless = [f"Hello number {number}" for number in range(4)]
    page = agent.get(f"/conversations/{converse(0, harmless)}")
    assert page.status_code == 200
    known, queue = Skeleton(page.text), Skeleton(agent.get("/queue").text)
    assert len(known.elements) > 20

    for number, words in enumerate(in_bundles(hostile_words()), start=1):
        page = agent.get(f"/conversations/{converse(number, words)}")
        assert page.status_code == 200
        check(Skeleton(page.text), known, words)
        listed = agent.get("/queue")
        assert listed.status_code == 200
        check(Skeleton(listed.text), queue, words)


def check(shown: Skeleton, known: Skeleton, words: list[str]) -> None:
    foreign = [tag for tag, names in shown.elements if tag in ("script", "iframe", "object", "embed", "base")]
    assert sorted(foreign) == sorted(tag for tag, _ in known.elements if tag in ("script",)), words
    handlers = [names for _, names in shown.elements if any(name.startswith("on") for name in names)]
    assert handlers == [], words
    assert all(address.startswith(("/", "?", "#")) for address in shown.addresses), words
    assert {tag for tag, _ in shown.elements} - {tag for tag, _ in known.elements} <= ALSO_OURS, words
