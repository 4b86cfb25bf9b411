"""The pages."""

from fastapi import APIRouter, FastAPI

router = APIRouter(include_in_schema=False)


def install(app: FastAPI) -> None:
    """Static files and the page that tells a person what went wrong."""
