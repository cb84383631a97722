"""The programs' door to proposals, decisions and what stands round them; a token never decides."""

from fastapi import APIRouter

from app.assurance.api import around, decisions, proposals

router = APIRouter()
for part in (proposals, decisions, around):
    router.include_router(part.router)
