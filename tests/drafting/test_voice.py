"""A voice is strict data."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.core.errors import InvalidInput
from app.drafting.voice import FOLDER, get_voice, read_voice

NEUTRAL = {"id": "neutral", "text": "", "exemplars": []}
SORRY = {"id": "sorry", "text": "We are sorry.", "exemplars": ["late again"]}
GOOD: dict[str, Any] = {
    "name": "good",
    "brand": "Good Line",
    "principles": ["Be kind."],
    "banned_words": ["kindly", "valued customer*"],
    "allowed_domains": ["good.example"],
    "emoji": "never",
    "signature": {"x": "", "email": "Good Line"},
    "openings": [NEUTRAL, SORRY],
    "closings": [NEUTRAL],
    "topic_opening": "About {topic}:",
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "good.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changes}))
    return path


def test_every_voice_loads() -> None:
    names = [path.stem for path in FOLDER.glob("*.yaml")]

    assert names
    assert [get_voice(name).name for name in names] == names


def test_a_voice_signs_by_network(tmp_path: Path) -> None:
    voice = read_voice(written(tmp_path))

    assert [voice.signature_for(network) for network in ("email", "x", "mastodon")] == ["Good Line", "", ""]


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("Kindly wait, valued customers.", ["kindly", "valued customer*"]),
        ("A kindlyness of our own", []),
        ("unkindly", []),
    ],
)
def test_banned_words_are_whole_words_unless_starred(text: str, banned: list[str], tmp_path: Path) -> None:
    assert read_voice(written(tmp_path)).banned_in(text) == banned


@pytest.mark.parametrize(
    "changes",
    [
        {"tone": "warm"},
        {"name": "other"},
        {"principles": []},
        {"topic_opening": "About that:"},
        {"openings": [SORRY]},
        {"openings": [NEUTRAL, SORRY, SORRY]},
        {"openings": [NEUTRAL, {**SORRY, "exemplars": []}]},
        {"openings": [NEUTRAL, {**SORRY, "text": ""}]},
        {"closings": [{**NEUTRAL, "exemplars": ["late again"]}]},
        {"closings": [NEUTRAL, {**SORRY, "text": "Kindly wait."}]},
        {"signature": {"email": "Dear valued customers"}},
    ],
)
def test_a_voice_that_is_not_exactly_right_is_refused(changes: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"good\.yaml"):
        read_voice(written(tmp_path, **changes))
