import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sandbox.sayso_stub import SaysoStub, wait_until
from tests.sandbox_process import SandboxProcess, free_port, start_sandbox


@pytest.fixture
def connected(sayso: SaysoStub, tmp_path: Path) -> Iterator[SandboxProcess]:
    network = start_sandbox(tmp_path, sayso_url=sayso.url, token="secret")
    yield network
    network.stop()


def deliveries(network: SandboxProcess) -> list[tuple[str, int, int]]:
    return [
        (line["id"], line["status"], line["attempts"])
        for line in network.ledger()
        if line["event"] == "delivery"
    ]


def one_delivery(network: SandboxProcess) -> Callable[[], bool]:
    return lambda: len(deliveries(network)) == 1


def test_a_customers_message_reaches_sayso_once_with_all_it_needs(
    connected: SandboxProcess, sayso: SaysoStub
) -> None:
    post_id = connected.write_as_customer(
        "Where is my ferry?",
        channel="facebook",
        author="Tomas Berg",
        visibility="private",
        in_reply_to="p9",
        sent_at="2026-11-23T10:00:00+01:00",
    )
    wait_until(one_delivery(connected))

    [delivered] = sayso.received
    assert (delivered.path, delivered.authorization) == ("/api/messages", "Bearer secret")
    assert delivered.message == {
        "channel": "facebook",
        "account": "care",
        "external_id": post_id,
        "author": "Tomas Berg",
        "text": "Where is my ferry?",
        "sent_at": "2026-11-23T09:00:00Z",
        "in_reply_to": "p9",
        "visibility": "private",
        "mentions_us": True,
    }
    assert deliveries(connected) == [(post_id, 202, 1)]


def test_it_tries_again_until_sayso_takes_the_message(connected: SandboxProcess, sayso: SaysoStub) -> None:
    sayso.answers = [(503, b""), (429, b""), (202, b"{}")]

    post_id = connected.write_as_customer("Anybody there?")
    wait_until(one_delivery(connected))

    assert sayso.texts() == ["Anybody there?"] * 3
    assert deliveries(connected) == [(post_id, 202, 3)]


def test_a_message_that_must_wait_does_not_hold_up_the_next(
    connected: SandboxProcess, sayso: SaysoStub
) -> None:
    sayso.answers = [(500, b"")] * 2

    first = connected.write_as_customer("first")
    wait_until(lambda: sayso.texts() == ["first"])
    sayso.answers = []
    second = connected.write_as_customer("second")
    wait_until(lambda: len(deliveries(connected)) == 2)

    assert sayso.texts() == ["first", "second", "first"]
    assert {post_id for post_id, _, _ in deliveries(connected)} == {first, second}


def test_many_messages_wait_quietly_and_all_arrive_once_sayso_is_back(tmp_path: Path) -> None:
    port = free_port()
    network = start_sandbox(tmp_path, sayso_url=f"http://127.0.0.1:{port}")
    for number in range(50):
        network.write_as_customer(str(number))
    network.kill()
    network.start()  # now it finds all of them at once
    time.sleep(0.5)
    log = network.log_path.read_text()

    with SaysoStub(port=port) as sayso:
        wait_until(lambda: len(deliveries(network)) == 50)
    network.stop()

    assert sorted(map(int, sayso.texts())) == list(range(50))
    assert log.count("it cannot be reached") < 10


def test_a_message_that_breaks_the_connection_does_not_starve_the_others(
    connected: SandboxProcess, sayso: SaysoStub
) -> None:
    sayso.breaks_at = "poison"

    connected.write_as_customer("poison")
    wait_until(lambda: sayso.texts() == ["poison"])
    fine = connected.write_as_customer("fine")
    wait_until(one_delivery(connected))

    assert deliveries(connected) == [(fine, 202, 1)]
    assert "waiting for Sayso after" in connected.client.get("/").text


def test_a_refusal_is_final_and_shown_at_the_post(connected: SandboxProcess, sayso: SaysoStub) -> None:
    sayso.answers = [(422, b'{"title": "No", "detail": "text must not be <b>rude</b>"}')]

    post_id = connected.write_as_customer("Rude")
    wait_until(one_delivery(connected))

    assert deliveries(connected) == [(post_id, 422, 1)]
    page = connected.client.get("/").text
    assert "Sayso refused it: text must not be &lt;b&gt;rude&lt;/b&gt;" in page


def test_undelivered_messages_survive_kill_9(tmp_path: Path) -> None:
    port = free_port()
    network = start_sandbox(tmp_path, sayso_url=f"http://127.0.0.1:{port}")
    waiting = network.write_as_customer("Written while Sayso was away")
    network.kill()

    with SaysoStub() as sayso:
        network.sayso_url = sayso.url
        network.start()
        wait_until(one_delivery(network))
        assert [each.message["external_id"] for each in sayso.received] == [waiting]
        network.kill()
        network.start()
        network.write_as_customer("The next one")
        wait_until(lambda: len(deliveries(network)) == 2)
    network.stop()

    assert sayso.texts() == ["Written while Sayso was away", "The next one"]


def test_a_customers_post_with_the_same_id_is_the_same_post(
    connected: SandboxProcess, sayso: SaysoStub
) -> None:
    body = {"channel": "x", "author": "@a", "text": "Hello", "id": "seed-1"}

    answers = [connected.client.post("/customer-posts", json=body) for _ in range(2)]
    wait_until(one_delivery(connected))

    assert [(answer.status_code, answer.json()["id"]) for answer in answers] == [
        (201, "seed-1"),
        (200, "seed-1"),
    ]
    assert sayso.texts() == ["Hello"]
