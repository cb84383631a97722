"""The pages of evidence."""

from fastapi import APIRouter

from app.evidence.pages import adding, items, listing, restricting

router = APIRouter(include_in_schema=False)
# Before the addresses with a reference: "new" is none.
for part in (listing.router, adding.router, items.router, restricting.router):
    router.include_router(part)
