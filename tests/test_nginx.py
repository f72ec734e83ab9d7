"""nginx as deploy/ has it, over TLS, before the site as deploy/ serves it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from random import uniform
from threading import Event
from urllib.request import Request, urlopen

import pytest

from tests import factories
from tests.deelname.formulieren import DELEN, sleutel
from tests.meta.test_untrusted_posts import VELDEN
from tests.tools import deployed, nginx, workers
from tests.tools.nginx import NAME, Answer, Browser, Nginx
from wijkwijzer.deelname.spam import PER_UUR, Formulier

pytestmark = [pytest.mark.long, pytest.mark.once]

EDITOR = {"username": "redactie", "password": "een lange zin met koffie 7"}
TOKEN = "t" * 40
# What nothing may send twice; of Set-Cookie there may be more.
MORE_THAN_ONE = {"set-cookie"}
SECURITY = {
    "strict-transport-security",
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
}


@dataclass
class Behind:
    """The site, and what is before it."""

    environment: deployed.Environment
    server: subprocess.Popen[bytes]
    nginx: Nginx

    def wait_for_others(self, gone: set[int]) -> None:
        def ask() -> int:
            return deployed.status(self.environment, "/readyz")

        workers.wait_for_others(self.server.pid, gone, ask)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("behind")
    own = {"TRUST_PROXY": "True", "WORKERS": "2", "METRICS_TOKEN": TOKEN}
    # A password is enough here: what nginx does is the same.
    own["MFA_VERPLICHT"] = "False"
    environment = deployed.environment(folder, **own)
    with ExitStack() as stack:
        front = stack.enter_context(nginx.running(folder, int(environment["PORT"])))
        prepared = deployed.prepare(environment)
        assert prepared.returncode == 0, prepared.stderr
        deployed.manage(
            environment,
            *("createsuperuser", "--noinput", "--username", EDITOR["username"]),
            *("--email", "redactie@wijkwijzer.example", "--verbosity", "0"),
            DJANGO_SUPERUSER_PASSWORD=EDITOR["password"],
        )
        server = stack.enter_context(deployed.serving(environment))
        yield Behind(environment, server, front)


@pytest.fixture
def front(behind: Behind) -> Nginx:
    return behind.nginx


# Addresses of this machine, one for each who comes: limits are for each address
def address(number: int) -> str:
    return f"127.0.1.{number}"


def assert_headers_once(answer: Answer) -> None:
    names = [name.lower() for name, _ in answer.headers]
    assert {n for n in names if names.count(n) > 1} <= MORE_THAN_ONE
    assert {*names} >= SECURITY
    assert answer["Server"] == "nginx"


@pytest.fixture
def editor(front: Nginx) -> Browser:
    browser = Browser(front, address(9))
    answer = browser.send("/admin/login/?next=/admin/", EDITOR)
    assert answer.status == 302, answer.text
    return browser


# What readers get


@pytest.mark.parametrize("path", ["/", "/aanpakken/", "/over/", "/nergens/", "/admin/"])
def test_a_page_has_every_header_once(front, path):
    answer = front.get(path, headers={"Accept-Encoding": "br"})
    assert answer.status == {"/nergens/": 404, "/admin/": 302}.get(path, 200)
    assert_headers_once(answer)
    if answer.status == 200:
        assert answer["Content-Encoding"] == "br"
    else:
        # Not of what others may get as well.
        assert re.fullmatch("[0-9a-f]{32}", answer["X-Request-ID"])


def test_a_page_that_a_browser_has_is_not_sent_again(front):
    etag = front.get("/over/")["ETag"]
    answer = front.get("/over/", headers={"If-None-Match": etag})
    assert (answer.status, answer.body) == (304, b"")


def test_files_come_compressed_and_are_kept_for_ever(front):
    path = re.search(r'href="(/static/css/\w+\.\w+\.css)"', front.get("/").text)
    assert path
    answer = front.get(path[1], headers={"Accept-Encoding": "br"})
    assert answer.status == 200
    assert answer["Content-Encoding"] == "br"
    assert "immutable" in answer["Cache-Control"]
    assert_headers_once(answer)


def test_who_comes_over_http_is_led_to_the_same_page_over_https(front):
    connection = HTTPConnection("127.0.0.1", front.http, timeout=10)
    with closing(connection):
        connection.request("GET", "/zoeken/?q=a%26b", headers={"Host": "evil.example"})
        answer = Answer.of(connection.getresponse())
    assert answer.status == 301
    assert answer["Location"] == f"https://{NAME}/zoeken/?q=a%26b"
    assert "strict-transport-security" not in dict(answer.headers)


def test_a_page_comes_over_http_2(front):
    done = subprocess.run(
        [
            *(
                "curl",
                "--silent",
                "--http2",
                "--cacert",
                front.folder / "fullchain.pem",
            ),
            *("--resolve", f"{NAME}:{front.https}:127.0.0.1"),
            *("--write-out", "%{http_version} %{http_code}", "--output", "/dev/null"),
            f"https://{NAME}:{front.https}/aanpakken/",
        ],
        capture_output=True,
        text=True,
    )
    assert done.stdout == "2 200", done.stderr


def test_what_is_absolute_in_a_page_names_the_site_over_https(front):
    text = front.get("/.well-known/security.txt").text
    assert f"Canonical: https://{NAME}/.well-known/security.txt" in text


def test_what_machines_ask_from_inside_is_not_there(front):
    for path in ("/livez", "/readyz", "/metrics"):
        answer = front.get(path, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status == 404
        assert_headers_once(answer)
        assert "database" not in answer.text


def test_another_name_gets_no_page(front):
    answer = front.get("/", headers={"Host": "evil.example"})
    assert answer.status == 400
    assert_headers_once(answer)


# Bodies


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        (DELEN, 300_000, 413),
        (DELEN, 200_000, 200),
        ("/admin/login/", 3_200_000, 413),
        # Who signs in again brings what they typed (ADR 0017).
        ("/admin/login/", 2_000_000, 403),
        ("/admin/", 13_000_000, 413),
    ],
)
def test_what_is_too_large_is_refused(front, path, size, status):
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = front.ask("POST", path, body=b"a=" + b"x" * size, headers=kind)
    assert answer.status == status, answer.text
    assert_headers_once(answer)


def multipart(fields: dict[str, str], file: bytes) -> tuple[bytes, dict[str, str]]:
    parts = [
        f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        '--grens\r\nContent-Disposition: form-data; name="bestand"; '
        'filename="plein.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    body = "".join(parts).encode() + head.encode() + file + b"\r\n--grens--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=grens"}


def test_an_editor_adds_a_picture_and_readers_get_it(front, editor):
    path = "/admin/kennisdossier/afbeelding/add/"
    words = {"alt": "Een plein", "maker": "Foto: Wijkteam"}
    words["csrfmiddlewaretoken"] = editor.token(path)
    body, headers = multipart(words, factories.make_picture().read())
    answer = editor.ask("POST", path, body=body, headers=headers)
    assert answer.status == 302, answer.text
    listed = editor.ask("GET", "/admin/kennisdossier/afbeelding/").text
    found = re.search(r"/media/afbeeldingen/\w+\.png", listed)
    assert found
    answer = front.get(found[0])
    assert (answer.status, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert_headers_once(answer)


def test_an_upload_of_ten_megabytes_reaches_the_form_which_says_that_it_is_too_large(
    editor,
):
    path = "/admin/kennisdossier/afbeelding/add/"
    words = {"alt": "Een plein", "maker": "Foto: Wijkteam"}
    words["csrfmiddlewaretoken"] = editor.token(path)
    body, headers = multipart(words, bytes(10 * 1024**2))
    answer = editor.ask("POST", path, body=body, headers=headers)
    assert answer.status == 200
    assert "Dit bestand is 10,0" in answer.text.replace("\xa0", " ")


def test_slow_bodies_hold_up_nobody_and_are_hung_up_on(front):
    with ExitStack() as stack:
        slow = []
        for number in range(100):
            # Forty each: more at a time no address may have.
            connection = front.connect(address(20 + number // 40))
            stack.enter_context(closing(connection))
            connection.putrequest("POST", DELEN)
            connection.putheader("Content-Length", "90000")
            connection.endheaders(b"x")
            slow.append(connection)
        for number in range(10):
            assert front.get(f"/aanpakken/?leeftijd={number}").status == 200
        with pytest.raises(HTTPException):
            slow[0].getresponse()


# Who asks


def test_what_a_client_says_of_where_he_comes_from_is_not_believed(
    behind, front, settings
):
    settings.SECRET_KEY = behind.environment["SECRET_KEY"]

    def share(number: int, source: str) -> int:
        fields = VELDEN | {"sleutel": sleutel(Formulier.VOORBEELD)}
        # The same once more would count once.
        fields["plaats"] = f"Wijk {number}"
        said = {"X-Forwarded-For": f"198.51.100.{number}"}
        return Browser(front, source).send(DELEN, fields, **said).status

    allowed = PER_UUR[Formulier.VOORBEELD]
    answers = [share(number, address(1)) for number in range(allowed + 1)]
    assert answers == [303] * allowed + [429]
    # Somebody else is not held back by that.
    assert share(0, address(2)) == 303


def test_the_site_finds_nothing_odd_in_what_the_proxy_says(behind, front):
    front.get("/over/", headers={"X-Forwarded-For": "198.51.100.1"})
    asked = Request(
        f"http://127.0.0.1:{behind.environment['PORT']}/readyz",
        headers={"X-Forwarded-For": "127.0.0.1"},
    )
    with urlopen(asked, timeout=10) as answer:  # noqa: S310
        assert b'"proxy": "ok"' in answer.read()


def test_who_guesses_passwords_is_held_back_and_others_are_not(front):
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    def guess(source: str) -> Answer:
        return front.ask(
            "POST", "/admin/login/", source=source, body=b"a=b", headers=kind
        )

    answers = [guess(address(3)) for _ in range(15)]
    assert {a.status for a in answers[:10]} == {403}
    refused = answers[-1]
    assert refused.status == 429
    assert refused["Retry-After"] == "60"
    assert "Wacht een minuut" in refused.text
    assert_headers_once(refused)
    assert guess(address(4)).status == 403


# Connections to the site, and workers that come and go


def statuses(front: Nginx, asks: Callable[[int], list[int]], many: int) -> list[int]:
    with ThreadPoolExecutor(many) as pool:
        return [status for found in pool.map(asks, range(many)) for status in found]


def test_a_connection_that_was_idle_for_any_time_fails_no_request(front):
    before = len(front.log())

    def ask(number: int) -> list[int]:
        found = []
        for _ in range(2):
            found.append(front.get("/over/", source=address(40 + number)).status)
            # Around the time that nginx keeps a connection, and that the site does.
            time.sleep(uniform(4.5, 10.5))
        return found

    assert {*statuses(front, ask, 16)} == {200}
    assert "upstream" not in front.log()[before:]


def under_load(front: Nginx, change: Callable[[], None]) -> list[int]:
    """Pages that are kept and pages that are made, for as long as ``change`` takes."""
    stop = Event()

    def ask(number: int) -> list[int]:
        found, source = [], address(60 + number)
        while not stop.is_set():
            path = "/over/" if number % 2 else f"/aanpakken/?leeftijd={len(found) % 90}"
            found.append(front.get(path, source=source).status)
            # Under what one address may ask in a second, and no test of speed.
            time.sleep(0.1)
        return found

    with ThreadPoolExecutor(7) as pool:
        asked = [pool.submit(ask, number) for number in range(6)]
        try:
            change()
        finally:
            stop.set()
        return [status for found in asked for status in found.result()]


def test_behind_the_proxy_no_reader_notices_that_workers_are_replaced(behind, front):
    def reload() -> None:
        before = {*workers.of(behind.server.pid)}
        behind.server.send_signal(signal.SIGHUP)
        behind.wait_for_others(before)

    before = len(front.log())
    answers = under_load(front, reload)
    assert len(answers) > 100
    assert {*answers} == {200}, front.log()[before:]


def test_behind_the_proxy_hardly_a_reader_notices_that_a_worker_is_killed(
    behind, front
):
    def kill() -> None:
        for worker in workers.of(behind.server.pid):
            os.kill(worker, signal.SIGKILL)
            behind.wait_for_others({worker})

    before = len(front.log())
    answers = under_load(front, kill)
    assert {*answers} <= {200, 502}
    # Who was with the one that died and twice got no other: seldom, and of both.
    assert answers.count(502) <= 2, front.log()[before:]
