"""The programs' door to coverage."""

from fastapi import APIRouter

from app.coverage.api import standings

router = APIRouter()
router.include_router(standings.router)

__all__ = ["router"]
