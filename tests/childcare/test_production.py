"""Production starts with the right environment and with no other, and says which value is wrong and how to mend it."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.test import RequestFactory

from childcare.middleware import ClientAddressMiddleware

ROOT = Path(__file__).resolve().parents[2]
RIGHT = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgres://childcare:x@127.0.0.1:1/childcare",
    "REDIS_URL": "redis://:x@127.0.0.1:1/0",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "FIELD_KEYS": f"{Fernet.generate_key().decode()},{Fernet.generate_key().decode()}",
    "ALLOWED_HOSTS": "treem.example.vn",
    "PUBLIC_URL": "https://treem.example.vn",
}


def run(command, tmp_path, **changes):
    """A process with nothing of ours in its environment but these values; None leaves one out."""
    values = {name: value for name, value in {**RIGHT, "VAR_DIR": str(tmp_path), **changes}.items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env={**kept, **values}, capture_output=True, text=True, check=False, timeout=120)  # fmt: skip


def start(tmp_path, **changes):
    return run(["-c", "import childcare.settings as s; print('started', s.PRODUCTION, s.DEBUG)"], tmp_path, **changes)


def test_it_starts_with_the_right_environment(tmp_path):
    done = start(tmp_path)
    assert done.stdout.strip() == "started True False", done.stderr


@pytest.mark.parametrize(
    ("changes", "which", "how"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL", "PostgreSQL"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL", "PostgreSQL"),
        ({"DEBUG": "1"}, "DEBUG", "off"),
        ({"DEMO": "1"}, "DEMO", "off"),
        ({"SECRET_KEY": None}, "SECRET_KEY", "set it in the environment"),
        ({"SECRET_KEY": ""}, "SECRET_KEY", "set it in the environment"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY", "50 characters"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY", "random"),
        ({"SECRET_KEY": "change-me-" * 8}, "SECRET_KEY", "random"),
        ({"FIELD_KEYS": None}, "FIELD_KEYS", "set it in the environment"),
        ({"FIELD_KEYS": "not-a-key"}, "FIELD_KEYS", "openssl rand"),
        ({"FIELD_KEYS": RIGHT["FIELD_KEYS"] + ",broken"}, "FIELD_KEYS", "openssl rand"),
        ({"REDIS_URL": None}, "REDIS_URL", "Redis"),
        ({"TRAINING_TODAY": "2024-05-02"}, "TRAINING_TODAY", "empty"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS", "host names"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS", "host names"),
        ({"ALLOWED_HOSTS": "treem.example.vn,*.example.vn"}, "ALLOWED_HOSTS", "without *"),
        ({"PUBLIC_URL": None}, "PUBLIC_URL", "https://"),
        ({"PUBLIC_URL": "http://treem.example.vn"}, "PUBLIC_URL", "https://"),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT", "embedded, test or production"),
        ({"PROXY_COUNT": "two"}, "PROXY_COUNT", "whole number"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(tmp_path, changes, which, how):
    done = start(tmp_path, **changes)
    assert done.returncode != 0 and done.stdout == ""
    last = done.stderr.strip()[-600:]
    assert which in last and how in last


def test_secrets_are_never_taken_from_files_in_production(tmp_path):
    (tmp_path / "secret_key").write_text(RIGHT["SECRET_KEY"])
    assert "SECRET_KEY is missing" in start(tmp_path, SECRET_KEY=None).stderr


def test_every_problem_is_told_at_once_and_no_secret_is_shown(tmp_path):
    done = start(tmp_path, DEBUG="1", DEMO="1", REDIS_URL=None, SECRET_KEY="short-but-secret")
    assert all(name in done.stderr for name in ("DEBUG", "DEMO", "REDIS_URL", "SECRET_KEY"))
    assert "short-but-secret" not in done.stderr and RIGHT["FIELD_KEYS"] not in done.stderr


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    """WB-01: nothing silenced, no warning."""
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "SILENCED_SYSTEM_CHECKS" not in (ROOT / "childcare" / "settings.py").read_text()


def test_static_files_are_collected_as_the_image_does_it(tmp_path):
    """Strict manifest: every address inside our style sheets leads to a file."""
    changes = {
        "SECRET_KEY": "build",
        "FIELD_KEYS": "build",
        "REDIS_URL": "redis://build",
        "DATABASE_URL": None,
        "ALLOWED_HOSTS": None,
        "PUBLIC_URL": None,
    }
    done = run(
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        tmp_path,
        STATIC_ROOT=str(tmp_path / "static"),
        **changes,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


def address(forwarded, proxies, settings):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    return ClientAddressMiddleware(lambda asked: asked.META["REMOTE_ADDR"])(request)


@pytest.mark.parametrize(
    ("forwarded", "proxies", "seen"),
    [
        ("203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", 1, "203.0.113.7"),  # what the caller wrote himself does not count
        ("1.1.1.1, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("203.0.113.7", 0, "10.0.0.9"),
        ("203.0.113.7", 2, "10.0.0.9"),
        ("<script>", 1, "10.0.0.9"),
        (None, 1, "10.0.0.9"),
    ],
)
def test_the_address_of_the_caller_behind_proxies(forwarded, proxies, seen, settings):
    assert address(forwarded, proxies, settings) == seen
