"""The people's door to actions: the list, the form in the row, the action's page, and a person's own work."""

from fastapi import APIRouter

from app.actions.pages import action, editing, listing, many, mine, restricting, updates, views

router = APIRouter(include_in_schema=False)
# Addresses of words before addresses of references.
for _part in (mine, listing, views, many, editing, updates, restricting, action):
    router.include_router(_part.router)
