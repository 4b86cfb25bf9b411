"""A sound FAQ in a folder of its own."""

from pathlib import Path

import pytest

from tests.knowledge.kb_folder import write_kb


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return write_kb(tmp_path / "kb")
