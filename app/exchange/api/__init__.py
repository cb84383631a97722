"""The programs' door to exchange: exports."""

from fastapi import APIRouter

from app.exchange.api import exports, imports, whole

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["exchange"])
for _part in (exports, imports, whole):
    router.include_router(_part.router)
