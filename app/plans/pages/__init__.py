"""The people's door to plans: beginning one, adopting it, and its settings."""

from fastapi import APIRouter

from app.plans.pages import adoption, beginning, bodies, settings, structure

router = APIRouter()
# `beginning` first: /plans/new is not a plan called new.
for part in (beginning, adoption, settings, structure, bodies):
    router.include_router(part.router)
