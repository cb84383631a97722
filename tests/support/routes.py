"""FastAPI works out anew for each application what every route takes; here once for each worker.

A test has an application of its own, and 220 routes of it are the same objects each time: working them out was most of
what a short test cost. What is kept is read only: one application's requests share it as well.
"""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import params, routing

_work_out = routing._build_dependant_with_parameterless_dependencies
_worked_out: dict[tuple[str, Callable[..., Any], tuple[params.Depends, ...]], Any] = {}


def keep_what_routes_take() -> None:
    """For this process, from now on."""
    routing._build_dependant_with_parameterless_dependencies = _kept


def _kept(*, path: str, call: Callable[..., Any], dependencies: Sequence[params.Depends]) -> Any:
    key = (path, call, tuple(dependencies))
    if key not in _worked_out:
        _worked_out[key] = _work_out(path=path, call=call, dependencies=dependencies)
    return _worked_out[key]
