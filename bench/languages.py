"""How often a message's language is said, and rightly: python -m bench.languages FILE.jsonl [--account en,de]

Each line holds `text` and, unless it is English, `lang`.
"""

import argparse
import json
import os
import time
from collections import defaultdict
from pathlib import Path

import psutil

from app.checks.languages import LanguageSource, detect_language


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--account", default="", help="the account's languages, the first is the fallback")
    asked = parser.parse_args()
    account = tuple(code for code in asked.account.split(",") if code)
    before, began = psutil.Process(os.getpid()).memory_info().rss, time.perf_counter()
    detect_language("Where is my parcel?")
    loaded = psutil.Process(os.getpid()).memory_info().rss - before
    print(f"Loaded in {time.perf_counter() - began:.2f} s, {loaded / 1e6:.0f} MB.")
    rows = [json.loads(line) for file in asked.files for line in file.read_text().splitlines()]
    began = time.perf_counter()
    found = [detect_language(row["text"], account=account) for row in rows]
    print(f"{len(rows)} texts, {1e3 * (time.perf_counter() - began) / len(rows):.2f} ms each.")
    by_language = defaultdict(list)
    for row, detected in zip(rows, found, strict=True):
        by_language[row.get("lang", "en")].append(detected)
    print("language  texts  said by the text  of these right  right with the fallback")
    for language, all_of_it in sorted(by_language.items()):
        said = [one for one in all_of_it if one.source is LanguageSource.TEXT]
        right = sum(one.language == language for one in said) / max(1, len(said))
        after = sum(one.language == language for one in all_of_it) / len(all_of_it)
        print(
            f"{language:8} {len(all_of_it):6} {len(said) / len(all_of_it):17.3f} {right:15.3f} {after:24.3f}"
        )


if __name__ == "__main__":
    main()
