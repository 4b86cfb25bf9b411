"""A brand's voice by name, with what an account overrides: read strictly, and refused when it breaks itself.

The brand's file is prompts/voices/<brand>.yaml, an account's <brand>/<network>-<account>.yaml; first
replies that were approved beforehand are in prompts/acknowledgements/<brand>.yaml.
"""

from functools import lru_cache
from pathlib import Path

from app.core.errors import InvalidInput
from app.core.settings import CHECKOUT
from app.drafting.voice_check import own_violations
from app.drafting.voice_files import read_layers
from app.drafting.voice_model import Voice
from app.drafting.voice_parts import Phrase

__all__ = ["FOLDER", "Phrase", "Voice", "get_voice", "read_voice"]

FOLDER = CHECKOUT / "prompts" / "voices"


def read_voice(path: Path, *, account: str = "") -> Voice:
    """The voice of that file, with what the account's own file overrides where there is one.

    `account` is such as email-care. Raises `InvalidInput` naming file, line and field, and where the voice's
    own words break its own rules.
    """
    voice = read_layers(path, account, Voice)
    network = account.partition("-")[0]
    if broken := own_violations(voice, network):
        where = f"{path.stem}/{account}.yaml" if account else path.name
        raise InvalidInput("\n".join(f"{where}: {sentence}" for sentence in broken))
    return voice


@lru_cache(maxsize=64)
def get_voice(name: str, account: str = "") -> Voice:
    """A voice by name, read once per process."""
    return read_voice(FOLDER / f"{name}.yaml", account=account)
