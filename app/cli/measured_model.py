"""The model for commands that measure: the endpoint that is set, else the bundled one, started for them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.children import Child, Children, free_port
from app.core.errors import ServiceError
from app.core.settings import get_settings
from app.llm.gateway import Gateway, make_gateway
from app.llm.ledger import NoLedger

LOADS_WITHIN_SECONDS = 60.0


class ModelDidNotStart(ServiceError):
    title = "The bundled model did not start"


@contextmanager
def measured_model() -> Iterator[Gateway]:
    """A gateway that records nothing, because no database is needed to measure."""
    settings = get_settings()
    if settings.llm_base_url is not None or settings.bundled_model_url is not None:
        yield make_gateway(settings, ledger=NoLedger())
        return
    port = free_port()
    with TemporaryDirectory(prefix="sayso-model-") as logs:
        model = Child("model", "app.llm.bundled", ["--port", str(port)])
        children = Children([model], logs=Path(logs), environment={})
        children.start()
        try:
            url = f"http://127.0.0.1:{port}/v1"
            gateway = make_gateway(settings.model_copy(update={"bundled_model_url": url}), ledger=NoLedger())
            _wait_until_it_answers(gateway, model, log=Path(logs) / "model.log")
            yield gateway
        finally:
            children.stop()


def _wait_until_it_answers(gateway: Gateway, model: Child, *, log: Path) -> None:
    """It listens a little before its weights are loaded, and fails until then."""
    give_up_at = time.monotonic() + LOADS_WITHIN_SECONDS
    while gateway.probe() != "answered":
        has_ended = model.process is not None and model.process.poll() is not None
        if has_ended or time.monotonic() > give_up_at:
            raise ModelDidNotStart(log.read_text(encoding="utf-8", errors="replace").strip()[-500:])
        time.sleep(0.2)
