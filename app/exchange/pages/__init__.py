"""The people's door to exchange: a plan goes out as a file."""

from fastapi import APIRouter

from app.exchange.pages import exports, files, whole

router = APIRouter(include_in_schema=False)
for _part in (exports, files, whole):
    router.include_router(_part.router)
