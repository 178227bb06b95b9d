# Sourced by bin/test and bench/run: a PostgreSQL cluster of its own in a temporary folder, gone when the script ends.
# Sets DATABASE_URL unless it is set already. PostgreSQL refuses root, so root starts it as the user postgres.
if [ -z "${DATABASE_URL:-}" ]; then
  pg_folder=$(mktemp -d)
  pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  pg_port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  pg_as() { "$@"; }
  if [ "$(id -u)" = 0 ]; then chown postgres "$pg_folder"; pg_as() { runuser -u postgres -- "$@"; }; fi
  pg_stop() { (cd / && pg_as "$pg_bin/pg_ctl" -D "$pg_folder/data" -m immediate stop >/dev/null 2>&1) || true; rm -rf "$pg_folder"; }
  trap pg_stop EXIT
  (cd "$pg_folder"
   pg_as "$pg_bin/initdb" -D "$pg_folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
   pg_as "$pg_bin/pg_ctl" -D "$pg_folder/data" -l "$pg_folder/log" -w start \
     -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg_folder -c fsync=${PG_FSYNC:-off} -c max_connections=200 ${PG_OPTIONS:-}" >/dev/null
   pg_as "$pg_bin/createdb" -h 127.0.0.1 -p "$pg_port" -U postgres childcare)
  export DATABASE_URL="postgres://postgres@127.0.0.1:$pg_port/childcare"
fi
