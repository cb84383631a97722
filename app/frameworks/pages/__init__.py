"""The people's door to publications."""

from fastapi import APIRouter

from app.frameworks.pages import library, links, local, private

router = APIRouter(include_in_schema=False)
# Addresses of one word before those with a key.
router.include_router(local.router)
router.include_router(links.router)
router.include_router(private.router)
router.include_router(library.router)

__all__ = ["router"]
