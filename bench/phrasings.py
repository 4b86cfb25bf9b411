"""Questions as a large FAQ would hold them: made up, all different, the same in every run."""

import random
from collections.abc import Sequence
from itertools import product

from app.retrieval.corpus import Entry

SEED = 20261124
OPENINGS = (
    "How do I, How can I, Where do I, When can I, Am I allowed to, Is it possible to, What does it cost to, "
    "What happens if I, Do I need an account to, Who helps me to, Can somebody else, Why can't I"
)
DEEDS = (
    "change, cancel, pay for, book, renew, return, find, print, transfer, insure, share, upgrade, collect, "
    "replace, report, confirm, extend, check, claim money back for, complain about, get a receipt for, "
    "move to another day, give away, ask for"
)
THINGS = (
    "my ticket, a season pass, the group booking, a cabin on the night ferry, my bicycle, the parking space, "
    "a lost suitcase, my loyalty card, an invoice, a gift voucher, the seat reservation, my delivery, "
    "a damaged parcel, the monthly plan, a hotel room, my phone contract, the spare battery, my password, "
    "a wheelchair place, the travel insurance, a dog ticket, the airport transfer, a refund, my address, "
    "the bank card, an exchange rate, a direct debit, the loan, my savings account, a statement, the router, "
    "a washing machine, my subscription, the warranty, a meal on board, the sleeping coach, the school pass, "
    "a car on the boat, my order, a second driver"
)
CIRCUMSTANCES = (
    "today, online, by phone, in the app, at the counter, from abroad, after midnight, on Sundays, in cash, "
    "during a strike, without a printer, with a credit card, as a student, as a pensioner, for my children, "
    "for somebody else, before I travel, after I paid, when the train is late, when the ferry is cancelled, "
    "if I am ill, for the third time, at the last minute, next year, without my passport, on the way back, "
    "in another currency, during the holidays, with the old card, at the border"
)
SLOTS = (OPENINGS, DEEDS, THINGS, CIRCUMSTANCES)


def phrasings(how_many: int) -> list[str]:
    """Different questions, at most 345,600. The first of many are those of few."""
    made = [f"{' '.join(parts)}?" for parts in product(*(words.split(", ") for words in SLOTS))]
    random.Random(SEED).shuffle(made)  # noqa: S311 -- the same in every run is what is wanted
    if how_many > len(made):
        raise ValueError(f"There are {len(made)} questions, not {how_many}.")
    return made[:how_many]


def as_entries(questions: Sequence[str]) -> list[Entry]:
    """One phrasing each."""
    return [Entry(f"made/{number:06}", question) for number, question in enumerate(questions)]
