"""A file of somebody's on its way out: in pieces, as an attachment, in a sandbox, kept by nobody."""

from urllib.parse import quote

from fastapi.responses import StreamingResponse

from app.core.storage import Storage, pieces


def attachment(storage: Storage, name: str, *, file_name: str, media_type: str, size: int) -> StreamingResponse:
    """name: of the file in the store; file_name: what it is called where it is saved. 404 where it is missing."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in file_name)
    return StreamingResponse(
        pieces(storage.open(name)),
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}",
            "Content-Length": str(size),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            # It is packed already, and its length is told.
            "Content-Encoding": "identity",
        },
    )
