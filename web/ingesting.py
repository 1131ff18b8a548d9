"""What an ingest tells: each file as it ends, then one table, then what was not as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from web import terminal

if TYPE_CHECKING:
    from assistant.publishing import FileReport, IngestReport

_STATUS = {"indexed": "indexé", "partial": "partiel", "refused": "refusé", "unchanged": "inchangé"}


def progress(file: FileReport) -> None:
    click.echo(f"{file.file} : {_STATUS.get(str(file.status), str(file.status))}")


def ended(report: IngestReport) -> None:
    """The table of files, what was not as it should be, and status 1 where a file was refused."""
    headers = ("fichier", "statut", "pages", "passages", "tableaux", "faits", "secondes")
    rows = [
        (f.file, _STATUS.get(str(f.status), f.status), f.pages, f.passages, f.tables, f.facts, round(f.seconds, 2))
        for f in report.files
    ]
    if rows:
        click.echo("\n" + terminal.table(headers, rows))
    for file in report.files:
        if file.sentence:
            click.echo(f"{file.file} : {file.sentence}", err=str(file.status) == "refused")
    for warning in report.warnings:
        click.echo(f"Attention : {warning}", err=True)
    if any(str(file.status) == "refused" for file in report.files):
        raise click.exceptions.Exit(1)
