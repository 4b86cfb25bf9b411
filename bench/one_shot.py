"""A measure in a fresh process: a task as JSON in, one line of JSON out."""

import json
import subprocess
import sys
from typing import Any

from app.core.settings import CHECKOUT


def told_by(module: str, task: dict[str, Any]) -> Any:
    """What the module prints last."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        input=json.dumps(task),
        cwd=CHECKOUT,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])
