"""Reading in a process apart: a file that makes a parser eat memory or time costs its worker, and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.documents import BlockKind
from corpus.readers.pieces import Piece, Reading, Unreadable

_MEGABYTE = 1024 * 1024
_FILES_PER_WORKER = 200  # then it is replaced, for what parsers leave behind
_MEMORY_SENTENCE = "Le fichier dépasse les limites de lecture : il demande trop de mémoire."
_TIME_SENTENCE = "Le fichier dépasse les limites de lecture : il demande trop de temps."
_OUTPUT_SENTENCE = "Le fichier est trop volumineux : il contient trop de texte."
_CRASH_SENTENCE = "Le fichier est endommagé : sa lecture s'est interrompue."
_START = "import sys; sys.path.insert(0, {root!r}); from corpus.reading import _work; _work({limits!r})"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    memory_bytes: int = 1024 * _MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    output_bytes: int = 32 * _MEGABYTE
    file_bytes: int = 64 * _MEGABYTE


class ReaderProcess:
    """Reads files one after the other in a worker process, which is kept while it behaves.

    One of these serves one thread. Use it as a context manager, or call `close`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._worker: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that reads, None where none has been started."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        """End the worker."""
        worker, self._worker, self._served = self._worker, None, 0
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def read(self, path: Path) -> Reading:
        """What a file says, or Unreadable with the sentence that says why not."""
        self._check_size(path)
        answer = self._ask(path.absolute())
        if "unreadable" in answer:
            if answer.get("spent"):
                self.close()
            raise Unreadable(str(answer["unreadable"]))
        return _reading(answer)

    def _check_size(self, path: Path) -> None:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise Unreadable(f"Le fichier ne peut pas être ouvert : {error.strerror or error}.") from error
        if not path.is_file():
            raise Unreadable("Ce chemin n'est pas un fichier.")
        if size > self.limits.file_bytes:
            large, most = size // _MEGABYTE, self.limits.file_bytes // _MEGABYTE
            raise Unreadable(f"Le fichier est trop volumineux : {large} Mo, pour {most} Mo au plus.")

    def _ask(self, path: Path) -> dict[str, Any]:
        worker = self._ready()
        self._served += 1
        try:
            assert worker.stdin is not None  # noqa: S101 (both are pipes)
            worker.stdin.write(json.dumps(os.fspath(path)).encode() + b"\n")
            worker.stdin.flush()
            line = _line(worker, time.monotonic() + self.limits.wall_seconds, self.limits.output_bytes)
        except Unreadable:
            self.close()
            raise
        except (BrokenPipeError, EOFError):
            sentence = _death(worker)
            self.close()
            raise Unreadable(sentence) from None
        except BaseException:  # an interruption must not leave an answer behind for the next question
            self.close()
            raise
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._served >= _FILES_PER_WORKER:
            self.close()
            code = _START.format(root=str(Path(__file__).resolve().parent.parent), limits=asdict(self.limits))
            self._worker = subprocess.Popen(  # noqa: S603 (this very program)
                [sys.executable, "-I", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._worker


def _line(worker: subprocess.Popen[bytes], deadline: float, most: int) -> bytes:
    """One line of the worker's answer, within the time and the size it may take."""
    assert worker.stdout is not None  # noqa: S101
    descriptor = worker.stdout.fileno()
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while not parts or not parts[-1].endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise Unreadable(_TIME_SENTENCE)
            part = os.read(descriptor, _MEGABYTE)
            if not part:
                raise EOFError
            parts.append(part)
            size += len(part)
            if size > 2 * most:
                raise Unreadable(_OUTPUT_SENTENCE)
    return b"".join(parts)


def _death(worker: subprocess.Popen[bytes]) -> str:
    """Why a worker ended on its own."""
    try:
        status = worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return _CRASH_SENTENCE
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        return _TIME_SENTENCE
    return _MEMORY_SENTENCE if status in (-signal.SIGKILL, -signal.SIGABRT) else _CRASH_SENTENCE


def _reading(answer: dict[str, Any]) -> Reading:
    pieces = (
        Piece(BlockKind(kind), text, page, level, tuple(cells), tuple(spans), table, header)
        for kind, text, page, level, cells, spans, table, header in answer["pieces"]
    )
    return Reading(tuple(answer["labels"]), tuple(pieces), answer["title"], tuple(answer["problems"]))


# What follows runs in the worker.


def _work(limits: dict[str, Any]) -> None:
    """Answer each path that comes in with what the file says, until there are no more."""
    answers = confined(limits["memory_bytes"])
    for line in sys.stdin.buffer:
        allow_cpu(limits["cpu_seconds"])
        answer = _answer(Path(json.loads(line)), limits["output_bytes"])
        _send(answers, answer)


def confined(memory_bytes: int) -> IO[bytes]:
    """Bind the process at hand, for good, to so much memory and to writing no file; the pipe of its answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing that a library prints may be taken for an answer
    with contextlib.suppress(ValueError, OSError):  # systems that know no such limit still have that of time
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a reader writes nothing
    return answers


def allow_cpu(seconds: int) -> None:
    """Let the process at hand use so many seconds more of a core, and end it there."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(path: Path, most: int) -> bytes:
    from corpus.readers import read

    try:
        said = _encoded(read(path))
        return said if len(said) <= most else _refusal(_OUTPUT_SENTENCE)
    except Unreadable as refused:
        return _refusal(str(refused))
    except MemoryError:
        return _refusal(_MEMORY_SENTENCE, spent=True)
    except RecursionError:
        return _refusal(_CRASH_SENTENCE, spent=True)
    except Exception:  # any parser may fail in any way on a file made to break it
        return _refusal(_CRASH_SENTENCE)


def _refusal(sentence: str, spent: bool = False) -> bytes:
    return json.dumps({"unreadable": sentence, "spent": spent}).encode()


def _encoded(reading: Reading) -> bytes:
    pieces: list[Sequence[Any]] = [
        (p.kind, p.text, p.page, p.level, p.cells, p.spans, p.table, p.header) for p in reading.pieces
    ]
    answer = {"labels": reading.labels, "pieces": pieces, "title": reading.title, "problems": reading.problems}
    return json.dumps(answer).encode()


def _send(answers: IO[bytes], answer: bytes) -> None:
    answers.write(answer + b"\n")
    answers.flush()
