"""The people's door to people: signing in, one's own account, and administration."""

from fastapi import APIRouter

from app.people.pages import sign_in

router = APIRouter(include_in_schema=False)
for part in (sign_in,):
    router.include_router(part.router)
