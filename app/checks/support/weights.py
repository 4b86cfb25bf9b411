"""The fitted weights: logistic regressions, made by scripts/fit_support.py and read once."""

import math
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from app.checks.support.document import Document, Kind, Row, Statement, alone, document_row

FILE = Path(__file__).with_name("weights.json")
FARTHEST = 50.0  # of a logarithm of odds


class Fitted(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Linear(Fitted):
    """A logistic regression over features as they are."""

    intercept: float
    coefficients: tuple[float, ...]

    def probability(self, row: Row) -> float:
        odds = self.intercept + float(self._array @ row)
        return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, odds))))

    @cached_property
    def _array(self) -> NDArray[np.float64]:
        return np.array(self.coefficients)


class Weights(Fitted):
    sentence: Linear  # that a sentence is unsupported, whatever the kind; from words alone
    documents: dict[Kind, Linear]  # that something in a reply is, from words alone; none for prose
    meaning: Linear  # the same for answers, with the encoder
    thresholds: dict[Kind, float]  # from which on something is said to be unsupported; none for prose
    meaning_threshold: float
    sentence_threshold: float

    def unsupported(self, document: Document) -> float:
        """How likely something in the reply stands in none of its sources, 0..1. It states something."""
        if document.kind is Kind.PROSE:
            supported = (1 - self.sentence.probability(one.row) for one in document.statements)
            return 1 - math.prod(supported)
        linear = self.documents[document.kind] if document.difference is None else self.meaning
        return linear.probability(document_row(document))

    def statement_unsupported(self, document: Document, statement: Statement) -> float:
        """Of one statement. Answers mostly have one, so there it is judged as if it were the whole reply."""
        if document.kind is Kind.ANSWER:
            return self.unsupported(alone(document, statement))
        return self.sentence.probability(statement.row)

    def threshold(self, document: Document) -> float:
        return self.thresholds[document.kind] if document.difference is None else self.meaning_threshold

    def threshold_of_statement(self, document: Document) -> float:
        return self.threshold(document) if document.kind is Kind.ANSWER else self.sentence_threshold


@lru_cache(maxsize=1)
def fitted_weights() -> Weights:
    return Weights.model_validate_json(FILE.read_bytes())
