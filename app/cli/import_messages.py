"""`sayso import messages FILE.jsonl`: the same bodies as POST /api/messages, one a line."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.progress import track

from app.api.bodies import NewMessage
from app.conversations.intake import receive
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.errors import ServiceError


@dataclass(frozen=True)
class RefusedLine:
    number: int
    reason: str


def import_messages(console: Console, file: Path) -> int:
    """Import every usable line; report the others. Returns the exit status: 1 if a line was refused."""
    lines = file.read_bytes().splitlines()
    new = known = 0
    refused: list[RefusedLine] = []
    for number, line in enumerate(track(lines, description="Importing", console=console), start=1):
        if not line.strip():
            continue
        try:
            is_new = _import_line(line)
        except ServiceError as error:
            refused.append(RefusedLine(number, error.detail))
        except ValidationError as error:
            refused.append(RefusedLine(number, _in_words(error)))
        else:
            new, known = new + is_new, known + (not is_new)
    console.print(f"{new} imported, {known} already known, {len(refused)} refused.")
    for line_report in refused:
        console.print(f"  line {line_report.number}: {line_report.reason}", markup=False, highlight=False)
    return 1 if refused else 0


def _import_line(line: bytes) -> bool:
    message, at = NewMessage.model_validate_json(line), utc_now()
    with transaction() as session:
        return receive(session, message.incoming(at=at), at=at).is_new


def _in_words(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in error.errors())
