"""`sayso kb check`: whether the approved wordings keep to the voices that will say them."""

from collections.abc import Iterator
from pathlib import Path

from app.checks.voice_lint.reading import Violation
from app.drafting.voice import FOLDER, Voice, get_voice
from app.drafting.voice_check import violations_in_part
from app.drafting.voice_files import accounts_of
from app.knowledge.entry_file import EntryFile
from app.knowledge.kb_files import KbFolder
from app.knowledge.problems import KbProblems, Problem


def check_wordings(kb: KbFolder, folder: Path) -> None:
    """Raises `KbProblems` with every place where a wording breaks a voice."""
    problems = {
        Problem(
            str(file),
            _line(file, violation),
            f"On {account}: {violation.rule}. {violation.advice}",
        )
        for account, voice in _voices()
        for entry in kb.entries
        for file in [folder / "faq" / f"{entry.id}.md"]
        for violation in _violations(entry, voice, account.partition("-")[0])
    }
    if problems:
        raise KbProblems(sorted(problems))


def _voices() -> Iterator[tuple[str, Voice]]:
    for file in sorted(FOLDER.glob("*.yaml")):
        yield "every channel", get_voice(file.stem)
        for account in accounts_of(file):
            yield account, get_voice(file.stem, account)


def _violations(entry: EntryFile, voice: Voice, network: str) -> Iterator[Violation]:
    """The private wording is for private channels, such as e-mail; the public one for all others."""
    variant = entry.private_long if network == "email" else entry.public_short
    for text in (entry.answer, variant):
        if text is not None:
            yield from violations_in_part(voice, network, text, language=entry.language[:2])


def _line(file: Path, violation: Violation) -> int:
    """Where the words stand in the file; 1 where they run over several lines."""
    begins = violation.words.split("\n")[0][:40]
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if begins and begins in line), 1)
