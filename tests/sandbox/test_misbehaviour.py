import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.sandbox.sayso_stub import wait_until
from tests.sandbox_process import SandboxProcess


def test_timeout_after_accept_stores_the_post_and_never_answers(network: SandboxProcess) -> None:
    network.settings(mode="timeout_after_accept", next_n=1, timeout_seconds=30)

    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{network.url}/posts",
            json={"channel": "x", "account": "silent", "text": "Stored"},
            timeout=0.3,
            trust_env=False,
        )

    assert [post.text for post in network.posts(account="silent")] == ["Stored"]
    assert network.settings()["mode"] == "normal"


def test_silence_ends_with_a_dropped_connection(network: SandboxProcess) -> None:
    network.settings(mode="timeout_after_accept", next_n=1, timeout_seconds=0.3)
    started = time.monotonic()

    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        network.publish("Stored", account="dropped")

    assert 0.3 <= time.monotonic() - started < 3
    assert len(network.posts(account="dropped")) == 1


def test_a_stop_drops_those_left_hanging_and_keeps_what_they_posted(own_network: SandboxProcess) -> None:
    own_network.settings(mode="timeout_after_accept")
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(own_network.publish, "Stored")
        wait_until(lambda: len(own_network.posts()) == 1)
        started = time.monotonic()
        own_network.stop()

        with pytest.raises(httpx.TransportError):
            hanging.result()

    assert time.monotonic() - started < 5
    assert [post.text for post in own_network.start().posts()] == ["Stored"]


def test_rate_limited_stores_nothing_and_says_when_to_come_back(network: SandboxProcess) -> None:
    network.settings(mode="rate_limited", next_n=1, retry_after_seconds=7)

    refused = network.publish("Later", account="limited")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "7"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert network.posts(account="limited") == []
    assert network.publish("Later", account="limited").status_code == 201


def test_rate_limited_can_leave_out_when_to_come_back(network: SandboxProcess) -> None:
    network.settings(mode="rate_limited", retry_after_seconds=None)

    assert "Retry-After" not in network.publish("Later", account="limited").headers


@pytest.mark.parametrize(("stored", "texts"), [(True, ["Perhaps"]), (False, [])])
def test_a_server_error_stores_the_post_or_not_as_set(
    network: SandboxProcess, stored: bool, texts: list[str]
) -> None:
    network.settings(mode="server_error", stored_on_error=stored)
    account = f"error-{stored}"

    assert network.publish("Perhaps", account=account).status_code == 500
    assert [post.text for post in network.posts(account=account)] == texts


@pytest.mark.parametrize(("mode", "texts"), [("reset", []), ("reset_after_accept", ["Cut off"])])
def test_the_client_sees_a_real_tcp_reset(network: SandboxProcess, mode: str, texts: list[str]) -> None:
    network.settings(mode=mode, next_n=1)

    with pytest.raises(httpx.ReadError) as seen:
        network.publish("Cut off", account=mode)

    assert "Connection reset by peer" in str(seen.value)
    assert [post.text for post in network.posts(account=mode)] == texts


def test_a_mode_concerns_as_many_writes_as_set(network: SandboxProcess) -> None:
    network.settings(mode="rate_limited", next_n=2)

    statuses = [network.publish("Count", account="counted").status_code for _ in range(4)]

    assert statuses == [429, 429, 201, 201]
    assert network.settings()["next_n"] is None


def test_edits_and_deletions_misbehave_too(network: SandboxProcess) -> None:
    post_id = network.publish("Old", account="changes").json()["id"]
    network.settings(mode="reset_after_accept", next_n=2)

    with pytest.raises(httpx.ReadError):
        network.client.patch(f"/posts/{post_id}", json={"text": "New"})
    [edited] = network.posts(account="changes")
    with pytest.raises(httpx.ReadError):
        network.client.delete(f"/posts/{post_id}")

    assert edited.text == "New"
    assert network.posts(account="changes") == []


def test_a_retry_with_the_same_key_after_each_stored_failure_posts_once(network: SandboxProcess) -> None:
    for mode in ("reset_after_accept", "server_error", "timeout_after_accept"):
        network.settings(mode=mode, next_n=1, timeout_seconds=0, stored_on_error=True)
        with contextlib.suppress(httpx.TransportError):
            assert network.publish("Once", key=mode, account="retried").status_code == 500
        assert network.publish("Once", key=mode, account="retried").status_code == 200

    assert len(network.posts(account="retried")) == 3


def test_every_write_that_meets_a_mode_leaves_one_line(network: SandboxProcess) -> None:
    before = network.ledger()[-1]["seq"]
    network.settings(mode="server_error", next_n=1)
    network.publish("Refused", account="lines")
    network.settings(mode="server_error", next_n=1, stored_on_error=True)
    network.publish("Stored", account="lines")

    lines = [(line["event"], line.get("mode")) for line in network.ledger(after=before)]

    assert lines == [
        ("settings_change", None),
        ("refused_request", "server_error"),
        ("settings_change", None),
        ("accepted_post", "server_error"),
    ]


def test_put_returns_what_is_not_named_to_its_default_and_patch_leaves_it(network: SandboxProcess) -> None:
    network.settings(read_back_delay_seconds=3, html=True)
    assert network.settings(mode="reset")["html"] is True

    replaced = network.client.put("/settings", json={"mode": "reset"}).json()

    assert (replaced["mode"], replaced["html"], replaced["read_back_delay_seconds"]) == ("reset", False, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"moode": "reset"},
        {"mode": "asleep"},
        {"next_n": 0},
        {"next_n": "3"},
        {"html": "yes"},
        {"timeout_seconds": -1},
        {"read_back_delay_seconds": None},
    ],
    ids=str,
)
def test_settings_are_strict(network: SandboxProcess, wrong: dict[str, object]) -> None:
    before = network.settings()

    for method in ("PUT", "PATCH"):
        answer = network.client.request(method, "/settings", json=wrong)
        assert answer.status_code == 422
        assert next(iter(wrong)) in answer.json()["detail"]

    assert network.settings() == before


def test_a_mode_set_without_a_count_lasts_until_changed(network: SandboxProcess) -> None:
    network.settings(mode="reset", next_n=1)
    network.settings(mode="rate_limited")

    statuses = {network.publish("Count", account="lasting").status_code for _ in range(3)}

    assert statuses == {429}
