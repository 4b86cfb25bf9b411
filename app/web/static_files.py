"""Our own and third-party files. Their address holds a digest of their bytes, so browsers keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


class KeptStaticFiles(StaticFiles):
    """Cacheable for ever when asked for by digest, else checked again each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        by_digest = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = FOR_EVER if by_digest and answer.status_code == 200 else "no-cache"
        return answer


def static_files() -> KeptStaticFiles:
    return KeptStaticFiles(directory=FOLDER)


@lru_cache
def address_of(name: str) -> str:
    """Where a file of the static folder is found."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
