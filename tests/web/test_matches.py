"""Saying which answer a message is about, without a browser: refusals, searches, and plain forms."""

import pytest
from sqlalchemy import delete, select, update

from app.core.database import transaction
from app.drafting.models import DraftStatus
from app.knowledge.models import EntryVersion, Variant
from app.retrieval.judgements import standing_judgements
from app.review.proposing import answer_with_draft
from app.web.reliability import nearness, reliability
from tests.browser import scene
from tests.browser.decided import fingerprint_of, status_of, texts_of
from tests.factories import make_message
from tests.matched import BOAT, TRAIN, WOBBLER, make_matched_draft
from tests.web.visitors import Visitor, Visitors


@pytest.fixture
def told(visitors: Visitors) -> scene.Told:
    """A message whose draft stands on the wrong entry."""
    scene.publish_faq()
    with transaction() as session:
        message = make_message(session, WOBBLER)
        return scene.Told(message.conversation_id, message.id, make_matched_draft(session, message).id)


def judge(visitor: Visitor, told: scene.Told, verdict: str, **fields: str) -> int:
    read = {"based_on": fingerprint_of(told), **fields}
    return visitor.post(f"/messages/{told.message_id}/judgements", verdict=verdict, **read).status_code


def taught() -> list[str | None]:
    with transaction() as session:
        return [one.entry_id for one in standing_judgements(session)]


def test_a_plain_form_swaps_the_answer_and_leads_back(visitors: Visitors, told: scene.Told) -> None:
    agent = visitors.person("agent")

    assert judge(agent, told, "corrected", entry_id=BOAT) == 303
    page = agent.get(f"/conversations/{told.conversation_id}?message={told.message_id}").text

    assert "Dogs travel on boats for £2.50" in page
    assert "<bdi>Amara Lindqvist</bdi>:" in page
    assert taught() == [BOAT]


@pytest.mark.parametrize(
    ("handle", "verdict", "fields", "status", "says"),
    [
        ("agent", "corrected", {"entry_id": BOAT, "based_on": "older"}, 409, "has changed since you read it"),
        ("agent", "none_fits", {"based_on": ""}, 409, "has changed since you read it"),
        ("agent", "corrected", {}, 422, "Say which entry answers the message"),
        ("agent", "corrected", {"entry_id": "no/such"}, 422, "There is no entry no/such"),
        ("legal", "confirmed", {}, 403, "may not judge which answer a message is about"),
        ("gatekeeper", "corrected", {"entry_id": BOAT}, 403, "may not edit drafts"),
    ],
)
def test_what_cannot_be_said_is_refused_with_a_sentence_and_changes_nothing(
    visitors: Visitors,
    told: scene.Told,
    handle: str,
    verdict: str,
    fields: dict[str, str],
    status: int,
    says: str,
) -> None:
    visitor = visitors.person(handle)
    read = {"based_on": fingerprint_of(told), **fields}

    answer = visitor.post(f"/messages/{told.message_id}/judgements", verdict=verdict, **read)

    assert answer.status_code == status
    assert says in answer.text
    assert (taught(), len(texts_of(told)), status_of(told)) == ([], 1, DraftStatus.PROPOSED)


def test_what_has_no_wording_for_the_channel_is_said_so(visitors: Visitors, told: scene.Told) -> None:
    with transaction() as session:
        version = select(EntryVersion.id).where(EntryVersion.entry_id == BOAT)
        session.execute(delete(Variant).where(Variant.version_id.in_(version)))
        session.execute(
            update(EntryVersion).where(EntryVersion.entry_id == BOAT).values(answer="Dogs travel. " * 40)
        )
    agent = visitors.person("agent")

    read = {"based_on": fingerprint_of(told), "entry_id": BOAT}
    answer = agent.post(f"/messages/{told.message_id}/judgements", verdict="corrected", **read)
    page = agent.get(answer.headers["location"]).text

    assert "Its approved answer cannot be offered here" in page
    assert f"No approved wording of {BOAT} fits into 280 on x." in page
    assert (taught(), status_of(told)) == ([BOAT], DraftStatus.REJECTED)


def test_an_ended_message_asks_for_nothing(visitors: Visitors, told: scene.Told) -> None:
    agent = visitors.person("agent")
    agent.post(f"/messages/{told.message_id}/outcome", reason="A joke")

    page = agent.get(f"/conversations/{told.conversation_id}").text

    assert "form-choose" not in page


def test_who_may_not_judge_is_shown_no_way_to(visitors: Visitors, told: scene.Told) -> None:
    page = f"/conversations/{told.conversation_id}"

    assert "/judgements" in visitors.person("agent").get(page).text
    assert "/judgements" not in visitors.person("legal").get(page).text


def test_entries_are_found_by_words_also_without_javascript(visitors: Visitors, told: scene.Told) -> None:
    agent = visitors.person("agent")

    part = agent.get(f"/messages/{told.message_id}/entries?find=dog+boat&without={TRAIN}").text
    whole = agent.get(f"/conversations/{told.conversation_id}?message={told.message_id}&find=kayak").text
    none = agent.get(f"/messages/{told.message_id}/entries?find=%3Cb%3Ezeppelin").text

    assert f'value="{BOAT}"' in part
    assert f'value="{TRAIN}"' not in part
    assert 'value="bikes-and-pets/surfboards"' in whole
    assert "No entry holds these words" in none
    assert agent.get("/messages/999/entries?find=x").status_code == 404


def page_of(visitors: Visitors, text: str) -> str:
    """What the agent sees of a message that the machine has just answered."""
    with transaction() as session:
        message = make_message(session, text, author="@curious")
        conversation_id, message_id = message.conversation_id, message.id
    answer_with_draft(message_id)
    return visitors.person("agent").get(f"/conversations/{conversation_id}").text


def test_what_a_message_asks_besides_is_said_before_the_signature(
    visitors: Visitors, told: scene.Told
) -> None:
    page = page_of(
        visitors, "Hi! Can my bike come on the boat to Eilan? And is there wifi on board the ferry?"
    )

    assert "<b>also asks</b> “<bdi>Is there Wi-Fi on board?</bdi>”" in page
    assert "two fit" not in page


def test_two_that_fit_are_offered_until_somebody_says_which(visitors: Visitors, told: scene.Told) -> None:
    page = page_of(visitors, "bike on the boat or train?")

    assert "<b>two fit</b> It may as well be about “<bdi>Can I take my bike on the boat?</bdi>”." in page
    assert "also asks" not in page


def test_a_judgement_is_taken_back_once(visitors: Visitors, told: scene.Told) -> None:
    agent, legal = visitors.person("agent"), visitors.person("legal")
    judge(agent, told, "confirmed")
    assert taught() == [TRAIN]

    statuses = [legal.post("/judgements/1/withdrawal").status_code]
    assert taught() == [TRAIN]
    statuses += [agent.post("/judgements/1/withdrawal").status_code for _ in range(2)]
    statuses += [agent.post("/judgements/1/withdrawal", from_entry="true").status_code]
    statuses += [agent.post("/judgements/999/withdrawal").status_code]

    assert statuses == [403, 303, 409, 409, 404]
    assert taught() == []


@pytest.mark.parametrize(
    ("known", "words", "is_weak"),
    [
        ({"score": 0.62, "threshold": 0.4}, "very likely right", False),
        ({"score": 0.48, "threshold": 0.4}, "likely right", False),
        ({"score": 0.41, "threshold": 0.4}, "unsure", True),
        ({"score": 0.39, "threshold": 0.4}, "probably not it", True),
        ({"score": 0.2, "threshold": 0.4, "probability": 0.95}, "very likely right", False),
        ({"score": 0.9, "threshold": 0.4, "probability": 0.3}, "probably not it", True),
        ({"score": 0.7}, "close", False),
        ({"score": 0.4}, "loosely related", True),
    ],
)
def test_a_figure_becomes_a_word_in_one_place(known: dict[str, float], words: str, is_weak: bool) -> None:
    said = reliability(**known)

    assert (said.words, said.is_weak) == (words, is_weak)


def test_of_the_others_only_a_probability_says_how_likely_they_are() -> None:
    assert (nearness(0.66), nearness(0.66, probability=0.1)) == ("close", "probably not it")
