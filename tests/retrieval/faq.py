"""Small FAQs in memory."""

from collections.abc import Mapping, Sequence

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Entry
from app.retrieval.index import EntryIndex

FAQ = {
    "bikes/boat": ["Can I take my bike on the boat?", "bicycle on the ferry", "is my bike allowed on deck"],
    "bikes/train": ["Can I take my bike on the train?", "bicycle in the carriage", "bike space on trains"],
    "account/password": ["How do I reset my password?", "cannot log in", "forgot my password"],
    "delays/refund": [
        "What do I get back for a delay?",
        "money back late train",
        "compensation for lateness",
    ],
    "onboard/wifi": ["Is there Wi-Fi on board?", "internet on the train", "does the wifi work"],
    "pets/dog": ["May my dog come along?", "travelling with a dog", "do dogs need a ticket"],
    "lost/bag": ["I left my bag on the train.", "lost luggage", "where do I ask for a lost umbrella"],
}

MORE_EXAMPLES = {
    "bikes/boat": [
        "cycling holiday, crossing with my bicycle",
        "cost of a bike on the ferry",
        "bikes on ships",
    ],
    "bikes/train": [
        "where do bicycles go in the train",
        "train ticket for a bike",
        "folding bike in coach two",
    ],
    "account/password": ["my login is locked", "change the password of my account", "password link expired"],
    "delays/refund": [
        "refund for a late arrival",
        "train was 2 hours late, pay me",
        "claim money for a delay",
    ],
    "onboard/wifi": ["wlan password on the train", "can I stream videos on board", "no internet in my coach"],
    "pets/dog": ["puppy on my lap", "are large dogs allowed", "must my dog wear a muzzle"],
    "lost/bag": ["forgot my jacket on the seat", "somebody found my suitcase?", "lost property office"],
}
# Enough examples for a classifier to be learned from them.
TAUGHT = {key: [*phrasings, *MORE_EXAMPLES[key]] for key, phrasings in FAQ.items()}

REFUNDS = [
    "How do I get a refund?",
    "money back please",
    "I want a refund",
    "refund my ticket",
    "can I have my money returned",
    "give me back what I paid",
    "reimburse my fare",
    "request a refund",
]


def entry_of(key: str, phrasings: Sequence[str], *, confirmed: Sequence[str] = (), number: int = 1) -> Entry:
    """The first phrasing is the question, the others are examples."""
    return Entry(key, phrasings[0], tuple(phrasings[1:]), tuple(confirmed), version_id=number, number=1)


def entries_of(faq: Mapping[str, Sequence[str]] = FAQ) -> list[Entry]:
    return [entry_of(key, faq[key], number=number) for number, key in enumerate(faq, start=1)]


def index_of(entries: Sequence[Entry], *, strangers: Sequence[str] = ()) -> EntryIndex:
    encoder = get_encoder()
    return EntryIndex.of(entries, encoder.encode_whole, dimensions=encoder.dimensions, strangers=strangers)


def make_index(faq: Mapping[str, Sequence[str]] = FAQ, *, strangers: Sequence[str] = ()) -> EntryIndex:
    return index_of(entries_of(faq), strangers=strangers)
