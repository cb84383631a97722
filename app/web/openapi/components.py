"""What operations share: the problem document, the refusals, headers and ways to sign in."""

from typing import Any

from app.web.openapi import texts
from app.web.security import SESSION_COOKIE

Part = dict[str, Any]

PROBLEM: Part = {
    "type": "object",
    "description": texts.PROBLEM,
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "description": texts.PROBLEM_FIELDS["type"]},
        "title": {"type": "string", "description": texts.PROBLEM_FIELDS["title"]},
        "status": {"type": "integer", "description": texts.PROBLEM_FIELDS["status"]},
        "detail": {"type": "string", "description": texts.PROBLEM_FIELDS["detail"]},
        "code": {"type": "string", "description": texts.PROBLEM_FIELDS["code"]},
        "errors": {
            "type": "array",
            "description": texts.PROBLEM_FIELDS["errors"],
            "items": {
                "type": "object",
                "required": ["pointer", "message"],
                "properties": {
                    "pointer": {"type": "string", "description": texts.PROBLEM_FIELDS["pointer"]},
                    "message": {"type": "string", "description": texts.PROBLEM_FIELDS["message"]},
                },
            },
        },
        "request_id": {"type": "string", "description": texts.PROBLEM_FIELDS["request_id"]},
    },
}


def components(schemas: Part) -> Part:
    return {
        "schemas": schemas | {"Problem": PROBLEM},
        "responses": {name: _refusal(status) for status, (name, _words, _code) in texts.REFUSALS.items()},
        "headers": {
            name: {"description": text, "required": name in ("ETag", "Location"), "schema": {"type": "string"}}
            for name, text in texts.HEADERS.items()
        },
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": texts.SECURITY["token"]},
            "password": {"type": "http", "scheme": "basic", "description": texts.SECURITY["password"]},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": SESSION_COOKIE,
                "description": texts.SECURITY["session"],
            },
        },
    }


def _refusal(status: str) -> Part:
    _name, words, code = texts.REFUSALS[status]
    pointed = [{"pointer": "/due_date", "message": texts.POINTED}] if status == "422" else []
    example = {
        "type": "about:blank",
        "title": texts.REFUSAL_TITLES[status],
        "status": int(status),
        "detail": texts.POINTED if pointed else words,
        "code": code,
        "errors": pointed,
        "request_id": "3f9c1a7b20d4e85c",
    }
    made: Part = {
        "description": words,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        },
    }
    if status in texts.REFUSAL_HEADERS:
        name, text = texts.REFUSAL_HEADERS[status]
        made["headers"] = {name: {"description": text, "required": True, "schema": {"type": "string"}}}
    return made
