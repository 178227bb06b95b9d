"""The whole architecture test: imports point downwards, and never hide inside a function."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "childcare.lib", "childcare.audit", "childcare.jobs", "childcare.inbox", "childcare.units", "childcare.accounts",
    "childcare.documents", "childcare.indicators", "childcare.children", "cases", "plans", "reports",
]  # fmt: skip
PROJECT = ("childcare.settings", "childcare.urls", "childcare.views", "childcare.context_processors")


def imported_names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("app", LAYERS)
def test_imports_point_downwards(app):
    above = (*(f"{other}." for other in LAYERS[LAYERS.index(app) + 1 :]), *(f"{name}." for name in PROJECT))
    for path in (ROOT / app.replace(".", "/")).rglob("*.py"):
        wrong = [name for name in imported_names(ast.parse(path.read_text(encoding="utf-8"))) if f"{name}.".startswith(above)]
        assert not wrong, f"{path.relative_to(ROOT)}: {wrong}"


@pytest.mark.parametrize("top", ["childcare", "cases", "plans", "reports"])
def test_no_import_hides_inside_a_function(top):
    for path in (ROOT / top).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [part for part in ast.walk(node) if isinstance(part, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path.relative_to(ROOT)}: {node.name}"
