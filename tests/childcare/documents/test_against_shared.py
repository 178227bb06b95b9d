"""The coarse check of layout that lies beside the checkout, when it is there."""

import subprocess
import sys
from pathlib import Path

import pytest

from childcare.documents.pdf import render_pdf
from tests.childcare.documents import samples

TOOL = Path(__file__).resolve().parents[4] / "shared" / "tools" / "nd30.py"


@pytest.mark.shared
@pytest.mark.skipif(not TOOL.exists(), reason="../shared does not lie beside the checkout")
@pytest.mark.parametrize("name", ["one_page", "report", "annex_300", "printed_list"])
def test_the_layout_of_nd30_holds(name, tmp_path):
    doc = getattr(samples, name)()
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(doc))
    run = subprocess.run([sys.executable, TOOL, file, "--kind", doc.kind], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
