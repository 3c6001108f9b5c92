#!/bin/sh
# Lets the client for OpenAI-compatible servers talk to a server that somebody else wrote, on loopback.
#
# usage: Scripts/check-openai-server.sh <model.gguf | model folder>
#
# A GGUF file is served by llama-cpp-python (package llama-cpp-python[server]), a folder with safetensors and
# a chat template by `transformers serve` (packages transformers, torch, accelerate, fastapi, uvicorn, openai,
# python-multipart). PYTHON names the interpreter that has them; TEST the command that runs the tests.
set -eu

fail() {
  printf 'check-openai-server: %s\n' "$*" >&2
  exit 1
}

model=$(realpath "${1:?usage: $0 <model.gguf | model folder>}")
python=${PYTHON:-python3}
test=${TEST:-swift test -c release}

work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT INT TERM

port=$("$python" -c '
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')

case $model in
*.gguf)
  name=tiny
  "$python" -m llama_cpp.server --model "$model" --model_alias "$name" --host 127.0.0.1 --port "$port" \
    --chat_format chatml >"$work/log" 2>&1 &
  ;;
*)
  name=$model
  mkdir "$work/hub"
  HF_HUB_OFFLINE=1 HF_HUB_CACHE="$work/hub" "$python" -m transformers.cli.transformers serve \
    --host 127.0.0.1 --port "$port" --device cpu >"$work/log" 2>&1 &
  ;;
esac
server=$!

tries=0
until "$python" -c "
import socket
socket.create_connection(('127.0.0.1', $port), 1).close()" 2>/dev/null; do
  tries=$((tries + 1))
  kill -0 "$server" 2>/dev/null || fail "the server ended: $(tail -5 "$work/log")"
  [ "$tries" -lt 180 ] || fail "the server does not listen: $(tail -5 "$work/log")"
  sleep 1
done

ATTUNE_TEST_SERVER="http://127.0.0.1:$port/v1" ATTUNE_TEST_SERVER_MODEL="$name" \
  $test --filter RealServerTests || {
  tail -20 "$work/log" >&2
  fail "the client and the server do not agree"
}
echo "check-openai-server: passed"
