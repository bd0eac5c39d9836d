#!/bin/sh
# Databases and roles of all services, from the secrets that the platform mounts. Idempotent.
# Needs PGHOST and the administrator's PGUSER; psql comes with PostgreSQL's own image.
set -eu
secrets="${SECRETS_DIR:-/run/secrets}"
roles="${ROLES_SQL:-/kim/roles.sql}"

PGPASSWORD="$(cat "$secrets/postgres_password")"
export PGPASSWORD

for service in cases funding referrals; do
  KIM_OWNER_PASSWORD="$(cat "$secrets/kim_${service}_owner_password")" \
  KIM_APP_PASSWORD="$(cat "$secrets/kim_${service}_app_password")" \
  KIM_RELAY_PASSWORD="$(cat "$secrets/kim_${service}_relay_password")" \
    psql --no-psqlrc --quiet --dbname postgres \
      --set=service="$service" --set=database="kim_$service" --file="$roles"
  echo "kim_$service: database and roles are in step"
done
