"""Which encoder is configured, and which one last had a whole index of vectors here.

The two differ after the setting was changed. Until the new one has its vectors, the old one serves.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from app.core.settings import Settings, get_settings
from app.embeddings.encoder import Encoder, get_encoder, make_encoder

FILE = "served_by.json"
log = structlog.get_logger()


class EncoderChoice(BaseModel):
    """The settings that name an encoder. Its key is not among them: no second place holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoder: str | None
    encoder_model: str | None


def configured(settings: Settings) -> EncoderChoice:
    return EncoderChoice(encoder=settings.encoder, encoder_model=settings.encoder_model)


def load_encoder(choice: EncoderChoice) -> Encoder:
    """Raises `EncoderUnavailable` when it cannot be loaded.

    The key that is configured goes to the endpoint that is configured, and to no other.
    """
    settings = get_settings()
    if choice == configured(settings):
        return get_encoder()
    key = settings.encoder_api_key if choice.encoder == settings.encoder else None
    return make_encoder(settings.model_copy(update={**choice.model_dump(), "encoder_api_key": key}))


def last_served_by(folder: Path) -> EncoderChoice | None:
    """None where no index was finished yet, or nobody can say by which encoder."""
    try:
        return EncoderChoice.model_validate_json((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        log.warning("encoder.last_one_unknown", file=str(folder / FILE), why=type(error).__name__)
        return None


def remember(folder: Path, choice: EncoderChoice) -> None:
    """Say that this encoder has made all vectors. Readable by its owner only: an address may hold a key."""
    if last_served_by(folder) == choice:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, prefix=FILE, delete=False) as file:
        file.write(choice.model_dump_json())
    os.replace(file.name, folder / FILE)  # whole or not at all
