"""No text is encoded twice, whatever happens to the file."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from structlog.testing import capture_logs

from app.embeddings.encoder import EncoderUnavailable
from app.retrieval.vectors import ENCODED_AT_ONCE, VectorCache
from tests.retrieval.counting_encoder import CountingEncoder

TEXTS = [
    "where is my train?",
    "Wo ist mein Zug?",
    "電車はどこですか",
    "",
    "half a \ud83d pair",
    "nul \0 inside",
]
SHARING = """
import sys
from pathlib import Path
from app.retrieval.vectors import VectorCache
from tests.retrieval.counting_encoder import CountingEncoder

for turn in range(40):
    texts = [f"text {number}" for number in range(turn, turn + 60)]
    encoder = CountingEncoder()
    found = VectorCache(Path(sys.argv[1]), encoder).vectors(texts)
    assert (found == CountingEncoder().encode(texts)).all()
"""


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counting.sqlite3"


class BreakingEncoder(CountingEncoder):
    """Answers once and then no more."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.asked:
            raise EncoderUnavailable("It has gone.")
        return super().encode(texts)


def cache(folder: Path, encoder: CountingEncoder) -> VectorCache:
    return VectorCache(folder, encoder)


def test_vectors_come_in_order_and_each_text_is_encoded_once(
    tmp_path: Path, encoder: CountingEncoder
) -> None:
    found = cache(tmp_path, encoder).vectors([*TEXTS, *reversed(TEXTS)])

    assert np.array_equal(found, CountingEncoder().encode([*TEXTS, *reversed(TEXTS)]))
    assert encoder.asked == TEXTS


def test_no_texts_have_no_vectors(tmp_path: Path, encoder: CountingEncoder) -> None:
    assert cache(tmp_path, encoder).vectors([]).shape == (0, encoder.dimensions)


def test_only_an_edited_text_is_encoded_again(tmp_path: Path, encoder: CountingEncoder) -> None:
    cache(tmp_path, encoder).vectors(TEXTS)
    encoder.asked.clear()
    edited = [*TEXTS[:2], "where is my bus?", *TEXTS[2:]]

    found = cache(tmp_path, encoder).vectors(edited)

    assert encoder.asked == ["where is my bus?"]
    assert np.array_equal(found, CountingEncoder().encode(edited))


def test_each_encoder_has_vectors_of_its_own(tmp_path: Path, encoder: CountingEncoder) -> None:
    cache(tmp_path, encoder).vectors(TEXTS)
    other = CountingEncoder(model_id="other", dimensions=4)

    assert cache(tmp_path, other).vectors(TEXTS).shape == (len(TEXTS), 4)
    assert sorted(path.name for path in tmp_path.glob("*.sqlite3")) == ["counting.sqlite3", "other.sqlite3"]


@pytest.mark.parametrize("kept_bytes", [0, 100, 8_192, 12_000])
def test_a_file_that_was_cut_off_is_made_anew_with_a_word_in_the_log(
    tmp_path: Path, encoder: CountingEncoder, file: Path, kept_bytes: int
) -> None:
    texts = [f"text {number}" for number in range(500)]
    cache(tmp_path, encoder).vectors(texts)
    encoder.asked.clear()
    file.write_bytes(file.read_bytes()[:kept_bytes])

    with capture_logs() as logs:
        found = cache(tmp_path, encoder).vectors(texts)
        again = cache(tmp_path, encoder).vectors(texts)

    assert np.array_equal(found, again)
    assert np.array_equal(found, CountingEncoder().encode(texts))
    assert encoder.asked == texts
    assert [(log["event"], log["file"]) for log in logs] == (
        [("vectors_made_anew", str(file))] if kept_bytes else []  # an empty file is a new one
    )


def test_a_file_of_something_else_is_made_anew(tmp_path: Path, encoder: CountingEncoder, file: Path) -> None:
    file.write_bytes(b"no database at all " * 1_000)

    assert len(cache(tmp_path, encoder).vectors(TEXTS)) == len(TEXTS)
    cache(tmp_path, encoder).vectors(TEXTS)
    assert encoder.asked == TEXTS


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"\0" * 32, b"\xff" * 32, np.full(8, 0.5, dtype=np.float32).tobytes(), b"\0" * 16],
    ids=range(5),
)
def test_a_spoiled_vector_is_encoded_again(
    tmp_path: Path, encoder: CountingEncoder, file: Path, spoiled: bytes
) -> None:
    cache(tmp_path, encoder).vectors(TEXTS)
    encoder.asked.clear()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = ? WHERE rowid = 2", [spoiled])

    found = cache(tmp_path, encoder).vectors(TEXTS)

    assert encoder.asked == [TEXTS[1]]
    assert np.array_equal(found, CountingEncoder().encode(TEXTS))
    assert np.array_equal(cache(tmp_path, encoder).vectors(TEXTS), found)
    assert encoder.asked == [TEXTS[1]]


def test_what_was_encoded_before_an_import_broke_off_is_kept(
    tmp_path: Path, encoder: CountingEncoder
) -> None:
    texts = [f"text {number}" for number in range(ENCODED_AT_ONCE + 1)]
    breaking = BreakingEncoder()
    with pytest.raises(EncoderUnavailable):
        cache(tmp_path, breaking).vectors(texts)

    cache(tmp_path, encoder).vectors(texts)

    assert encoder.asked == texts[ENCODED_AT_ONCE:]


def test_several_processes_share_one_file(tmp_path: Path, encoder: CountingEncoder) -> None:
    command = [sys.executable, "-c", SHARING, str(tmp_path)]
    processes = [subprocess.Popen(command) for _ in range(3)]

    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    cache(tmp_path, encoder).vectors([f"text {number}" for number in range(99)])
    assert encoder.asked == []


def test_a_place_that_cannot_be_written_is_an_error(
    tmp_path: Path, encoder: CountingEncoder, file: Path
) -> None:
    file.mkdir()

    with pytest.raises(sqlite3.OperationalError):
        cache(tmp_path, encoder).vectors(TEXTS)
