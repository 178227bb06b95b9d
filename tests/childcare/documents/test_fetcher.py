"""IO-08: whatever a document says, its maker opens no file and no connection."""

import http.server
import threading

import pytest
import weasyprint

from childcare.documents.fetcher import BASE, FILES, FOLDER, OwnFilesOnly
from childcare.documents.pdf import lay_out

SECRET = "CANARY-7f3a9"


@pytest.fixture
def listener():
    """A server that counts who comes."""
    hits = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.hits = hits
    yield server
    server.shutdown()
    server.server_close()


PAYLOADS = [
    '<img src="{url}">',
    '<img srcset="{url} 2x">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import url({url});</style>',
    '<style>@font-face {{ font-family: X; src: url({url}) }} p {{ font-family: X }}</style><p>x</p>',
    '<p style="background: url({url})">x</p>',
    '<p style="list-style-image: url({url}); display: list-item">x</p>',
    '<style>p::before {{ content: url({url}) }}</style><p>x</p>',
    '<style>@page {{ background: url({url}) }}</style><p>x</p>',
    '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{url}#a"/></svg>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<base href="{url}"><img src="x.png">',
    '<meta http-equiv="refresh" content="0; url={url}">',
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_connection_is_opened(listener, payload):
    data = lay_out(payload.format(url=f"http://127.0.0.1:{listener.server_port}/x.png")).write_pdf(uncompressed_pdf=True)
    assert listener.hits == []
    assert SECRET.encode() not in data


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_file_is_opened(tmp_path, payload):
    (tmp_path / "secret.txt").write_text(SECRET)
    data = lay_out(payload.format(url=f"file://{tmp_path}/secret.txt")).write_pdf(uncompressed_pdf=True)
    assert SECRET.encode() not in data and b"EmbeddedFile" not in data


def test_the_payloads_do_work_without_our_fetcher(listener):
    """The listener would notice: the same HTML with WeasyPrint's own fetcher reaches it."""
    html = PAYLOADS[0].format(url=f"http://127.0.0.1:{listener.server_port}/x.png")
    weasyprint.HTML(string=html).write_pdf()
    assert listener.hits == ["/x.png"]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://documents.invalid/../settings.py", BASE + "fonts/../../vendor/x", BASE + "fonts/OFL.txt",
     BASE + "document.css?x", BASE, "data:text/css,p{}", "ftp://x/y", "", "document.css", "HTTPS://documents.invalid/other.css"],
)  # fmt: skip
def test_only_the_list_is_served(url):
    with pytest.raises(ValueError, match="refused"):
        OwnFilesOnly()(url)


@pytest.mark.parametrize("name", FILES)
def test_what_is_on_the_list_is_there(name):
    assert OwnFilesOnly()(BASE + name).read() == (FOLDER / name).read_bytes()
