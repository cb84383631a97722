"""The programs' door to actions: the list, one action, reports of progress, and acts on many."""

from fastapi import APIRouter

from app.actions.api import bulk, changing, reading, restricting, views

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["actions"])
for part in (bulk, reading, changing, restricting, views):
    router.include_router(part.router)
