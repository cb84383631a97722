"""The programs' door to coverage."""

from fastapi import APIRouter

from app.coverage.api import declarations, packs, standings

router = APIRouter()
router.include_router(standings.router)
router.include_router(declarations.router)
router.include_router(packs.router)

__all__ = ["router"]
