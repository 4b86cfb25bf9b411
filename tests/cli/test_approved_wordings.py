"""`sayso kb check` also reads the wordings as the voices that will say them."""

import shutil
from pathlib import Path

import pytest

from app.cli.approved_wordings import check_wordings
from app.core.settings import CHECKOUT
from app.knowledge.kb_files import check_kb
from app.knowledge.problems import KbProblems


def test_the_demos_wordings_keep_to_its_voices() -> None:
    folder = CHECKOUT / "kb"

    check_wordings(check_kb(folder), folder)


def test_a_wording_that_breaks_a_voice_is_told_with_file_line_and_account(tmp_path: Path) -> None:
    topic = tmp_path / "faq" / "onboard"
    shutil.copytree(CHECKOUT / "kb" / "faq" / "onboard", topic)
    entry = topic / "wifi.md"
    entry.write_text(entry.read_text().replace("## Private long\n\n", "## Private long\n\nIt's free here. "))

    with pytest.raises(KbProblems) as refusal:
        check_wordings(check_kb(tmp_path), tmp_path)

    line = 1 + next(n for n, text in enumerate(entry.read_text().splitlines()) if "It's" in text)
    assert [str(problem) for problem in refusal.value.problems] == [
        f"{entry}:{line}: On email-care: contractions. Write “It's” out in full: nothing is shortened here."
    ]
