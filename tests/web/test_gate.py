"""The gate: hosts, rates, turns and patience, each as a visitor meets them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web import create_app
from web.debts import Debts
from web.serving import server_for
from web.settings import Settings
from web.turns import Busy, TooSlow, Turns

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Clock:
    """A clock that is set by hand, and a calendar."""

    def __init__(self) -> None:
        self.now, self.day = 0.0, MONDAY

    def debts(self, per_minute: int = 60, most: int = 1000) -> Debts:
        return Debts(per_minute, lambda: self.day, lambda: self.now, most)


def _asked(debts: Debts, address: str, times: int) -> int:
    """How many of so many requests are let in."""
    return sum(not debts.take(address).wait for _ in range(times))


@pytest.fixture
def site(home: Path) -> Callable[..., Flask]:
    return lambda **settings: create_app(Settings(home=home, **settings))


def _held(app: Flask, view: str, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Makes a view wait until the event is set."""
    go, real = threading.Event(), app.view_functions[view]
    monkeypatch.setitem(app.view_functions, view, lambda **given: (go.wait(20), real(**given))[1])
    return go


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "regles.example", "reglo.example:443"])
def test_the_site_answers_under_the_names_that_are_its_own(site: Callable[..., Flask], host: str) -> None:
    client = site(host="reglo.example", hosts="regles.example, autre.example").test_client()
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["ailleurs.example", "reglo.example.ailleurs.example", "127.0.0.1.nip.example", "a b", ""]
)
@pytest.mark.parametrize("path", ["/", "/api/answer", "/static/reglo.css"])
def test_a_foreign_host_gets_no_page_and_is_told_why(client: FlaskClient, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "ne répond pas sous ce nom" in (response.text if path != "/api/answer" else str(response.get_json()))
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_who_asks_too_much_is_told_to_wait_and_others_are_not(site: Callable[..., Flask]) -> None:
    client = site(rate=2).test_client()
    statuses = [client.get("/documents").status_code for _ in range(8)]
    assert statuses[0] == 200
    refused = client.get("/documents")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert "Trop de demandes" in refused.text
    assert "Content-Security-Policy" in refused.headers
    assert client.get("/documents", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_a_program_that_asks_too_much_gets_the_one_shape_of_an_error(site: Callable[..., Flask]) -> None:
    client = site(rate=1).test_client()
    said = [client.post("/api/answer", json={"question": "E5"}) for _ in range(6)][-1]
    assert (said.status_code, said.get_json()["error"]["code"]) == (429, "too_many")


def test_behind_a_known_proxy_the_address_is_the_visitors_own(site: Callable[..., Flask]) -> None:
    client = site(rate=1, proxies=1).test_client()
    for visitor in range(10):
        assert client.get("/", headers={"X-Forwarded-For": f"192.0.2.{visitor}"}).status_code == 200


@pytest.mark.parametrize(("proxies", "refused"), [(1, False), (0, True)])
def test_it_is_so_on_the_server_itself(site: Callable[..., Flask], proxies: int, refused: bool) -> None:
    """A server of its own opinion on such headers stands before the gate."""
    app = site(rate=1, proxies=proxies, port=0)
    server = server_for(app, app.extensions["reglo"].settings)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://127.0.0.1:{server.effective_port}/documents"
    statuses = set()
    for visitor in range(8):
        try:
            with urlopen(Request(address, headers={"X-Forwarded-For": f"192.0.2.{visitor}"})) as response:
                statuses.add(response.status)
        except HTTPError as error:
            statuses.add(error.code)
    server.close()
    assert statuses == ({200, 429} if refused else {200})


def test_a_header_that_no_known_proxy_wrote_hides_no_one(site: Callable[..., Flask]) -> None:
    client = site(rate=1).test_client()
    statuses = {client.get("/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(10)}
    assert 429 in statuses


def test_a_burst_is_let_in_then_the_rate_alone() -> None:
    clock = Clock()
    debts = clock.debts(per_minute=60)
    assert _asked(debts, "192.0.2.1", 500) == 121
    clock.now += 10
    assert _asked(debts, "192.0.2.1", 500) == 10


def test_the_wait_that_is_told_is_long_enough() -> None:
    clock = Clock()
    debts = clock.debts(per_minute=6)
    _asked(debts, "192.0.2.1", 500)
    clock.now += debts.take("192.0.2.1").wait
    assert not debts.take("192.0.2.1").wait


def test_a_subscriber_with_many_addresses_is_one() -> None:
    debts = Clock().debts(per_minute=60)
    assert sum(_asked(debts, f"2001:db8::{n:x}", 1) for n in range(500)) == 121
    assert _asked(debts, "2001:db8:0:1::1", 1) == 1


def test_no_address_is_kept_and_what_is_kept_means_nothing_the_next_day() -> None:
    clock = Clock()
    debts = clock.debts()
    debts.take("192.0.2.1")
    (monday,) = debts._paid
    assert b"192.0.2.1" not in repr(vars(debts)).encode()
    clock.day = TUESDAY
    debts.take("192.0.2.1")
    (tuesday,) = debts._paid
    assert monday != tuesday


def test_a_million_addresses_do_not_fill_the_memory() -> None:
    debts = Clock().debts(most=50)
    for n in range(1000):
        debts.take(f"192.0.{n // 250}.{n % 250}")
    assert len(debts._paid) <= 51


def test_whoever_asked_least_goes_first_and_whoever_asked_most_leaves_when_it_is_full() -> None:
    turns, go, order = Turns(workers=1, room=2), threading.Event(), []
    refused: list[str] = []

    def ask(name: str, debt: float) -> threading.Thread:
        def wait() -> None:
            try:
                turns.do(lambda: (order.append(name), go.wait(10)), debt, patience=10)
            except Busy:
                refused.append(name)

        thread = threading.Thread(target=wait)
        thread.start()
        threading.Event().wait(0.05)
        return thread

    threads = [ask("first", 0), ask("greedy", 90), ask("busy", 30), ask("newcomer", 0)]
    go.set()
    for thread in threads:
        thread.join(10)
    assert (order, refused) == (["first", "newcomer", "busy"], ["greedy"])


def test_work_that_fails_raises_where_it_is_waited_for() -> None:
    turns = Turns(workers=1, room=1)
    with pytest.raises(ZeroDivisionError):
        turns.do(lambda: 1 // 0, 0, 5)
    assert turns.do(lambda: "well", 0, 5) == "well"


def test_work_that_takes_too_long_is_not_waited_for_and_its_thread_serves_again() -> None:
    turns, go = Turns(workers=1, room=1), threading.Event()
    with pytest.raises(TooSlow):
        turns.do(lambda: go.wait(10), 0, 0.05)
    with pytest.raises(Busy) as busy:
        turns.do(lambda: None, 0, 0.05)
    assert not isinstance(busy.value, TooSlow)
    go.set()
    assert turns.do(lambda: "well", 0, 5) == "well"


def test_an_answer_that_takes_too_long_is_a_calm_503(
    site: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = site(patience=1)
    go = _held(app, "chat.ask", monkeypatch)
    refused = app.test_client().get("/")
    go.set()
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) >= 1
    assert "assez vite" in refused.text


def test_when_the_queue_is_full_the_site_says_when_to_come_back_and_lives_on(
    site: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = site(threads=2, queue=1, patience=5)
    go = _held(app, "chat.ask", monkeypatch)
    statuses: list[int] = []
    visitors = [
        threading.Thread(target=lambda: statuses.append(app.test_client().get("/").status_code)) for _ in range(6)
    ]
    for visitor in visitors:
        visitor.start()
    assert app.test_client().get("/healthz").status_code == 200
    assert app.test_client().get("/static/reglo.css").status_code == 200
    threading.Event().wait(0.3)
    go.set()
    for visitor in visitors:
        visitor.join(10)
    assert set(statuses) == {200, 503}
    assert statuses.count(200) <= 3  # two at work and one waiting: no more were let in


def test_even_with_one_thread_a_question_is_answered_while_a_file_is_looked_at(
    site: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = site(threads=1, patience=5)
    begun, go = threading.Event(), threading.Event()
    monkeypatch.setitem(app.view_functions, "dossier.check", lambda: (begun.set(), str(go.wait(20)))[1])
    look = threading.Thread(target=lambda: app.test_client().post("/dossier?epreuve=E41"))
    look.start()
    assert begun.wait(10)
    asked = app.test_client().get("/").status_code
    go.set()
    look.join(10)
    assert asked == 200


def test_assets_count_little_and_what_watches_the_site_is_never_refused(site: Callable[..., Flask]) -> None:
    client = site(rate=2).test_client()
    assert [client.get("/static/icon.svg").status_code for _ in range(35)].count(200) == 35
    for _ in range(40):
        client.get("/static/icon.svg")
    assert client.get("/static/icon.svg").status_code == 429
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
