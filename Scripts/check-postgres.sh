#!/usr/bin/env bash
# Starts a PostgreSQL server in a folder of its own for trying things by hand, fills it with a
# small shop, and prints how to connect. It runs until Return is pressed, then it is gone with all it held.
#
#   Scripts/check-postgres.sh [ROWS]      ROWS readings beside the shop (default 1000)
#
# PostgreSQL's programs are looked for in $ATTUNE_POSTGRES_BIN, Debian's folders and PATH.
set -euo pipefail

rows=${1:-1000}
[[ $rows =~ ^[0-9]+$ ]] || { echo "usage: $0 [ROWS]" >&2; exit 2; }

programs=
for place in "${ATTUNE_POSTGRES_BIN:-}" \
  $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) ${PATH//:/ }; do
  if [[ -x $place/initdb && -x $place/pg_ctl && -x $place/psql ]]; then
    programs=$place
    break
  fi
done
if [[ -z $programs ]]; then
  echo "no PostgreSQL server found: apt install postgresql, or set ATTUNE_POSTGRES_BIN" >&2
  exit 1
fi

# PostgreSQL refuses to run as root.
as=()
if [[ $(id -u) == 0 ]]; then
  user=nobody
  if id postgres >/dev/null 2>&1; then user=postgres; fi
  as=(runuser -u "$user" --)
fi

# A socket's path may have about a hundred bytes.
folder=$(mktemp -d /tmp/attune-pg-XXXXXX)
stop() {
  "${as[@]}" "$programs/pg_ctl" stop -s -m immediate -D "$folder/data" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && echo "$password" >"$folder/password")
if [[ ${#as[@]} -gt 0 ]]; then chown -R "$user" "$folder"; fi
chmod 755 "$folder"

"${as[@]}" "$programs/initdb" --pgdata="$folder/data" --username=owner --encoding=UTF8 \
  --locale=C --no-sync --auth-local=trust --auth-host=scram-sha-256 \
  --pwfile="$folder/password" >/dev/null
started=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if "${as[@]}" "$programs/pg_ctl" start -s -w -D "$folder/data" -l "$folder/data/log" \
    -o "-k $folder -p $port -c listen_addresses=127.0.0.1 -c fsync=off"; then
    started=yes
    break
  fi
done
if [[ -z $started ]]; then
  echo "the server does not start" >&2
  exit 1
fi

"$programs/psql" -X -q -v ON_ERROR_STOP=1 -v rows="$rows" -v password="$password" \
  "host=$folder port=$port user=owner dbname=postgres" <<'SQL'
CREATE ROLE reader LOGIN PASSWORD :'password';
CREATE DATABASE shop;
\connect shop
CREATE TABLE ports (id int PRIMARY KEY, code text, name text);
CREATE TABLE orders (id int PRIMARY KEY, port_id int REFERENCES ports, placed date,
  freight numeric(8,2), note text);
CREATE TABLE readings (id int PRIMARY KEY, port_id int REFERENCES ports, level numeric(6,2),
  taken timestamptz);
INSERT INTO ports VALUES (17, 'HAL', 'Port of Haldersund'), (18, 'LOR', 'Port of Lorneby');
INSERT INTO orders VALUES (10248, 17, '2030-04-02', 32.38, 'by boat'),
  (10249, 18, '2030-05-02', 7, NULL);
INSERT INTO readings SELECT i, 17 + i % 2, i % 997 / 10.0, '2030-01-01'::timestamptz
  + i * interval '1 minute' FROM generate_series(1, :rows) AS i;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
SQL

cat <<END
through a socket, without a password:
  postgresql://reader@:$port/shop?host=$folder
over TCP, with the password from the environment:
  PGPASSWORD=$password … postgresql://reader@127.0.0.1:$port/shop
as the owner, for changes:
  $programs/psql "host=$folder port=$port user=owner dbname=shop"
Press Return to stop the server.
END
read -r _ || true
