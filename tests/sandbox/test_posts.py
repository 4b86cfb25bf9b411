import pytest

from tests.sandbox_process import SandboxProcess

# Every kind of character that tends to be "tidied": CR LF, tabs, joiners, combining marks, both directions.
ODD_TEXT = "  Ünï\u0301code\t👩‍👩‍👧 \r\n\u202eabc\u202c שלום \u2028 <b>&amp;\\u0041</b> \ufeff "


def test_what_was_posted_is_listed_oldest_first_with_the_same_characters(
    own_network: SandboxProcess,
) -> None:
    first = own_network.publish(ODD_TEXT, in_reply_to="never-issued-by-this-network")
    second = own_network.publish("Second", channel="email", visibility="private", recipient="Ingrid")

    assert first.status_code == 201
    assert [(post.id, post.text, post.in_reply_to) for post in own_network.posts()] == [
        (first.json()["id"], ODD_TEXT, "never-issued-by-this-network"),
        (second.json()["id"], "Second", None),
    ]
    assert own_network.posts()[0].posted_at == first.json()["posted_at"]


def test_posts_are_filtered_by_account_and_by_what_they_answer(network: SandboxProcess) -> None:
    network.publish("one", account="filter-a", in_reply_to="m1")
    network.publish("two", account="filter-a", in_reply_to="m2")
    network.publish("three", account="filter-b", in_reply_to="m1")

    assert [post.text for post in network.posts(account="filter-a")] == ["one", "two"]
    assert [post.text for post in network.posts(account="filter-a", in_reply_to="m1")] == ["one"]
    assert network.posts(account="filter-c") == []


def test_the_same_key_posts_once_and_answers_with_the_first_post(network: SandboxProcess) -> None:
    first = network.publish("Once", key="key-1", account="once")
    again = network.publish("Once", key="key-1", account="once")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(network.posts(account="once")) == 1
    assert network.ledger()[-1]["event"] == "repeated_request"


def test_without_idempotency_keys_a_blind_retry_posts_twice(network: SandboxProcess) -> None:
    network.settings(idempotency_keys=False)

    for _ in range(2):
        assert network.publish("Twice", key="key-2", account="twice").status_code == 201

    assert [post.text for post in network.posts(account="twice")] == ["Twice", "Twice"]


def test_a_key_counts_for_one_account_only(network: SandboxProcess) -> None:
    for account in ("key-a", "key-b"):
        assert network.publish("Hello", key="key-3", account=account).status_code == 201


def test_an_edited_post_shows_its_current_text(network: SandboxProcess) -> None:
    post_id = network.publish("Befor", account="edits").json()["id"]

    answers = [
        network.client.patch(f"/posts/{post_id}", json={"text": text}, headers={"Idempotency-Key": "e1"})
        for text in ("Before", "Repeated, so it must not count")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    [post] = network.posts(account="edits")
    assert post.text == "Before"
    assert post.edited_at is not None


def test_a_deleted_post_is_listed_only_when_asked_for(network: SandboxProcess) -> None:
    post_id = network.publish("Oops", account="deletes").json()["id"]

    for _ in range(2):
        answer = network.client.delete(f"/posts/{post_id}", headers={"Idempotency-Key": "d1"})
        assert answer.status_code == 200

    assert network.posts(account="deletes") == []
    [post] = network.posts(account="deletes", deleted="1")
    assert post.deleted_at is not None
    assert network.client.delete(f"/posts/{post_id}").status_code == 410
    assert network.client.patch(f"/posts/{post_id}", json={"text": "Back"}).status_code == 410


@pytest.mark.parametrize("capability", ["idempotency_keys", "edit", "delete"])
def test_capabilities_follow_the_settings(network: SandboxProcess, capability: str) -> None:
    everything = {"idempotency_keys": True, "edit": True, "delete": True}
    assert network.client.get("/capabilities").json() == everything

    network.settings(**{capability: False})

    assert network.client.get("/capabilities").json() == everything | {capability: False}


def test_a_network_without_edits_and_deletions_refuses_them(network: SandboxProcess) -> None:
    network.settings(edit=False, delete=False)
    post_id = network.publish("Stays", account="stays").json()["id"]

    assert network.client.patch(f"/posts/{post_id}", json={"text": "No"}).status_code == 403
    assert network.client.delete(f"/posts/{post_id}").status_code == 403
    assert [post.text for post in network.posts(account="stays")] == ["Stays"]
