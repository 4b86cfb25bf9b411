"""An embeddings endpoint over real HTTP, and every way in which real ones misbehave."""

import time
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.settings import Settings
from app.embeddings.encoder import EncoderUnavailable, make_encoder
from app.embeddings.endpoint import BATCH, EndpointEncoder
from tests.embeddings.embeddings_server import DIMENSIONS, direction, embeds, refuses_blank, rows
from tests.model_server import (
    Behaviour,
    ModelServer,
    drips,
    floods,
    gives,
    hangs,
    redirects,
    resets,
    start_model_server,
    status,
)

TEXTS = [f"text {number}" for number in range(2 * BATCH + 3)]
KEY = "sk-very-secret"


def encoder_at(server: ModelServer, *, seconds: float = 5.0, model: str = "small-v1") -> EndpointEncoder:
    return EndpointEncoder(server.url, model=model, api_key=KEY, timeout_seconds=seconds)


def unit(texts: Sequence[str]) -> NDArray[np.float64]:
    vectors = np.array([direction(text) for text in texts])
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


@pytest.mark.parametrize("shuffled", [False, True])
def test_vectors_come_in_batches_in_order_and_of_length_one(shuffled: bool) -> None:
    with start_model_server(embeds(shuffled=shuffled)) as server:
        found = encoder_at(server).encode(TEXTS)

    assert found.dtype == np.float32
    assert np.allclose(found, unit(TEXTS), atol=1e-6)
    assert [len(call.body["input"]) for call in server.received] == [BATCH, BATCH, 3]
    assert server.received[0].path == "/v1/embeddings"
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"
    assert server.received[0].body["model"] == "small-v1"


def test_private_data_stays_here_and_words_stand_for_it() -> None:
    with start_model_server(embeds()) as server:
        encoder_at(server).encode(["I am anna@mail.example, order 20261112", "Is my bike allowed?"])

        assert server.received[0].body["input"] == ["I am email address, order code", "Is my bike allowed?"]


def test_the_settings_choose_it() -> None:
    with start_model_server(embeds()) as server:
        settings = Settings(encoder=f"{server.url}/embeddings", encoder_model="m", encoder_api_key=None)
        encoder = make_encoder(settings)

        assert np.allclose(encoder.encode(["one"]), unit(["one"]), atol=1e-6)
        assert server.received[0].path == "/v1/embeddings"
        assert "authorization" not in server.received[0].headers


def test_an_endpoint_without_a_model_says_which_setting_is_missing() -> None:
    with pytest.raises(EncoderUnavailable, match=r"http://127\.0\.0\.1:9/v1/embeddings.*SAYSO_ENCODER_MODEL"):
        make_encoder(Settings(encoder="http://127.0.0.1:9/v1", encoder_model=None))


def test_blank_and_broken_texts_are_encoded_too() -> None:
    with start_model_server(refuses_blank()) as server:
        found = encoder_at(server).encode(["", " \n", "\0", "half a \ud83d pair", "x" * 100_000])

        assert np.linalg.norm(found, axis=1) == pytest.approx(1.0)
        assert max(len(text) for text in server.received[0].body["input"]) == 8_000


def test_no_texts_have_no_vectors_but_dimensions() -> None:
    with start_model_server(embeds()) as server:
        encoder = encoder_at(server)

        assert encoder.dimensions == DIMENSIONS
        assert encoder.encode([]).shape == (0, DIMENSIONS)
        assert len(server.received) == 1


def test_an_endpoint_shows_no_inner_layers() -> None:
    with start_model_server(embeds()) as server:
        encoder = encoder_at(server)

        assert encoder.inner_dimensions == 0
        assert np.allclose(encoder.encode_whole(["one", "two"]), unit(["one", "two"]), atol=1e-6)


def test_nothing_is_asked_before_the_first_use() -> None:
    with start_model_server(embeds()) as server:
        encoder_at(server)

        assert server.received == []


def test_the_model_id_tells_addresses_and_models_apart() -> None:
    with start_model_server(embeds()) as one, start_model_server(embeds()) as other:
        ids = [
            encoder_at(one).model_id,
            encoder_at(one, model="small/v2").model_id,
            encoder_at(other).model_id,
        ]
        assert len(set(ids)) == 3
        assert encoder_at(one).model_id == ids[0]
        assert ids[1].startswith("small-v2-")


@pytest.mark.parametrize(
    "trouble",
    [[status(429, retry_after="0")], [status(503)], [resets()], [status(500), status(429), status(502)]],
    ids=["429", "503", "reset", "three in a row"],
)
def test_passing_trouble_is_waited_out(trouble: list[Behaviour]) -> None:
    with start_model_server(*trouble, embeds()) as server:
        assert np.allclose(encoder_at(server).encode(["one"]), unit(["one"]), atol=1e-6)
        assert len(server.received) == len(trouble) + 1


def test_the_wait_that_is_asked_for_is_kept() -> None:
    with start_model_server(status(429, retry_after="1"), embeds()) as server:
        began = time.monotonic()
        encoder_at(server).encode(["one"])

        assert time.monotonic() - began >= 1


@pytest.mark.parametrize(
    ("trouble", "tries", "says"),
    [
        (status(429, retry_after="0"), 4, r"after 4 tries.*fewer calls \(429\).*raise the limit"),
        (status(429, retry_after="25"), 1, r"fewer calls \(429\)"),
        (status(500), 4, r"failed \(500\).*that server's log"),
        (status(401), 1, r"key \(401\).*SAYSO_ENCODER_API_KEY"),
        (status(404), 1, r"\(404\).*/v1.*SAYSO_ENCODER_MODEL"),
        (gives(b"<html>welcome</html>"), 1, r"list of embeddings.*SAYSO_ENCODER_MODEL"),
        (gives(b"{}", content_encoding="gzip"), 1, r"cannot be read"),
        (floods(40_000_000), 1, r"more than 32,000,000 bytes"),
        (rows([1.0, 0.0]), 1, r"2 texts and gave 1 embedding"),
        (rows([1.0, 0.0], [0.0, 1.0], indexes=[1, 1]), 1, r"some twice"),
        (rows([1.0, 0.0], [1.0]), 1, r"equally long"),
        (rows([], []), 1, r"equally long"),
        (rows([1.0, 0.0], [0.0, 0.0]), 1, r"zero or not a number"),
        (rows([1.0, 0.0], [None, 0.0]), 1, r"list of embeddings"),
        (redirects("http://127.0.0.1:9"), 1, r"does not accept the call \(307\)"),
    ],
)
def test_lasting_trouble_names_the_endpoint_and_the_next_step(
    trouble: Behaviour, tries: int, says: str
) -> None:
    with start_model_server(trouble) as server:
        with pytest.raises(EncoderUnavailable, match=says) as caught:
            encoder_at(server, seconds=20).encode(["one", "two"])

        assert f"{server.url}/embeddings" in caught.value.detail
        assert KEY not in caught.value.detail
        assert len(server.received) == tries


@pytest.mark.parametrize("trouble", [hangs(), drips()], ids=["hangs", "drips"])
@pytest.mark.timeout(20)
def test_a_slow_endpoint_is_given_up_in_time(trouble: Behaviour) -> None:
    with start_model_server(trouble) as server:
        began = time.monotonic()
        with pytest.raises(EncoderUnavailable, match=r"within 0\.5 seconds.*SAYSO_ENCODER_TIMEOUT_SECONDS"):
            encoder_at(server, seconds=0.5).encode(["one"])

        assert time.monotonic() - began < 5


def test_an_endpoint_that_is_not_there_says_where_it_was_sought() -> None:
    with start_model_server() as server:
        gone = encoder_at(server)
    with pytest.raises(EncoderUnavailable, match=r"does not take connections.*SAYSO_ENCODER"):
        gone.encode(["one"])


def test_another_size_in_a_later_answer_is_refused() -> None:
    with (
        start_model_server(embeds(), embeds(DIMENSIONS + 1)) as server,
        pytest.raises(EncoderUnavailable, match=r"7 numbers a text, with 6 before"),
    ):
        encoder_at(server).encode(TEXTS)


def test_a_password_in_the_address_is_not_repeated() -> None:
    with pytest.raises(EncoderUnavailable) as caught:
        EndpointEncoder("http://me:hush@127.0.0.1:9/v1", model=None, api_key=None, timeout_seconds=1)

    assert "hush" not in caught.value.detail
