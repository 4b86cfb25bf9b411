"""The API over real HTTP, with people and an account, and nothing else."""

from collections.abc import Iterator

import pytest

from tests.api.programs import Api, connect
from tests.web_server import running_web


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    with running_web() as url:
        api = connect(url)
        yield api
        for client in api.clients.values():
            client.close()
