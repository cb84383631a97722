"""Commands on the database as a whole."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli import doctor as examining
from app.cli import filing, keeping, opening, restoring
from app.cli.filing import FilesProven
from app.core.errors import Invalid
from app.core.words import _, ngettext
from app.history import commands as history_commands
from app.history import queries as history
from app.history.commands import Forgotten
from app.history.schemas import Finding
from app.people import commands as people
from app.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="For a script.")]
BROKEN = {
    "hash": lambda: _("an entry was altered"),
    "prev": lambda: _("an entry does not follow the one before it"),
    "gap": lambda: _("a revision is missing"),
    "order": lambda: _("entries stand in another order than they were written"),
    "head": lambda: _("the end is not what was sealed"),
    "no_head": lambda: _("the stream has no seal"),
    "unnamed": lambda: _("a text was removed, and no redaction names it"),
    "differs": lambda: _("a row is not what the record says"),
    "extra": lambda: _("there is a row that the record does not know"),
    "missing": lambda: _("a row of the record is missing"),
}


def register(app: typer.Typer) -> None:
    for command in (migrate, tick, verify, redact, backup, restore, doctor):
        app.command()(command)
    app.command(name="copy-database")(copy_database)


def progress(table: str, rows: int) -> None:
    """At a terminal, on stderr: what has been done so far."""
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{table} {rows:,}", nl=False, err=True)


def done() -> None:
    if sys.stderr.isatty():
        typer.echo("\r\033[K", nl=False, err=True)


def migrate() -> None:
    """Bring the database to this release's schema; a SQLite database is backed up first."""
    saved = keeping.migrate(Settings())
    if saved:
        opening.say(_("The database before is kept in {path}.", path=saved))
    opening.say(_("The database is ready."))


def tick(as_json: Json = False) -> None:
    """The daily work; twice a day does no harm."""
    told = keeping.tick(opening.database())
    opening.answer(asdict(told), as_json=as_json, text=_("The daily work is done."))


def verify(
    head: Annotated[str, typer.Option(help="REV:HASH as printed on a paper: the record must still hold it.")] = "",
    tables: Annotated[bool, typer.Option(help="Compare every row with the record as well.")] = True,
    as_json: Json = False,
) -> None:
    """Prove the record: every hash, link, revision and head, and every row against its newest image."""
    revision, hash = _head(head)
    prove = history.differences if tables else history.verify
    with opening.reading("the whole record is proven") as read:
        verdict = prove(read, lambda n: progress(_("entries"), n))
        holds = not head or history.has_head(read, revision, hash)
        files = filing.prove_files(read, Settings().data_dir)
    done()
    ok = verdict.bad is None and holds and files.ok
    told = asdict(verdict) | {"ok": ok, "head_found": holds, "files": asdict(files)}
    if as_json:
        opening.answer(told, as_json=True, text="")
    if verdict.bad is not None:
        _refuse(sentence(verdict.bad))
    if not holds:
        _refuse(_("The record holds, but not the head {head}: it was changed since.", head=head))
    _refuse_files(files)
    if not as_json:
        entries = ngettext("{n} entry", "{n} entries", verdict.entries)
        rows = ngettext("{n} row", "{n} rows", verdict.rows)
        opening.say(_("The record holds: {entries}, {rows} compared.", entries=entries, rows=rows))
        if files.checked:
            opening.say(ngettext("{n} file is as it was added.", "{n} files are as they were added.", files.checked))
        if verdict.erased:
            removed = ngettext("{n} text was removed", "{n} texts were removed", verdict.erased)
            by = ngettext("{n} redaction", "{n} redactions", verdict.redactions)
            opening.say(_("{removed} by {redactions}, each with its reason.", removed=removed, redactions=by))


def _refuse_files(files: FilesProven) -> None:
    if files.altered:
        _refuse(_("Files are not what was added: {list}.", list="; ".join(files.altered)))
    if files.missing:
        _refuse(_("Files are missing: {list}.", list="; ".join(files.missing)))


def _head(head: str) -> tuple[int, str]:
    if not head:
        return 0, ""
    revision, _colon, hash = head.partition(":")
    if not revision.isdigit() or len(hash) < 8:
        raise Invalid("head", _("Give the head as REVISION:HASH, with at least 8 letters and digits of the hash."))
    return int(revision), hash


def sentence(bad: Finding) -> str:
    """What is wrong first, and where."""
    what = BROKEN[bad.what]()
    if bad.seq is None:
        return _("The record does not hold: {what} ({detail}).", what=what, detail=bad.detail)
    return _(
        "The record does not hold: {what} (stream {stream}, revision {revision}, entry {seq}, {detail}).",
        what=what, stream=bad.stream, revision=bad.revision, seq=bad.seq, detail=bad.detail,
    )  # fmt: skip


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def redact(
    entity: Annotated[str, typer.Argument(help="The table: action, action_update, decision, account ...")] = "",
    id: Annotated[str, typer.Argument(help="The row's id, as the changes feed gives it.")] = "",
    field: Annotated[list[str] | None, typer.Option(help="A field to remove; may be given again.")] = None,
    person: Annotated[str, typer.Option(help="Remove this person's name everywhere, by e-mail address.")] = "",
    why: Annotated[str, typer.Option(help="The reason, without the text itself.")] = "",
    decided_by: Annotated[str, typer.Option(help="Who decided it.")] = "",
    as_json: Json = False,
) -> None:
    """Remove a text or a name from the rows and from the record; the record still verifies."""
    if not (why.strip() and decided_by.strip()):
        raise Invalid("why", _("Give --why and --decided-by: a removal is a decision with a reason."))
    if bool(person) == bool(entity):
        raise Invalid("entity", _("Name a row (ENTITY ID --field NAME) or a person (--person EMAIL)."))
    settings = Settings()
    with opening.writing("somebody decided that this must be forgotten") as tx:
        if person:
            people.forget_maker(tx, email=person)
            out = history_commands.redact_person(tx, email=person, why=why, decided_by=decided_by)
        else:
            row = _uuid(id)
            out = history_commands.redact(
                tx, entity=entity, entity_id=row, fields=field or [], why=why, decided_by=decided_by
            )
    keeping.keep_redactions(settings.data_dir, out.redactions)
    _tell_forgotten(out, as_json)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid("id", _("This is not the id of anything.")) from error


def _tell_forgotten(out: Forgotten, as_json: bool) -> None:
    told = {
        "erased": out.erased,
        "redactions": [str(r.id) for r in out.redactions],
        "mentions": [{"entity": e, "id": str(i), "field": f} for e, i, f in out.mentions],
    }
    lines = [ngettext("{n} text was removed from the record.", "{n} texts were removed from the record.", out.erased)]
    if out.mentions:
        lines.append(_("The name is still in these texts. Read them, and remove what must go:"))
        lines += [f"  tracker redact {e} {i} --field {f}" for e, i, f in out.mentions]
    lines.append(_("Older backups still hold it. Restoring one removes it again; delete those you do not need."))
    opening.answer(told, as_json=as_json, text="\n".join(lines))


def backup(file: Path, as_json: Json = False) -> None:
    """One moment of the whole database in one file; safe while the application is served."""
    database = opening.database()
    told = keeping.backup(database, file, progress)
    done()
    rows = ngettext("{n} row", "{n} rows", sum(told.counts.values()))
    text = _("Saved {rows} in {file}. Keep the secret key apart: it is not in it.", rows=rows, file=file)
    opening.answer(asdict(told), as_json=as_json, text=text)


def restore(file: Path, as_json: Json = False) -> None:
    """Put a backup in the place of the database, after proving it; the old one is kept aside."""
    verdict, kept = restoring.restore(Settings(), file, progress)
    done()
    entries = ngettext("{n} entry", "{n} entries", verdict.entries)
    text = _("Restored and proven: {entries}.", entries=entries)
    if kept:
        text += " " + _("The database before is kept as {kept}.", kept=kept)
    opening.answer(asdict(verdict) | {"kept": kept}, as_json=as_json, text=text)


def copy_database(
    to: Annotated[str, typer.Option(help="sqlite:///PATH or postgresql://USER@HOST/NAME, empty.")],
    as_json: Json = False,
) -> None:
    """Copy everything into an empty database of either kind, and prove the copy."""
    verdict = keeping.copy_database(Settings(), to, progress)
    done()
    entries = ngettext("{n} entry", "{n} entries", verdict.entries)
    text = _("Copied and proven: {entries}. Set TRACKER_DATABASE_URL to the new database.", entries=entries)
    opening.answer(asdict(verdict), as_json=as_json, text=text)


def doctor(as_json: Json = False) -> None:
    """Look at settings, database, disk, clock and tokens, and say what to do."""
    found = examining.examine(Settings())
    bad = any(c.state == "bad" for c in found)
    marks = {"ok": _("fine"), "warn": _("look"), "bad": _("wrong")}
    lines = [f"{marks[c.state]:<6} {c.name:<12} {c.text}" for c in found]
    opening.answer({"ok": not bad, "checks": [asdict(c) for c in found]}, as_json=as_json, text="\n".join(lines))
    if bad:
        _refuse(_("Something is wrong: see above."))
