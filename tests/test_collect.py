"""Collecting, from servers of this machine alone."""

from __future__ import annotations

import gzip
import json
import threading
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.errors import UsageError
from quotes.readers import read
from quotes.records import Document

pytest.importorskip("feedparser", reason="feedparser is not here (extra: collect)")
pytest.importorskip("protego", reason="protego is not here (extra: collect)")

from quotes.collect import Fetcher, Store, collect

ARTICLE = (
    "<html lang='en'><head><title>{0}</title></head><body><article><h1>{0}</h1><p>President Aldo Brenn said on Tuesday "
    "that the harvest of Norvania was safe, and called it “the fruit of every hand in the land,” as farmers had hoped "
    "for a long time.</p><p>He told reporters that nobody would go hungry.</p></article></body></html>"
)


class Site:
    """A server with pages; what it was asked for, and by whom."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                status, headers, body = site.pages.get(self.path, (404, {}, b""))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body.encode() if isinstance(body, str) else body)
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site():
    found = Site()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


class Time:
    """A clock that goes on when it is slept on."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def fetcher(self, **options: object) -> Fetcher:
        return Fetcher("me@lab.example", sleep=self.sleep, clock=lambda: self.now, **options)


def noon() -> datetime:
    return datetime(2024, 3, 6, 12, tzinfo=UTC)


def rss(site: Site, *paths: str) -> str:
    items = "".join(f"<item><title>x</title><link>{site.root}{path}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


def test_a_feed_is_collected_and_its_pages_are_documents(site, tmp_path):
    for number in (1, 2):
        page = ARTICLE.format(f"Harvest {number}")
        site.page(f"/{number}", page, Content_Type="text/html; charset=utf-8", ETag=f'"{number}"')
    feed = site.page("/feed.xml", rss(site, "/1", "/2", "/1#top"))
    outcome = collect([feed], Store(tmp_path), Time().fetcher(), now=noon)
    assert (outcome.new, outcome.unchanged, outcome.failed) == (2, 0, [])
    sidecars = [json.loads(path.read_text()) for path in sorted(tmp_path.glob("*.meta.json"))]
    for sidecar in sidecars:
        content = (tmp_path / sidecar["file"]).read_bytes()
        assert sidecar["sha256"] == sha256(content).hexdigest()
        assert (sidecar["accessed"], sidecar["found_in"]) == ("2024-03-06T12:00:00+00:00", feed)
        assert sidecar["bytes"] == len(content)
    documents = list(read([tmp_path]))
    assert all(isinstance(document, Document) for document in documents)
    assert {document.title for document in documents} == {"Harvest 1", "Harvest 2"}
    assert all("quotes-collect/1 (+me@lab.example)" in headers["User-Agent"] for _, headers in site.asked)


def test_what_is_kept_is_not_asked_for_again_unless_for_changes(site, tmp_path):
    feed = site.page("/feed.xml", rss(site, "/1"))
    site.page("/1", ARTICLE.format("One"), Content_Type="text/html", ETag='"a"')
    collect([feed], Store(tmp_path), Time().fetcher(), now=noon)
    site.asked.clear()
    assert collect([feed], Store(tmp_path), Time().fetcher()).unchanged == 1
    assert site.paths() == ["/feed.xml"]
    assert collect([feed], Store(tmp_path), Time().fetcher(), again=True).unchanged == 1
    site.page("/1", ARTICLE.format("Two"), Content_Type="text/html", ETag='"b"')
    assert collect([feed], Store(tmp_path), Time().fetcher(), again=True).new == 1
    assert len(list(tmp_path.glob("*.html"))) == 2, "the older one is kept"


def test_a_run_that_is_stopped_goes_on(site, tmp_path):
    paths = [f"/{number}" for number in range(5)]
    for path in paths:
        site.page(path, ARTICLE.format(path), Content_Type="text/html")
    feed = site.page("/feed.xml", rss(site, *paths))
    assert collect([feed], Store(tmp_path), Time().fetcher(), most=2).new == 2
    outcome = collect([feed], Store(tmp_path), Time().fetcher())
    assert (outcome.new, outcome.unchanged) == (3, 2)
    assert sorted(site.paths()).count("/0") == 1


def test_robots_txt_is_obeyed_and_sets_the_pace(site, tmp_path):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site.page("/1", ARTICLE.format("One"), Content_Type="text/html")
    site.page("/private/2", ARTICLE.format("Two"), Content_Type="text/html")
    (tmp_path / "list.txt").write_text(f"# ours\n{site.root}/1\n{site.root}/private/2\n")
    time = Time()
    outcome = collect([str(tmp_path / "list.txt")], Store(tmp_path / "pages"), time.fetcher())
    assert outcome.new == 1
    assert [error.reason for error in outcome.failed] == ["robots.txt does not allow it"]
    assert "/private/2" not in site.paths()
    assert time.slept == [7.0]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_without_robots_txt_all_is_allowed_and_nothing_where_it_cannot_be_had(site, tmp_path, status, allowed):
    site.page("/robots.txt", "", status)
    site.page("/1", "words", Content_Type="text/plain")
    (tmp_path / "list.txt").write_text(f"{site.root}/1\n")
    outcome = collect([str(tmp_path / "list.txt")], Store(tmp_path / "pages"), Time().fetcher(wait=0.0))
    assert outcome.new == allowed


def test_sitemaps_within_sitemaps_and_packed_ones(site, tmp_path):
    site.page("/1", "one", Content_Type="text/plain")
    site.page("/2", "two", Content_Type="text/plain")
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = f"<urlset {space}><url><loc>{site.root}/1</loc></url><url><loc>/2</loc></url></urlset>"
    site.page("/news.xml.gz", gzip.compress(news.encode()))
    whole = f"<sitemapindex {space}><sitemap><loc>{site.root}/news.xml.gz</loc></sitemap></sitemapindex>"
    index = site.page("/sitemap.xml", whole)
    loop = site.page("/loop.xml", f"<sitemapindex><sitemap><loc>{site.root}/loop.xml</loc></sitemap></sitemapindex>")
    outcome = collect([index, loop], Store(tmp_path), Time().fetcher())
    assert outcome.new == 2
    assert [error.where for error in outcome.failed] == [loop]


def test_atom(site, tmp_path):
    site.page("/1", "one", Content_Type="text/plain")
    entry = f'<title>t</title><entry><link href="{site.root}/1"/></entry>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    assert collect([site.page("/atom", atom)], Store(tmp_path), Time().fetcher()).new == 1


def test_what_cannot_be_fetched_is_listed_and_the_others_go_on(site, tmp_path):
    site.page("/gone", "", 410)
    site.page("/away", "", 302, Location="/there")
    site.page("/there", "found", Content_Type="text/plain")
    site.page("/round", "", 302, Location="/round")
    site.page("/file", "", 302, Location="file:///etc/passwd")
    site.page("/busy", "", 503, Retry_After="5")
    paths = ("/gone", "/away", "/round", "/file", "/busy")
    (tmp_path / "list.txt").write_text("".join(f"{site.root}{path}\n" for path in paths) + "ftp://x/y\n")
    outcome = collect([str(tmp_path / "list.txt")], Store(tmp_path / "pages"), Time().fetcher())
    assert outcome.new == 1
    reasons = {error.where.removeprefix(site.root): error.reason for error in outcome.failed}
    assert set(reasons) == {"/gone", "/round", "/file", "/busy", "ftp://x/y"}
    assert "410" in reasons["/gone"]
    assert "503" in reasons["/busy"]
    assert site.paths().count("/busy") == 3


@pytest.mark.parametrize("body", ["<html><body>no feed</body></html>", "just words\n", "<a>", b"\x1f\x8bxx"])
def test_what_is_no_list_is_told(site, tmp_path, body):
    outcome = collect([site.page("/x", body)], Store(tmp_path), Time().fetcher())
    assert len(outcome.failed) == 1


def test_entities_of_a_sitemap_are_left_alone(site, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("http://secret.example/")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><urlset><url><loc>&e;</loc></url></urlset>'
    outcome = collect([site.page("/x", evil)], Store(tmp_path / "pages"), Time().fetcher())
    assert not any("secret.example" in str(error) for error in outcome.failed)
    assert outcome.new == 0


def test_the_command(site, tmp_path):
    site.page("/1", ARTICLE.format("One"), Content_Type="text/html")
    feed = site.page("/feed.xml", rss(site, "/1", "/gone"))
    arguments = ["collect", feed, "--output", str(tmp_path / "pages"), "--contact", "me@lab.example", "--wait", "0"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1, done.output
    assert "1 page fetched" in done.stderr
    assert "/gone: the server answers 404" in done.stderr
    assert CliRunner().invoke(app, arguments[:4]).exit_code == 2


def test_nobody_collects_without_a_name():
    with pytest.raises(UsageError, match="who collects"):
        Fetcher(" ")
