"""How a command ends: its status, and for every failure one line on the error output, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from web.failures import sentence


class Wrong(click.ClickException):
    """A failure that was foreseen, as one sentence."""


class Misused(Wrong):
    """Arguments that cannot be used."""

    exit_code = 2


def run(command: click.Command, arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(_status(command, arguments))


def _status(command: click.Command, arguments: Sequence[str] | None) -> int:
    try:
        status = command.main(args=arguments, prog_name="reglo", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        return _say(_in_french(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrompu.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at exit
        return 1
    except Exception as error:  # nothing may end in a traceback
        return _say(sentence(error) or f"erreur imprévue ({type(error).__name__} : {error}).", 1)


def _say(message: str, status: int) -> int:
    click.echo(f"reglo : {' '.join(message.split())}", err=True)
    return status


def _in_french(error: click.ClickException) -> str:
    """The sentence for a wrong use of a command; click words these in English."""
    if not isinstance(error, click.UsageError):
        return error.message
    where = error.ctx.command_path if error.ctx else "reglo"
    return f"{_misuse(error)} ; voyez « {where} --help »."


def _misuse(error: click.UsageError) -> str:
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return "il manque une commande"
        case click.NoSuchOption():
            return f"l'option « {error.option_name} » n'existe pas"
        case click.BadOptionUsage():
            return f"l'option « {error.option_name} » attend une valeur, ou n'en attend aucune"
        case click.MissingParameter():
            return f"il manque {error.param.human_readable_name if error.param else 'un argument'}"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            return f"{param.opts[0]} se choisit parmi {', '.join(map(str, choices))}"
        case click.BadParameter():
            return f"{error.param.opts[0] if error.param else 'argument'} : {error.message}"
    words = error.message.split()
    if error.message.startswith("No such command"):
        name = words[3].strip(".'")
        return f"la commande « {name} » n'existe pas"
    return f"« {words[-1].strip('()')} » est en trop" if "extra argument" in error.message else error.message
