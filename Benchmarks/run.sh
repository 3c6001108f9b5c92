#!/bin/sh
# Run the benchmarks beside their peers. The peers live in .venv-peers and .venv-ingest, made on the first run.
#   Benchmarks/run.sh [embed|generate|tune|ingest] [arguments for Benchmarks/peers/<that>.py]
# Without the first word, embed and generate run.
set -eu
cd "$(dirname "$0")/.."

environment=.venv-peers
wanted=Benchmarks/peers/requirements.txt
if [ "${1:-}" = ingest ]; then
  environment=.venv-ingest
  wanted=Benchmarks/peers/requirements-ingest.txt
fi
if ! cmp -s "$wanted" "$environment/installed.txt"; then
  echo "Installing the peers into $environment ..."
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement "$wanted"
  cp "$wanted" "$environment/installed.txt"
fi

case "${1:-}" in
  embed | generate | tune | ingest)
    benchmark=$1
    shift
    exec "$environment/bin/python" "Benchmarks/peers/$benchmark.py" "$@"
    ;;
esac
"$environment/bin/python" Benchmarks/peers/embed.py "$@"
"$environment/bin/python" Benchmarks/peers/generate.py "$@"
