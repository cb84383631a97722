"""The people's door to coverage."""

from fastapi import APIRouter

from app.coverage.pages import declarations, matrix, packs, standings

router = APIRouter(include_in_schema=False)
router.include_router(matrix.router)
router.include_router(standings.router)
router.include_router(declarations.router)
router.include_router(packs.router)

__all__ = ["router"]
