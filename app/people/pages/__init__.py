"""The people's door to people: signing in, one's own account, and administration."""

from fastapi import APIRouter

from app.people.pages import account, admin, beginning, sign_in, tokens, watching

router = APIRouter(include_in_schema=False)
for part in (sign_in, beginning, account, admin, tokens, watching):
    router.include_router(part.router)
