"""The support score: on what each sentence of a reply stands, and whether something stands on nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.checks.phrases import tokens
from app.checks.support.document import Document, Kind, Statement, read_document
from app.checks.support.sources import Sources, split_sentences
from app.checks.support.weights import fitted_weights
from app.checks.support.words import stem, words_of
from app.embeddings.encoder import Encoder

MOST_CHARACTERS = 20_000  # of the reply, and of all sources together; what follows is not read


@dataclass(frozen=True)
class SentenceSupport:
    """One sentence that states something, and the sentence of a source that is nearest to it."""

    sentence: str
    source_index: int | None  # into the sources given; one past the last: the customer's words; None: nothing
    source_sentence: str | None
    score: float  # 0..1, how likely the sources hold it; 1 where one of them says it word for word
    is_supported: bool


@dataclass(frozen=True)
class Support:
    sentences: tuple[SentenceSupport, ...]  # without those that state nothing
    unsupported_probability: float  # 0..1, that something in the reply stands in no source
    is_supported: bool

    @property
    def unsupported(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.sentences if not one.is_supported)


def support_of(
    text: str,
    sources: Sequence[str],
    *,
    encoder: Encoder | None = None,
    customer_text: str = "",
    approved: Sequence[str] = (),
) -> Support:
    """How well the sources hold what a text states.

    Greetings, thanks, questions without a fact and the `approved` phrases of the voice state nothing. What
    the customer said counts as a source, what they asked does not. Weights were fitted to public sets
    (docs/decisions/support-score.md). With the bundled encoder paraphrases of short answers are judged
    better; another encoder is not asked. Time grows with the length of text and sources. Takes any text.

    Raises `EncoderUnavailable` when an encoder is given and does not answer.
    """
    read = _cut((*sources, *_said(customer_text)))
    document = read_document(text[:MOST_CHARACTERS], read, encoder=encoder, approved=approved)
    if not document.statements:
        return Support((), 0.0, is_supported=True)
    found = tuple(_support(document, statement) for statement in document.statements)
    probability = 0.0
    if any(one.score < 1 for one in found):
        probability = fitted_weights().unsupported(document) if document.sources.sentences else 1.0
    if document.kind is Kind.PROSE:  # a long reply is no worse for its length
        return Support(found, probability, is_supported=all(one.is_supported for one in found))
    return Support(found, probability, is_supported=probability < fitted_weights().threshold(document))


def _support(document: Document, statement: Statement) -> SentenceSupport:
    nearest = _nearest(statement, document.sources)
    if nearest is None:
        return SentenceSupport(statement.text, None, None, 0.0, is_supported=False)
    source = document.sources.sentences[nearest]
    score = 1.0
    if not _says_it(source.text, statement.text):
        score = 1 - fitted_weights().statement_unsupported(document, statement)
    is_supported = score > 1 - fitted_weights().threshold_of_statement(document)
    return SentenceSupport(statement.text, source.source, source.text, score, is_supported)


def _nearest(statement: Statement, sources: Sources) -> int | None:
    """The sentence that shares most of its words; of several the one with least else in it."""
    words = words_of(statement.text)
    about = words.about | {stem(one + other) for one, other in pairwise(words.words)}  # "Wi-Fi" is "WiFi"
    shared = sources.shared(about)
    if not shared:
        return None
    return max(shared, key=lambda one: (shared[one] / len(about | sources.words[one].about) ** 0.5, -one))


def _says_it(source: str, sentence: str) -> bool:
    return tokens(source) == tokens(sentence)


def _said(customer_text: str) -> tuple[str, ...]:
    stated = [one for one in split_sentences(customer_text[:MOST_CHARACTERS]) if not one.endswith("?")]
    return ("\n".join(stated),) if stated else ()


def _cut(sources: Sequence[str]) -> tuple[str, ...]:
    room = MOST_CHARACTERS
    kept = []
    for source in sources:
        kept.append(source[:room])
        room -= len(kept[-1])
    return tuple(kept)
