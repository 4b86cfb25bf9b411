"""Everything programs can ask, gathered."""

from fastapi import APIRouter

from app.api import drafts, health, judgements, messages, metrics, posting

router = APIRouter()
for public in (health, metrics):
    router.include_router(public.router)
for guarded in (messages, drafts, judgements, posting):
    router.include_router(guarded.router, prefix="/api")
