"""When a write is committed: before its answer starts, and where its handler has made the answer, by then."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.db import Write
from app.web.doors import Gate, Writer, end_with_handlers
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

ADDRESS = "/organisations/AAA"


async def who(request: Request) -> None:
    request.state.actor = MAKER


def served(cast: Cast, open_behind: list[bool]) -> TestClient:
    """Two handlers that write nothing. open_behind: of each request, whether its transaction outlived the handler."""

    async def behind(tx: Writer) -> AsyncIterator[None]:
        yield
        open_behind.append(tx.in_transaction())

    router, app = APIRouter(), FastAPI(dependencies=[Depends(who)])

    @router.post("/page")
    def page(tx: Writer, _behind: Annotated[None, Depends(behind, scope="function")]) -> Response:
        return Response("done")

    @router.post("/api/v1/operation")
    def operation(tx: Writer, _behind: Annotated[None, Depends(behind, scope="function")]) -> dict[str, str]:
        return {"it": "is done"}

    app.state.database, app.state.gate = cast.database, Gate(cast.database)
    app.include_router(end_with_handlers(router))
    return TestClient(app)


@pytest.mark.parametrize(("path", "is_open"), [("/page", False), ("/api/v1/operation", True)])
def test_a_page_ends_its_transaction_with_its_handler_and_an_operation_after_it(
    sqlite_cast: Cast, path: str, is_open: bool
) -> None:
    found: list[bool] = []
    assert served(sqlite_cast, found).post(path).status_code == 200
    assert found == [is_open]


def test_a_commit_that_fails_is_no_success_and_lets_the_next_writer_in(doors: Doors) -> None:
    client = doors.as_("adam")
    typed = {"name": "Never Kept", "kind": "trust", "revision": "1"}

    def fail(_tx: Session) -> None:
        raise RuntimeError("the disk is gone")

    event.listen(Write, "before_commit", fail)
    try:
        assert client.post(ADDRESS, data=typed).status_code == 500
    finally:
        event.remove(Write, "before_commit", fail)
    assert "Never Kept" not in client.get("/organisations").text
    assert client.post(ADDRESS, data=typed | {"name": "Kept Now"}).status_code == 303
    assert "Kept Now" in client.get("/organisations").text
