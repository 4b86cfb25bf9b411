"""What set-up promises, as far as it can be shown without setting up again."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.embeddings.export import is_exported
from app.embeddings.manifest import encoder_folder
from scripts import check_models, check_sizes, fetch_assets, find_chromium, list_licences

CHECKOUT = Path(__file__).parents[2]


def test_the_lock_files_pin_what_is_fetched_and_not_where() -> None:
    npm_lock = (CHECKOUT / "package-lock.json").read_text()
    packages = {path: entry for path, entry in json.loads(npm_lock)["packages"].items() if path}

    assert sorted(packages) == [
        "node_modules/@picocss/pico",
        "node_modules/axe-core",
        "node_modules/htmx.org",
    ]
    assert [path for path, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
    assert "://" not in npm_lock
    assert "://" not in (CHECKOUT / "requirements.lock").read_text()


def test_the_python_lock_pins_each_dependency_exactly() -> None:
    lines = (CHECKOUT / "requirements.lock").read_text().splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    direct = {name.lower() for name, _, _ in list_licences.python_rows()}

    assert direct - pinned == set(list_licences.BESIDE_PYPROJECT)


def test_make_explains_each_target_in_one_line() -> None:
    makefile = (CHECKOUT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout

    explained = {line.split()[1] for line in shown.splitlines()}
    assert explained == set(phony[1].split()) - {"installed", "browser"}  # parts of setup


@pytest.mark.parametrize("name", fetch_assets.FILES)
def test_the_assets_are_in_place(name: str) -> None:
    assert fetch_assets.target(name).stat().st_size > 1000


def test_an_exported_encoder_that_was_changed_is_made_again(tmp_path: Path) -> None:
    copy = shutil.copytree(encoder_folder(), tmp_path / "encoder")
    assert is_exported(copy)

    with (copy / "encoder.onnx").open("ab") as file:
        file.write(b"\0")

    assert not is_exported(copy)
    assert not is_exported(tmp_path / "absent")


def test_weights_other_than_the_pinned_ones_are_refused() -> None:
    package, name = next(iter(check_models.PINNED))

    assert check_models.problem_with(package, name, check_models.PINNED[package, name]) is None
    assert "is not the pinned model" in (check_models.problem_with(package, name, "0" * 64) or "")
    assert (
        check_models.problem_with("absent_model", name, "0" * 64)
        == "The package absent_model is not installed."
    )


def test_the_recorded_chromium_shows_a_page() -> None:
    assert find_chromium.starts(find_chromium.NOTE.read_text())


def test_a_chromium_that_does_not_start_is_refused_with_a_sentence(tmp_path: Path) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'Install the snap'\n")
    stub.chmod(0o755)

    tried = subprocess.run(
        [sys.executable, CHECKOUT / "scripts" / "find_chromium.py"],
        env={**os.environ, "SAYSO_CHROMIUM": str(stub)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (tried.returncode, tried.stderr) == (1, f"SAYSO_CHROMIUM={stub} does not start.\n")


def test_setup_without_a_python_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(CHECKOUT / "scripts" / "setup.sh", tmp_path / "scripts")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "dirname").symlink_to(shutil.which("dirname") or "")

    tried = subprocess.run(
        ["/bin/bash", tmp_path / "scripts" / "setup.sh"],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 1
    assert "Sayso needs Python 3.11 or newer." in tried.stderr
    assert not (tmp_path / ".venv").exists()


def test_long_files_functions_and_partials_are_reported(tmp_path: Path) -> None:
    (tmp_path / "file.py").write_text("x = 1\n" * 401)
    short, long = "def short():\n" + "    x = 1\n" * 59, "def long():\n" + "    x = 1\n" * 60
    (tmp_path / "functions.py").write_text(f"{short}\n{long}")
    (tmp_path / "_partial.html").write_text("<p>\n" * 60)
    (tmp_path / "page.html").write_text("<p>\n" * 60)

    assert list(check_sizes.problems_in(tmp_path)) == [
        f"{tmp_path}/file.py has 401 lines, at most 400 are allowed",
        f"{tmp_path}/functions.py:62 long() has 61 lines, at most 60 are allowed",
        f"{tmp_path}/_partial.html has 60 lines, at most 59 are allowed",
    ]


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v3", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0", False),
        ("GNU General Public License v2 (GPLv2)", False),
        ("", False),
    ],
)
def test_only_stated_licences_other_than_gpl_are_allowed(licence: str, verdict: bool) -> None:
    assert list_licences.allowed(licence) is verdict
