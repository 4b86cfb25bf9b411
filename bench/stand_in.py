"""An instant, well-behaved language model in a process of its own: `python -m bench.stand_in PORT_FILE`.

It answers at once, out of the first approved answer it is shown, as long as the channel allows.
"""

import json
import re
import sys
import threading
from pathlib import Path
from typing import Any

from tests.model_server import answers, start_model_server

FIRST_PASSAGE = re.compile(
    r"^\[(?P<entry>[^\]]+)\]\n> (?P<question>.*)\n(?P<answer>(?:> .*\n)+)", re.MULTILINE
)
ROOM = re.compile(r"at most (\d+) characters")
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
OTHERWISE = "Thank you for writing to us."


def main(port_file: Path) -> None:
    with start_model_server(answers(reply)) as model:
        unfinished = port_file.with_suffix(".new")
        unfinished.write_text(model.url)
        unfinished.rename(port_file)
        while True:
            threading.Event().wait(1.0)
            model.received.clear()  # tests read it; here it would only grow


def reply(body: dict[str, Any]) -> str:
    """JSON as the prompt `reply` wants it: sentences word for word from the first passage."""
    shown = "\n".join(message["content"] for message in body["messages"])
    found, room = FIRST_PASSAGE.search(shown), ROOM.search(shown)
    if found is None:
        return OTHERWISE
    answer = " ".join(line.removeprefix("> ") for line in found["answer"].splitlines())
    said = as_many_as_fit(SENTENCE_ENDS.split(answer), int(room[1]) if room else 10_000)
    return json.dumps({"sentences": [{"text": text, "entries": [found["entry"]]} for text in said]})


def as_many_as_fit(sentences: list[str], room: int) -> list[str]:
    taken: list[str] = []
    for sentence in sentences:
        if taken and len(" ".join([*taken, sentence])) > room:
            break
        taken.append(sentence)
    return taken


if __name__ == "__main__":
    main(Path(sys.argv[1]))
