"""A machine without a single font prints the same: the faces come from our own files."""

import os
import subprocess
import sys
from pathlib import Path

from childcare.documents.pdf import render_pdf
from tests.childcare.documents import samples
from tests.childcare.documents.looking import pages

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys, tests.environment, django
django.setup()
from childcare.documents.pdf import render_pdf
from tests.childcare.documents import samples
sys.stdout.buffer.write(render_pdf(samples.one_page()))
"""


def test_without_fonts_of_the_system_every_word_stands_where_it_stood(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    env = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "DJANGO_SETTINGS_MODULE": "childcare.settings"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], cwd=ROOT, env=env, capture_output=True, check=True)
    bare, here = pages(done.stdout), pages(render_pdf(samples.one_page()))
    assert {char["fontname"].split("+")[1].split("-")[0] for char in bare[0].chars} == {"Tinos"}
    place = [
        [(char["text"], round(char["x0"], 1), round(char["top"], 1), char["size"]) for char in page.chars]
        for page in (bare[0], here[0])
    ]
    assert place[0] == place[1]
