"""The people's door to exchange: a plan goes out as a file, and a spreadsheet comes in."""

from fastapi import APIRouter

from app.exchange.pages import exports, files, imports, whole

router = APIRouter(include_in_schema=False)
for _part in (exports, files, imports, whole):
    router.include_router(_part.router)
