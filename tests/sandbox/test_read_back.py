import time

import httpx
import pytest

from tests.sandbox.sayso_stub import wait_until
from tests.sandbox_process import SandboxProcess


def read_back(network: SandboxProcess, account: str, **query: str) -> httpx.Response:
    return network.client.get(f"/accounts/{account}/posts", params=query)


def texts(network: SandboxProcess, account: str, **query: str) -> list[str]:
    return [post["text"] for post in read_back(network, account, **query).json()]


def test_own_posts_are_read_back_by_channel_and_target(network: SandboxProcess) -> None:
    network.publish("one", account="rb", in_reply_to="m1")
    network.publish("two", account="rb", in_reply_to="m2", channel="facebook", visibility="private")
    network.publish("three", account="rb-other", in_reply_to="m1")

    assert texts(network, "rb") == ["one", "two"]
    assert texts(network, "rb", in_reply_to="m1") == ["one"]
    assert texts(network, "rb", channel="facebook") == ["two"]
    assert "key" not in read_back(network, "rb").json()[0]


def test_own_posts_are_read_back_since_a_moment(network: SandboxProcess) -> None:
    network.publish("early", account="since")
    later = network.publish("late", account="since").json()["posted_at"]

    assert texts(network, "since", since=later) == ["late"]
    assert read_back(network, "since", since="2026-11-23T12:00:00").status_code == 422
    assert read_back(network, "since", since="yesterday").status_code == 422
    assert read_back(network, "since", since="0001-01-01T00:00:00+14:00").status_code == 422


def test_a_post_appears_only_after_the_delay(network: SandboxProcess) -> None:
    network.settings(read_back_delay_seconds=0.5)
    started = time.monotonic()
    network.publish("Slow", account="slow")

    assert texts(network, "slow") == []
    assert len(network.posts(account="slow")) == 1
    wait_until(lambda: texts(network, "slow") == ["Slow"])
    assert time.monotonic() - started >= 0.5


def test_a_deleted_post_is_not_read_back(network: SandboxProcess) -> None:
    post_id = network.publish("Gone", account="gone").json()["id"]
    network.client.delete(f"/posts/{post_id}")

    assert texts(network, "gone") == []


def test_links_come_back_shortened_when_set(network: SandboxProcess) -> None:
    network.publish("See https://skerryline.example/delay, or call.", account="links")
    network.settings(mangle_links=True)

    [text] = texts(network, "links")

    assert text.startswith("See https://s.example/")
    assert text.endswith(", or call.")
    assert network.posts(account="links")[0].text == "See https://skerryline.example/delay, or call."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One & <two>", "<p>One &amp; &lt;two&gt;</p>"),
        ("One\ntwo\n\nthree", "<p>One<br />two</p><p>three</p>"),
    ],
)
def test_text_comes_back_as_html_when_set(network: SandboxProcess, text: str, shown: str) -> None:
    account = f"html-{len(text)}"
    network.publish(text, account=account)
    network.settings(html=True)

    assert texts(network, account) == [shown]
