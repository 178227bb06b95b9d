# One image for web, worker, beat and the one-shot migration. Built without secrets; runs as an ordinary user.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/venv/bin:$PATH
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

FROM base AS packages
COPY requirements.txt .
RUN python -m venv /opt/venv && pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM base
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp childcare \
 && install -d -o childcare -g childcare -m 0700 /var/lib/childcare /var/lib/childcare/files /var/lib/childcare/anchors
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY manage.py LICENSE ./
COPY childcare childcare
COPY plans plans
COPY reports reports
COPY templates templates
COPY static static
COPY docker docker
ENV ENVIRONMENT=production VAR_DIR=/var/lib/childcare FILES_DIR=/var/lib/childcare/files STATIC_ROOT=/app/staticfiles HOME=/tmp
# Collecting static files needs no database and no real secret; these values stay in this one command.
RUN SECRET_KEY=build FIELD_KEYS=build REDIS_URL=redis://build python manage.py collectstatic --noinput --verbosity 0
USER childcare
EXPOSE 8000
CMD ["gunicorn", "childcare.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--timeout", "60", "--max-requests", "2000", "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning"]
