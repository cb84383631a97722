"""The people's door to proposals and decisions."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
