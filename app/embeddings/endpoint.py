"""Any OpenAI-compatible embeddings endpoint: batches, and patience within limits."""

import hashlib
import re
from collections.abc import Sequence
from ipaddress import ip_address
from time import monotonic, sleep
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from app.embeddings.answers import read_vectors
from app.embeddings.calls import CallFailed, post
from app.embeddings.texts import EncoderUnavailable, readable
from app.privacy.veil import neutral

BATCH = 32  # texts a call; text-embeddings-inference refuses more unless told otherwise
CONNECT_SECONDS = 5.0
MOST_TRIES = 4
FIRST_PAUSE_SECONDS = 0.25  # doubled each time, when the endpoint does not say how long
LONGEST_PAUSE_SECONDS = 20.0  # somebody waits; a longer wait is not shortened, the call is given up
TEXTS = "veiled"  # what kind of texts the vectors are of: others before would not compare with them
NOTHING = "."  # what stands for a text without a letter: most servers refuse an empty one


class EndpointEncoder:
    """Safe to use from several threads at once. Connects on first use, so that pages start without it.

    A server that swaps the model behind the same name goes unnoticed unless the vectors' size changes.
    """

    def __init__(self, url: str, *, model: str | None, api_key: str | None, timeout_seconds: float) -> None:
        """Raises `EncoderUnavailable` when no model is named."""
        base = url.rstrip("/")
        self._url = base if base.endswith("/embeddings") else f"{base}/embeddings"
        if not model:
            raise self._unavailable("No model is named. Set SAYSO_ENCODER_MODEL.")
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._dimensions: int | None = None
        self._client = httpx.Client(
            headers={"authorization": f"Bearer {api_key}"} if api_key else {},
            trust_env=not _is_loopback(url),  # proxies of the environment, but never for this machine itself
            follow_redirects=False,  # a redirect would carry the key and the customer's words elsewhere
            timeout=httpx.Timeout(timeout_seconds, connect=min(CONNECT_SECONDS, timeout_seconds)),
        )
        stem = re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-")[:40]
        self.model_id = f"{stem}-{hashlib.sha256(f'{self._url} {model} {TEXTS}'.encode()).hexdigest()[:12]}"

    @property
    def dimensions(self) -> int:
        """As many as the endpoint answers with. The first reading asks it, unless it was asked before."""
        return self._dimensions or self._batch([NOTHING]).shape[1]

    @property
    def inner_dimensions(self) -> int:
        return 0  # an endpoint shows none

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode(texts)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions). Takes any text, however long or broken.

        Raises `EncoderUnavailable` with what the endpoint did and what to do about it.
        """
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        sent = [neutral(readable(text)).strip() or NOTHING for text in texts]  # nobody's data leaves
        starts = range(0, len(sent), BATCH)
        return np.concatenate([self._batch(sent[start : start + BATCH]) for start in starts])

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        body = self._answer(texts)
        try:
            vectors = read_vectors(body, expected=len(texts))
        except ValueError as error:
            step = "Check that SAYSO_ENCODER_MODEL is an embeddings model."
            raise self._unavailable(f"{error} {step}") from error
        size = vectors.shape[1]
        if self._dimensions not in {None, size}:
            raise self._unavailable(
                f"It answers with {size} numbers a text, with {self._dimensions} before: the model "
                "behind it has changed. Set SAYSO_ENCODER_MODEL to the new one's name and start again."
            )
        self._dimensions = size
        return vectors

    def _answer(self, texts: list[str]) -> bytes:
        """A good answer, after as many tries as are sensible, within twice the time of one."""
        give_up_at = monotonic() + 2 * self._timeout_seconds
        payload = {"model": self._model, "input": texts, "encoding_format": "float"}
        tries = 0
        while True:
            tries += 1
            try:
                return post(self._client, self._url, payload, seconds=self._timeout_seconds)
            except CallFailed as failed:
                pause = _pause(failed, tries=tries)
                if pause is None or monotonic() + pause > give_up_at:
                    times = "" if tries == 1 else f" after {tries} tries"
                    raise self._unavailable(f"{failed}", times=times) from failed
            sleep(pause)

    def _unavailable(self, sentences: str, *, times: str = "") -> EncoderUnavailable:
        return EncoderUnavailable(f"The encoder at {_shown(self._url)} gave nothing{times}. {sentences}")


def _pause(failed: CallFailed, *, tries: int) -> float | None:
    """Seconds to wait before the next try after `tries` of them, or None when there is to be none."""
    if not failed.may_pass or tries == MOST_TRIES:
        return None
    pause = FIRST_PAUSE_SECONDS * 2 ** (tries - 1) if failed.asked_seconds is None else failed.asked_seconds
    return pause if pause <= LONGEST_PAUSE_SECONDS else None


def _shown(url: str) -> str:
    """The address without the name and password, and without the query, that some put a key into."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
