"""The people's door to proposals and decisions."""

from fastapi import APIRouter

from app.assurance.pages import decisions, proposals, settings

router = APIRouter(include_in_schema=False)
for _part in (decisions, proposals, settings):
    router.include_router(_part.router)
