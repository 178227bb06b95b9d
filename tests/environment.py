"""Loaded by `-p tests.environment` before Django reads its settings: test secrets, a scratch folder, SQLite unless told otherwise."""

import atexit
import os
import shutil
import tempfile

scratch = tempfile.mkdtemp(prefix="childcare-test-")
atexit.register(shutil.rmtree, scratch, ignore_errors=True)
os.environ["ENVIRONMENT"] = "test"
os.environ["VAR_DIR"] = scratch
os.environ["SECRET_KEY"] = "for-tests-only-" + "x" * 50
os.environ["FIELD_KEYS"] = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk="
os.environ.pop("EMAIL_URL", None)
os.environ.pop("REDIS_URL", None)
