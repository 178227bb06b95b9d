"""The compose file, offline: its schema, and what must be true of each service."""

import contextlib
import importlib.util
import os
import re
import subprocess
import sys
import time
import urllib.error
from pathlib import Path
from types import SimpleNamespace

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"migrate", "web", "worker", "beat", "postgres", "redis"}
OURS = SERVICES - {"postgres", "redis"}


@pytest.fixture(scope="module")
def compose():
    return YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_file_holds_the_schema():
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [tool, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_services_are_there_and_the_long_lived_ones_are_watched(compose):
    assert set(compose["services"]) == SERVICES
    for name in SERVICES - {"migrate"}:
        assert compose["services"][name]["healthcheck"]["test"], name
        assert compose["services"][name]["restart"] == "unless-stopped"
    assert compose["services"]["migrate"]["restart"] == "no"


def test_work_begins_after_the_migration_and_with_healthy_servers(compose):
    for name in OURS - {"migrate"}:
        needs = {other: how["condition"] for other, how in compose["services"][name]["depends_on"].items()}
        assert needs == {"migrate": "service_completed_successfully", "postgres": "service_healthy", "redis": "service_healthy"}


@pytest.mark.parametrize("name", sorted(OURS | {"redis"}))
def test_our_processes_can_write_nowhere_but_their_volumes(compose, name):
    service = compose["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"] and not service.get("privileged")


def test_nothing_but_web_is_reached_and_only_from_this_host(compose):
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert list(ports) == ["web"] and all(port.startswith("127.0.0.1:") for port in ports["web"])
    assert compose["networks"]["inside"]["internal"] is True
    assert compose["services"]["postgres"]["networks"] == compose["services"]["redis"]["networks"] == ["inside"]


def test_no_secret_stands_in_the_file(compose):
    """Each secret comes from the environment, and its absence stops the start with its name."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ALLOWED_HOSTS", "PUBLIC_URL"):
        assert re.search(rf"\$\{{{name}:\?[^}}]*{name}", text), name
        assert not re.search(rf"\$\{{{name}:-[^}}]+\}}", text), name


def test_versions_and_redis_are_as_operations_say(compose):
    assert compose["services"]["postgres"]["image"].startswith("postgres:15")
    assert compose["services"]["redis"]["image"].startswith("redis:7")
    command = compose["services"]["redis"]["command"][-1]
    assert "--maxmemory-policy noeviction" in command and "--requirepass" in command


def test_data_lie_in_named_volumes(compose):
    assert set(compose["volumes"]) == {"anchors", "database", "files", "queue"}
    for name in OURS:
        mounted = [f"{volume}:/var/lib/childcare/{volume}" for volume in ("files", "anchors")]
        assert compose["services"][name]["volumes"] == mounted


def test_the_example_names_every_variable_and_has_no_secret(compose):
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if re.match(r"[A-Z_]+=", line)
    )
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert set(example) == asked
    assert not any(example[name] for name in ("SECRET_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL"))


def test_the_image_is_built_without_secrets_and_runs_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["childcare"] and any("--uid 10001" in line for line in lines)
    assert not any(line.startswith(("ARG ", "ADD ")) for line in lines)
    assert not any("KEY" in line for line in lines if line.startswith("ENV"))
    copied = {line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line}
    assert {"childcare", "plans", "reports", "templates", "static", "docker"} <= copied and "." not in copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*" and not any(name in ignored for name in ("!var", "!.env", "!tests"))


def alive():
    spec = importlib.util.spec_from_file_location("alive", ROOT / "docker" / "alive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_beat_is_alive_while_it_writes_its_schedule(tmp_path):
    module = alive()
    assert not module.beat(tmp_path)
    file = tmp_path / "schedule.db"
    file.touch()
    assert module.beat(tmp_path)
    long_ago = time.time() - 3600
    os.utime(file, (long_ago, long_ago))
    assert not module.beat(tmp_path)


@pytest.mark.parametrize(("answer", "lives"), [(200, True), (503, False), (None, False)])
def test_web_is_alive_when_healthz_says_so(monkeypatch, answer, lives):
    module = alive()

    def urlopen(asked, timeout):
        assert asked.full_url == "http://127.0.0.1:8000/healthz" and asked.get_header("Host") == "treem.example.vn"
        if answer != 200:
            raise (
                urllib.error.URLError("refused")
                if answer is None
                else urllib.error.HTTPError(asked.full_url, answer, "", {}, None)
            )
        return contextlib.nullcontext(SimpleNamespace(status=200))

    monkeypatch.setenv("ALLOWED_HOSTS", "treem.example.vn,other.example.vn")
    monkeypatch.setattr(module.urllib.request, "urlopen", urlopen)
    assert module.web() is lives
