"""Limits of tokens and cost: counted across workers, over at midnight, and one sender's flood is theirs."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from pydantic import ValidationError
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.conversations.intake import Incoming, receive
from app.conversations.models import Network
from app.core.clock import utc_now
from app.core.database import get_engine, transaction
from app.core.settings import Settings
from app.llm.budgets import Budget, Limit, Limits, Prices, budget_of
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.faults import FaultKind, ModelFault, Usage
from app.llm.gateway import Gateway
from app.llm.ledger import Call, DatabaseLedger, Ending
from app.llm.models import ModelCall, ModelSpending, SpendingScope
from app.llm.prompts import RenderedPrompt
from app.llm.spending import limit_reached, spent_by_all
from tests.model_server import answers, hangs, says, start_model_server, status

Calls = Callable[[], list[ModelCall]]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
NUMBERS = count(1)


def call(*, message_id: int | None = None, tokens: int = 100, at: datetime = NOON) -> Call:
    usage = Usage(tokens, 0)
    return Call("stand-in", "reply", "0" * 12, message_id, False, usage, timedelta(minutes=2), at)


def ledger(
    *, everybody: int | None = None, account: int | None = None, sender: int | None = None
) -> DatabaseLedger:
    return DatabaseLedger(Budget(Limits(Limit(everybody), Limit(account), Limit(sender))))


def ended(tokens: int) -> Ending:
    return Ending("answered", None, Usage(tokens, 0), 5)


def refusal(kept: DatabaseLedger, wanted: Call) -> str:
    with pytest.raises(ModelFault) as caught:
        kept.reserve(wanted)
    assert caught.value.kind is FaultKind.BUDGET
    return caught.value.detail


def message_from(session: Session, author: str, *, network: Network = Network.X) -> int:
    incoming = Incoming(network, "care", f"post-{next(NUMBERS)}", author, "Hello?", utc_now())
    message_id = receive(session, incoming, at=utc_now()).message_id
    session.commit()
    return message_id


def spending() -> dict[SpendingScope, int]:
    with Session(get_engine()) as session:
        return {row.scope: row.tokens for row in session.scalars(select(ModelSpending))}


def test_the_days_limit_stops_the_next_call_and_midnight_lifts_it(session: Session) -> None:
    kept = ledger(everybody=250)
    for _ in range(3):
        kept.settle(kept.reserve(call()), ended(100))

    assert refusal(kept, call()) == (
        "Today's limit of 250 tokens for everything is reached; the model is asked again from 00:00 UTC."
    )
    assert refusal(kept, call(at=MIDNIGHT - timedelta(seconds=1))).startswith("Today's limit")
    assert kept.reserve(call(at=MIDNIGHT)) is not None


def test_what_was_reserved_and_not_used_is_given_back(session: Session) -> None:
    kept = ledger(everybody=250)
    row_id = kept.reserve(call(tokens=250))
    refusal(kept, call())
    kept.settle(row_id, ended(15))

    assert spent_by_all(session, at=NOON).tokens == 15
    assert kept.reserve(call()) is not None


def test_a_flooding_sender_stops_at_their_own_limit_and_the_others_go_on(demo_session: Session) -> None:
    kept = ledger(everybody=10_000, sender=200)
    flood = [message_from(demo_session, "@flood") for _ in range(3)]
    for message_id in flood[:2]:
        kept.settle(kept.reserve(call(message_id=message_id)), ended(100))

    assert "200 tokens for this sender" in refusal(kept, call(message_id=flood[2]))
    assert kept.reserve(call(message_id=message_from(demo_session, "@calm"))) is not None
    assert kept.reserve(call()) is not None


def test_an_accounts_limit_is_its_own(demo_session: Session) -> None:
    kept = ledger(account=100)
    kept.settle(kept.reserve(call(message_id=message_from(demo_session, "@a"))), ended(100))

    assert "for this account" in refusal(kept, call(message_id=message_from(demo_session, "@b")))
    elsewhere = message_from(demo_session, "@b", network=Network.FACEBOOK)
    assert kept.reserve(call(message_id=elsewhere)) is not None


def test_each_call_counts_for_its_sender_its_account_and_everybody(
    demo_session: Session, calls_of_demo: Calls
) -> None:
    kept = ledger()
    message_id = message_from(demo_session, "@a")
    kept.settle(kept.reserve(call(message_id=message_id)), ended(40))
    kept.settle(kept.reserve(call()), ended(2))

    assert spending() == {SpendingScope.ALL: 42, SpendingScope.ACCOUNT: 40, SpendingScope.SENDER: 40}
    assert [(row.account_id is None, row.handle_id is None) for row in calls_of_demo()] == [
        (False, False),
        (True, True),
    ]


@pytest.fixture
def calls_of_demo(demo_session: Session) -> Calls:
    return lambda: list(demo_session.scalars(select(ModelCall).order_by(ModelCall.id)))


def test_a_call_whose_process_died_is_given_back_after_its_longest_time(
    session: Session, calls: Calls
) -> None:
    kept = ledger(everybody=100)
    kept.reserve(call())  # and nobody settles it
    refusal(kept, call(at=NOON + timedelta(minutes=2)))

    assert kept.reserve(call(at=NOON + timedelta(minutes=2, seconds=1))) is not None
    assert [row.outcome for row in calls()] == ["abandoned", "budget", "asking"]
    assert spending() == {SpendingScope.ALL: 100}


def test_a_call_given_up_for_dead_that_ends_all_the_same_is_counted_once(session: Session) -> None:
    kept = ledger(everybody=1000)
    late = kept.reserve(call())
    kept.settle(kept.reserve(call(at=NOON + timedelta(minutes=3))), ended(10))
    kept.settle(late, ended(30))

    assert spending() == {SpendingScope.ALL: 40}


def admitted(tries: int) -> int:
    """How many of several calls at the same moment were let through; they stay under way."""
    kept = ledger(everybody=250)

    def try_one(_: int) -> bool:
        try:
            return kept.reserve(call()) is not None
        except ModelFault:
            return False

    with ThreadPoolExecutor(tries) as threads:
        return sum(threads.map(try_one, range(tries)))


def test_workers_that_ask_at_the_same_moment_overrun_by_no_more_than_one_call(session: Session) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        let_through = sum(processes.map(admitted, [6, 6, 6]))

    assert let_through == 3  # 100, 200, and the one that goes over 250
    assert spending() == {SpendingScope.ALL: 300}


def test_costs_are_counted_by_the_prices_and_limited(session: Session) -> None:
    kept = DatabaseLedger(Budget(Limits(Limit(None, 2_000_000)), Prices(input=3, output=15)))
    kept.settle(kept.reserve(call()), Ending("answered", None, Usage(100_000, 113_334), 5))

    assert spent_by_all(session, at=NOON).cost_micros == 2_000_010
    assert refusal(kept, call()).startswith("Today's limit of 2.00 of cost for everything is reached")


PROMPT = RenderedPrompt("greeting", "0123456789ab", "Be brief.", "Say yes.")  # 17 characters


def gateway(url: str, budget: Budget, *, seconds: float = 5) -> Gateway:
    endpoint = Endpoint(ModelKind.ENDPOINT, url, "key", "stand-in", seconds)
    return Gateway(endpoint, ledger=DatabaseLedger(budget))


def test_beyond_the_limit_nothing_is_asked_and_the_row_says_why(session: Session, calls: Calls) -> None:
    with start_model_server(answers("yes")) as model:
        limited = gateway(model.url, Budget(Limits(Limit(tokens=15))))
        limited.ask(PROMPT, None, max_tokens=10, message_id=None)
        with pytest.raises(ModelFault) as caught:
            limited.ask(PROMPT, None, max_tokens=10, message_id=None)

        assert (caught.value.kind, len(model.received)) == (FaultKind.BUDGET, 1)
        assert limited.probe() == "missing"
        assert len(model.received) == 1
    assert [(row.outcome, row.tokens, row.is_estimated) for row in calls()] == [
        ("answered", 15, False),
        ("budget", 0, False),
    ]
    assert calls()[1].detail == caught.value.detail


def test_an_endpoint_that_does_not_count_is_counted_by_characters(session: Session, calls: Calls) -> None:
    uncounted = says([{"message": {"content": "y" * 41}}])
    with start_model_server(uncounted) as model:
        gateway(model.url, Budget()).ask(PROMPT, None, max_tokens=50, message_id=None)

    (row,) = calls()
    assert (row.input_tokens, row.output_tokens, row.is_estimated) == (5, 11, True)
    assert (row.tokens, spending()) == (16, {SpendingScope.ALL: 16})


@pytest.mark.parametrize(("behaviour", "tokens"), [(status(401), 0), (hangs(), 5)])
def test_a_call_without_an_answer_counts_its_question_where_it_was_taken(
    behaviour: Callable[..., None], tokens: int, session: Session
) -> None:
    with start_model_server(behaviour) as model, pytest.raises(ModelFault):
        gateway(model.url, Budget(), seconds=0.3).ask(PROMPT, None, max_tokens=50, message_id=None)

    assert spending() == {SpendingScope.ALL: tokens}


def test_with_a_limit_nothing_is_asked_while_spending_cannot_be_read(session: Session) -> None:
    with transaction() as other:
        other.execute(text("ALTER TABLE model_spending RENAME TO elsewhere"))
    with start_model_server() as model:
        limited = gateway(model.url, Budget(Limits(Limit(tokens=1000))))
        with pytest.raises(ModelFault) as caught:
            limited.ask(PROMPT, None, max_tokens=10, message_id=None)

        assert (caught.value.kind, model.received) == (FaultKind.BUDGET, [])


def test_the_days_limit_is_told_while_it_is_reached(session: Session) -> None:
    budget = Budget(Limits(Limit(tokens=50)))
    before = limit_reached(session, budget, at=NOON)
    kept = DatabaseLedger(budget)
    kept.settle(kept.reserve(call()), ended(100))
    session.rollback()

    assert (before, limit_reached(session, budget, at=MIDNIGHT)) == (None, None)
    assert (limit_reached(session, budget, at=NOON) or "").startswith("Today's limit of 50 tokens")


@pytest.mark.parametrize(
    ("settings", "sender"),
    [
        ({}, Limit()),
        ({"llm_tokens_per_day": 1001}, Limit(tokens=101)),
        ({"llm_tokens_per_day": 1000, "llm_account_tokens_per_day": 300}, Limit(tokens=30)),
        ({"llm_tokens_per_day": 1000, "llm_sender_tokens_per_day": 7}, Limit(tokens=7)),
        ({"llm_cost_per_day": 5, "llm_input_price": 1}, Limit(cost_micros=500_000)),
        ({"llm_sender_cost_per_day": 0.25, "llm_output_price": 1}, Limit(cost_micros=250_000)),
    ],
)
def test_a_sender_has_their_own_limit_or_a_tenth_of_the_others(
    settings: dict[str, float], sender: Limit
) -> None:
    assert budget_of(Settings(**settings)).limits.sender == sender  # type: ignore[arg-type]  # by name


def test_a_limit_of_cost_without_prices_is_refused() -> None:
    with pytest.raises(ValidationError, match="set SAYSO_LLM_INPUT_PRICE and SAYSO_LLM_OUTPUT_PRICE"):
        Settings(llm_cost_per_day=5)
