#!/usr/bin/env bash
# Starts Jaeger, Prometheus and Grafana, waits until they answer, and prints their addresses.
# Without a container engine it says so and starts the embedded viewer instead.
#
#   ./scripts/start-tracing.sh            development: in memory, no accounts, loopback only
#   ./scripts/start-tracing.sh --prod     keeps its data and restarts; makes a password for Grafana
#   ./scripts/start-tracing.sh --stop     stops what was started; the data stays
#   ./scripts/start-tracing.sh --viewer   the embedded viewer, even where an engine runs; options for it follow `--`
set -euo pipefail
cd "$(dirname "$0")/.."

main() {
  local mode=up viewer_options=()
  local files=(-f infra/docker-compose.tracing.yml)
  while [ $# -gt 0 ]; do
    case "$1" in
      --prod) files+=(-f infra/docker-compose.tracing.prod.yml) ;;
      --stop) mode=stop ;;
      --viewer) mode=viewer ;;
      --) shift; viewer_options=("$@"); break ;;
      -h | --help) usage; return 0 ;;
      *) echo "Unknown option: $1" >&2; usage >&2; return 2 ;;
    esac
    shift
  done

  local reason=""
  if [ "$mode" = viewer ]; then
    reason="As asked for"
  elif ! reason="$(find_engine)"; then
    [ "$mode" = up ] || { echo "$reason: there is nothing to stop." >&2; return 1; }
  else
    reason=""
  fi
  if [ -n "$reason" ]; then viewer "$reason" ${viewer_options[@]+"${viewer_options[@]}"}; fi

  if [ "$mode" = stop ]; then
    "${compose[@]}" -f infra/docker-compose.tracing.yml -f infra/docker-compose.tracing.prod.yml down
    return
  fi
  if [ "${#files[@]}" -gt 2 ]; then make_password; fi
  "${compose[@]}" "${files[@]}" up -d
  wait_for Jaeger http://localhost:16686/
  wait_for Prometheus http://localhost:9090/-/ready
  wait_for Grafana http://localhost:3000/api/health
  cat <<'TEXT'

Jaeger      http://localhost:16686   traces
Prometheus  http://localhost:9090    metrics
Grafana     http://localhost:3000    dashboards

Send traces to http://localhost:4318 (HTTP) or localhost:4317 (gRPC).
Check the way from here: npx @dcmx-tracing/core doctor --send
TEXT
}

usage() {
  sed -n '2,8s/^# \{0,1\}//p' scripts/start-tracing.sh
}

compose=(docker compose)

# Says what is missing, and fails, when containers cannot be started.
find_engine() {
  if ! command -v docker >/dev/null; then echo "Docker is not installed"; return 1; fi
  if ! docker info >/dev/null 2>&1; then echo "The Docker engine does not run or may not be used"; return 1; fi
  if ! docker compose version >/dev/null 2>&1; then echo "Docker has no compose plugin"; return 1; fi
}

# The file is read by Grafana's user in the container, so its folder is what keeps others out.
make_password() {
  local file=infra/secrets/grafana_admin_password
  [ -s "$file" ] && return
  mkdir -p -m 700 infra/secrets
  head -c 24 /dev/urandom | base64 | tr -d '\n=+/' >"$file"
  echo "Grafana: user dcmx, password in $file"
}

wait_for() {
  local tries=0
  printf 'Waiting for %s ' "$1"
  until answers "$2"; do
    tries=$((tries + 1))
    if [ "$tries" -ge "${DCMX_WAIT_TRIES:-90}" ]; then
      printf '\n%s does not answer at %s. Its log: docker compose -f infra/docker-compose.tracing.yml logs %s\n' \
        "$1" "$2" "$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')" >&2
      return 1
    fi
    printf '.'
    sleep 1
  done
  echo "ok"
}

answers() {
  if command -v curl >/dev/null; then
    curl --fail --silent --output /dev/null --max-time 2 "$1"
  else
    wget --quiet --output-document=/dev/null --timeout=2 --tries=1 "$1"
  fi
}

viewer() {
  echo "$1: starting the embedded viewer (no Docker needed). It keeps traces in memory; metrics and dashboards need the stack."
  node scripts/setup.mjs
  exec node --import tsx packages/viewer/src/cli.ts "${@:2}"
}

main "$@"
