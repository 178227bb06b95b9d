"""What the PDF maker may read: a fixed list of our own static files, by made-up addresses that lead nowhere (IO-08)."""

from django.conf import settings
from weasyprint.urls import URLFetcherResponse

BASE = "https://documents.invalid/"
FOLDER = settings.BASE_DIR / "static" / "documents"
FACES = {"Regular": "normal", "Bold": "bold", "Italic": "italic", "BoldItalic": "bold italic"}
FILES = {"document.css": "text/css", **{f"fonts/Tinos-{face}.ttf": "font/ttf" for face in FACES}}


class OwnFilesOnly:
    """A fetcher without network, without `file:` and without `data:`; all else is an error and stays out of the document."""

    _fail_on_errors = False  # asked by WeasyPrint: go on without the thing that was refused

    def __call__(self, url):
        name = url.removeprefix(BASE)
        if not url.startswith(BASE) or name not in FILES:
            raise ValueError("refused: a document shows our own style and fonts and nothing else")
        return URLFetcherResponse(url, (FOLDER / name).read_bytes(), {"Content-Type": FILES[name]})
