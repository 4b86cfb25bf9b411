import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.events import RequestRefused
from sandbox.ledger import Ledger, LedgerDamaged, LedgerInUse
from tests.sandbox_process import SandboxProcess

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def refusal(reason: str) -> RequestRefused:
    return RequestRefused(at=NOON, method="POST", path="/posts", status=None, reason=reason, mode=None)


def test_after_kill_9_everything_is_as_it_was(own_network: SandboxProcess) -> None:
    kept = own_network.publish("Kept", key="k").json()["id"]
    own_network.client.patch(f"/posts/{kept}", json={"text": "Kept, corrected"})
    gone = own_network.publish("Gone").json()["id"]
    own_network.client.delete(f"/posts/{gone}")
    own_network.write_as_customer("Hello?", id="c1")
    own_network.settings(mode="rate_limited", next_n=3, html=True)
    own_network.publish("Refused")
    before = (own_network.posts(deleted="1"), own_network.settings(), own_network.ledger())

    own_network.kill()
    own_network.start()

    assert (own_network.posts(deleted="1"), own_network.settings(), own_network.ledger()) == before
    assert own_network.settings()["next_n"] == 2
    own_network.settings(mode="normal")
    assert own_network.publish("Kept", key="k").json()["id"] == kept


def test_a_torn_last_line_is_set_aside_and_not_lost_silently(own_network: SandboxProcess) -> None:
    own_network.publish("Whole")
    own_network.kill()
    with own_network.ledger_path.open("ab") as ledger:
        ledger.write(b'{"seq":2,"at":"2026-11-23T12:00:00Z","event":"accep')

    own_network.start()

    assert [post.text for post in own_network.posts()] == ["Whole"]
    assert own_network.ledger()[-1]["event"] == "torn_line"
    torn = own_network.ledger_path.with_name("ledger.torn")
    assert torn.read_bytes() == b'{"seq":2,"at":"2026-11-23T12:00:00Z","event":"accep\n'
    assert own_network.publish("After it").status_code == 201
    after = own_network.ledger()
    own_network.kill()
    assert own_network.start().ledger() == after


def test_the_ledger_answers_what_comes_after_a_number(own_network: SandboxProcess) -> None:
    for text in ("one", "two", "three"):
        own_network.publish(text)

    assert [(line["seq"], line["text"]) for line in own_network.ledger(after=1)] == [(2, "two"), (3, "three")]
    assert own_network.ledger(after=3) == []


def test_a_second_process_on_the_same_ledger_refuses_to_start(own_network: SandboxProcess) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "sandbox"],
        env={"SAYSO_HOME": str(own_network.home), "SAYSO_SANDBOX_PORT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert second.returncode == 1
    assert "another sandbox network already writes" in second.stderr


def test_a_ledger_is_free_again_once_closed(tmp_path: Path) -> None:
    first = Ledger(tmp_path)
    with pytest.raises(LedgerInUse):
        Ledger(tmp_path)
    first.close()

    Ledger(tmp_path).close()


@pytest.mark.parametrize(
    ("damage", "where"),
    [(b"not json\n", ":2:"), (b"\n", ":2:")],
    ids=["unreadable", "empty"],
)
def test_damage_before_the_last_line_stops_the_start_and_names_the_line(
    tmp_path: Path, damage: bytes, where: str
) -> None:
    ledger = Ledger(tmp_path)
    for reason in ("one", "two"):
        ledger.append(refusal(reason))
    ledger.close()
    first, second = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(first + damage + second)

    with pytest.raises(LedgerDamaged, match=where):
        Ledger(tmp_path)


def test_a_missing_line_is_noticed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for reason in ("one", "two", "three"):
        ledger.append(refusal(reason))
    ledger.close()
    first, _, third = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(first + third)

    with pytest.raises(LedgerDamaged, match="holds line 3"):
        Ledger(tmp_path)


def test_a_write_that_fails_half_way_leaves_no_half_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(refusal("fits"))
    before = ledger.path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            ledger.append(refusal("does not fit"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert ledger.path.read_bytes() == before
    assert ledger.append(refusal("fits again")).seq == 2
    ledger.close()
