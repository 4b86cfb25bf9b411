"""A small FAQ in memory."""

from app.embeddings.encoder import get_encoder
from app.knowledge.queries import PublishedVersion
from app.retrieval.index import EntryIndex, phrasings_of

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


def make_version(entry_id: str, number: int, phrasings: list[str]) -> PublishedVersion:
    return PublishedVersion(
        version_id=number,
        entry_id=entry_id,
        number=1,
        topic=entry_id.partition("/")[0],
        question=phrasings[0],
        examples=tuple(phrasings[1:]),
        answer="An answer.",
        public_short=None,
        private_long=None,
        language="en",
    )


def make_index(faq: dict[str, list[str]] = FAQ) -> EntryIndex:
    versions = [make_version(entry_id, number, faq[entry_id]) for number, entry_id in enumerate(faq, start=1)]
    return EntryIndex(versions, [get_encoder().encode(phrasings_of(version)) for version in versions])
