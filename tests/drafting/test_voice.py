"""A voice is strict data, and an account changes only what it names."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.checks.mood import Mood
from app.checks.voice_lint.rules import Address, FirstPerson
from app.core.errors import InvalidInput
from app.drafting.voice import FOLDER, Voice, get_voice, read_voice
from app.drafting.voice_files import accounts_of
from app.drafting.voice_rules import marks_limit, voice_rules

HARBOUR = Path(__file__).with_name("voices") / "harbour.yaml"
NEUTRAL = {"id": "neutral", "texts": [""], "exemplars": []}
SORRY = {"id": "sorry", "texts": ["We are sorry."], "exemplars": ["late again"]}
GOOD: dict[str, Any] = {
    "name": "good",
    "brand": "Good Line",
    "principles": ["Be kind."],
    "banned_words": ["kindly", "valued customer*"],
    "allowed_domains": ["good.example"],
    "emoji": [{"most": 0}],
    "exclamation_marks": [{"most": 0}],
    "signature": {"x": {"en": ""}, "email": {"en": "Good Line"}},
    "openings": [NEUTRAL, SORRY],
    "closings": [NEUTRAL],
    "topic_opening": "About {topic}:",
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "good.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changes}, sort_keys=False))
    return path


def overridden(folder: Path, **changes: Any) -> Voice:
    """The good voice as the account x-care overrides it."""
    path = written(folder)
    path.with_suffix("").mkdir()
    (folder / "good" / "x-care.yaml").write_text(yaml.safe_dump(changes, sort_keys=False))
    return read_voice(path, account="x-care")


def test_every_voice_loads_for_every_account() -> None:
    read = [
        (path.stem, get_voice(path.stem, account).name)
        for path in FOLDER.glob("*.yaml")
        for account in ("", *accounts_of(path))
    ]

    assert read == [("skerry", "skerry")] * 3


def test_a_voice_signs_by_network_and_language(tmp_path: Path) -> None:
    voice = read_voice(written(tmp_path, signature={"email": {"en": "Good Line", "de": "Gute Linie"}}))

    asked = [("email", "en"), ("email", "de"), ("email", "fr"), ("x", "en"), ("mastodon", "en")]
    assert [voice.signature_for(*one) for one in asked] == ["Good Line", "Gute Linie", "Good Line", "", ""]


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
    ("changes", "said"),
    [
        ({"tone": "warm"}, r"good\.yaml:\d+: tone: There is no such field"),
        ({"name": "other"}, r"good\.yaml:1: name: The file is called good"),
        ({"principles": []}, r"good\.yaml:3: principles: "),
        ({"topic_opening": "About that:"}, "topic_opening must hold"),
        ({"openings": [SORRY]}, "one of them must be neutral"),
        ({"openings": [NEUTRAL, SORRY, SORRY]}, "needs an id of its own"),
        ({"openings": [NEUTRAL, {**SORRY, "exemplars": []}]}, "sorry: the neutral phrase has no exemplars"),
        ({"openings": [NEUTRAL, {**SORRY, "texts": [""]}]}, "sorry has no text"),
        ({"openings": [NEUTRAL, {**SORRY, "texts": "x"}]}, r"good\.yaml:\d+: openings\.1\.texts: "),
        ({"closings": [{**NEUTRAL, "exemplars": ["late again"]}]}, "neutral"),
        ({"closings": [NEUTRAL, {**SORRY, "texts": ["Kindly wait."]}]}, "uses the banned 'kindly'"),
        ({"signature": {"email": {"en": "Dear valued customers"}}}, r"uses the banned 'valued customer\*'"),
        ({"signature": {"telex": {"en": "stop"}}}, r"good\.yaml:\d+: signature\.telex"),
        ({"emoji": [{"channels": ["x"], "most": 1}]}, "must name no condition"),
        ({"emoji": [{"most": -1}]}, r"good\.yaml:\d+: emoji\.0\.most: "),
        ({"must": ["charm"]}, "must: charm is no rule of the lint"),
        ({"greeting": {"email": {"rule": "required"}}}, r"good\.yaml:\d+: greeting\.email: "),
    ],
)
def test_a_voice_that_is_not_exactly_right_is_refused_with_file_line_and_field(
    changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_voice(written(tmp_path, **changes))


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_voice(written(tmp_path, tone="warm", principles=[]))

    assert len(refusal.value.detail.splitlines()) == 2


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text() + "brand: Other\n")

    with pytest.raises(InvalidInput, match=r"good\.yaml:\d+: brand: 'brand' stands twice"):
        read_voice(path)


@pytest.mark.parametrize("text", ["- a\n- b\n", "name: [", "name: good\n  x: 1\n"])
def test_what_is_no_mapping_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(text)

    with pytest.raises(InvalidInput, match=r"good\.yaml:\d+: "):
        read_voice(path)


def test_a_voice_whose_own_words_break_its_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"“We are sorry!” breaks exclamation_marks\. End the sentence"):
        read_voice(written(tmp_path, openings=[NEUTRAL, {**SORRY, "texts": ["We are sorry!"]}]))


def test_an_account_changes_only_what_it_names() -> None:
    brand, account = read_voice(HARBOUR), read_voice(HARBOUR, account="instagram-roastery")

    assert account.model_dump() == {
        **brand.model_dump(),
        "person": FirstPerson.WE,
        "signature": {"instagram": {"de": "Mia und Ben", "en": "Mia"}},
        "banned_words": ("leverag*", "beans"),
        "openings": account.model_dump()["openings"],
        "emoji": account.model_dump()["emoji"],
    }
    assert [(phrase.id, phrase.texts) for phrase in account.openings] == [
        ("neutral", ("",)),
        ("praise", ("Danke dir, das freut uns.",)),
        ("roast", ("Frisch geröstet.",)),
    ]
    assert account.openings[1].exemplars == brand.openings[1].exemplars
    assert [limit.most for limit in account.emoji] == [0]


def test_an_account_without_a_file_speaks_as_the_brand() -> None:
    assert read_voice(HARBOUR, account="x-care") == read_voice(HARBOUR)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"banned_words": {"remove": ["hun"]}}, r"good/x-care\.yaml:3: banned_words: 'hun' is not in"),
        ({"banned_words": {"add": ["kindly"]}}, r"good/x-care\.yaml:3: banned_words: 'kindly' is already"),
        ({"openings": {"change": [{"id": "joy"}]}}, r"x-care\.yaml:3: openings: There is no item .* 'joy'"),
        ({"openings": {"add": "x"}}, r"x-care\.yaml:2: openings\.add: It must be a list"),
        ({"openings": {"add": [SORRY]}}, r"x-care\.yaml:3: openings: 'sorry' is already"),
        ({"tone": "dry"}, r"good/x-care\.yaml:1: tone: There is no such field"),
        ({"person": "they"}, r"good/x-care\.yaml:1: person: "),
    ],
)
def test_a_wrong_override_is_refused_with_the_accounts_file_and_line(
    changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=said):
        overridden(tmp_path, **changes)


@pytest.mark.parametrize(
    ("network", "mood", "topic", "most"),
    [
        ("instagram", Mood.HAPPY, None, 2),
        ("instagram", Mood.UPSET, None, 0),
        ("x", Mood.HAPPY, None, 1),
        ("x", Mood.NEUTRAL, "opening-hours", 0),
        ("x", Mood.NEUTRAL, "cakes", 1),
    ],
)
def test_how_many_emoji_may_stand_depends_on_channel_mood_and_topic(
    network: str, mood: Mood, topic: str | None, most: int
) -> None:
    assert marks_limit(read_voice(HARBOUR).emoji, network, mood=mood, topic=topic).most == most


def test_two_brands_have_two_sets_of_rules() -> None:
    ours = voice_rules(get_voice("skerry", "x-care"), "x", language="de")
    theirs = voice_rules(read_voice(HARBOUR), "x", language="de")

    assert [(one.address, one.person, one.exclamation_most) for one in (ours, theirs)] == [
        (Address.SIE, FirstPerson.WE, 0),
        (Address.DU, FirstPerson.I, 1),
    ]


def test_the_demos_accounts_differ_from_their_brand() -> None:
    brand, mail, x = get_voice("skerry"), get_voice("skerry", "email-care"), get_voice("skerry", "x-care")

    assert [one.greeting_for("email", "de") for one in (brand, mail, x)] == ["", "Guten Tag,", ""]
    assert [one.reading.longest_sentence["en"] for one in (brand, mail, x)] == [32, 32, 30]
    assert [one.contractions for one in (brand, mail, x)] == ["free", "avoid", "free"]


def test_every_first_reply_is_on_a_topic_of_the_faq() -> None:
    topics = {path.name for path in (FOLDER.parents[1] / "kb" / "faq").iterdir()}

    replies = get_voice("skerry").acknowledgements
    assert {one.topic for one in replies} - topics == {"any"}
    assert len(replies) == len({one.topic for one in replies})
