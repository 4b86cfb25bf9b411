"""The pages over real HTTP, without a browser: one client per person."""

from collections.abc import Iterator

import pytest

from tests.browser import scene
from tests.web.visitors import Visitors
from tests.web_server import running_web


@pytest.fixture
def visitors(database_url: str) -> Iterator[Visitors]:
    scene.open_desk()
    with running_web() as url:
        visitors = Visitors(url)
        yield visitors
        visitors.leave()
