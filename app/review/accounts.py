"""The voice an account speaks with: its brand's, with what the account overrides."""

from app.conversations.models import Account
from app.drafting.voice import Voice, get_voice


def voice_of(account: Account) -> Voice:
    return get_voice(account.region.department.brand.voice, f"{account.network}-{account.name}")
