"""What the doors take and give about saved views."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.core.given import Given
from app.core.text import Writing

ViewName = Annotated[str, Writing(80, lines=False)]
Query = Annotated[str, Field(max_length=2000, description="The tracker's parameters, like rating=red&group=owner.")]


class SaveView(Given):
    """A name of one's own that is there already is refused, unless `replace` says that its state is to be this one."""

    name: ViewName
    query: Query = ""
    shared: bool = False
    is_default: bool = False
    replace: bool = False


class ChangeView(Given):
    name: ViewName | None = None
    query: Query | None = None
    shared: bool | None = None
    is_default: bool | None = None


class ViewRead(BaseModel):
    """slug: goes into `view=`; query: the state it opens; by: who saved it."""

    slug: str
    name: str
    query: str
    shared: bool
    is_default: bool
    mine: bool
    by: str
    may_change: bool
    url: str
