"""The programs' door to exchange: exports."""

from fastapi import APIRouter

from app.exchange.api import exports

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["exchange"])
for _part in (exports,):
    router.include_router(_part.router)
