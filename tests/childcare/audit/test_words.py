"""Every action recorded anywhere in the product has its words."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

from childcare.audit import words
from childcare.audit.words import ACTIONS, action_word

ROOT = Path(__file__).resolve().parents[3]


def recorded():
    """Every text given as an action to `record`, with the file in which it stands."""
    for top in ("childcare", "cases", "plans", "reports"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "record"
                    and node.args
                ):
                    for part in ast.walk(node.args[0]):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                            yield part.value, path.relative_to(ROOT)


def test_every_recorded_action_has_words():
    without = {f"{action} ({path})" for action, path in recorded() if action not in ACTIONS}
    assert not without


def test_no_action_has_its_words_in_two_places():
    kept = [importlib.import_module(f"{words.__name__}.{module.name}").WORDS for module in pkgutil.iter_modules(words.__path__)]
    assert sum(len(part) for part in kept) == len(ACTIONS)


def test_words_are_told_apart():
    assert len(set(ACTIONS.values())) == len(ACTIONS)


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_words_begin_with_a_capital_and_hold_no_code(action):
    said = ACTIONS[action]
    assert said[0].isupper() and "." not in said and "_" not in said


def test_an_unknown_action_is_shown_and_not_hidden():
    assert action_word("cu.ky") == "Việc khác (cu.ky)"
