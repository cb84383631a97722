"""The programs' door to plans: the plan itself, what it is made of, and its bodies with their meetings."""

from fastapi import APIRouter

from app.plans.api import bodies, plan, structure

router = APIRouter()
for part in (plan, structure, bodies):
    router.include_router(part.router)
