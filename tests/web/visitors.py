"""People with cookies but no browser."""

from dataclasses import dataclass, field

import httpx

from app.core.clock import utc_now
from app.core.database import transaction
from app.http.dependencies import COOKIE
from app.staff import sign_in
from tests.browser.scene import PASSWORD


@dataclass
class Visitor:
    client: httpx.Client
    csrf_token: str

    def get(self, address: str) -> httpx.Response:
        return self.client.get(address)

    def post(self, address: str, **fields: str) -> httpx.Response:
        """Send a form as a page of ours would."""
        return self.client.post(address, data={"csrf_token": self.csrf_token, **fields})


@dataclass
class Visitors:
    url: str
    clients: list[httpx.Client] = field(default_factory=list)

    def nobody(self) -> Visitor:
        client = httpx.Client(base_url=self.url, timeout=20, trust_env=False)
        self.clients.append(client)
        return Visitor(client, "")

    def person(self, handle: str) -> Visitor:
        visitor = self.nobody()
        with transaction() as session:
            opened = sign_in.open_session(session, handle, PASSWORD, at=utc_now())
        assert opened is not None
        visitor.client.cookies.set(COOKIE, opened.cookie)
        return Visitor(visitor.client, opened.csrf_token)

    def leave(self) -> None:
        for client in self.clients:
            client.close()
