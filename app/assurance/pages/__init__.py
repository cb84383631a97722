"""The people's door to proposals and decisions."""

from fastapi import APIRouter

from app.assurance.pages import decisions, editions, exceptions, lending, proposals, questions, settings

router = APIRouter(include_in_schema=False)
for _part in (decisions, proposals, settings, questions, exceptions, editions, lending):
    router.include_router(_part.router)
