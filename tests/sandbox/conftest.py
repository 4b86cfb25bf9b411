"""One network for tests that only look at their own posts; a network of its own for the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.sayso_stub import SaysoStub
from tests.sandbox_process import SandboxProcess, start_sandbox


@pytest.fixture(scope="session")
def shared_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    network = start_sandbox(tmp_path_factory.mktemp("shared-network"))
    yield network
    network.stop()


@pytest.fixture
def network(shared_network: SandboxProcess) -> SandboxProcess:
    """Behaves well at the start of each test; holds the posts of earlier ones."""
    shared_network.reset_settings()
    return shared_network


@pytest.fixture
def own_network(tmp_path: Path) -> Iterator[SandboxProcess]:
    """Empty, and free to be killed."""
    network = start_sandbox(tmp_path)
    yield network
    network.stop()


@pytest.fixture
def sayso() -> Iterator[SaysoStub]:
    with SaysoStub() as stub:
        yield stub
