#!/bin/sh
# Starts the static program in a bare folder that holds nothing but it, the system libraries it names, a model and a
# few documents, and asks it a question: no shell, no certificates, no time zones, no network.
# usage: Scripts/check-binary.sh [<attune> [<model folder>]]
set -eu

program=${1:-.build-static/dist/attune}
limit=90000000

fail() {
  printf 'attune: %s\n' "$*" >&2
  exit 1
}

[ "$(uname -s)" = Linux ] || {
  echo "skipped: the bare folder is made for Linux"
  exit 0
}
[ -x "$program" ] || fail "there is no program at $program; make it with: make binary"
model=${2:-$("$program" models show --json 2>/dev/null | sed -n 's/.*"folder":"\([^"]*\)".*/\1/p')}
[ -f "$model/model.safetensors" ] ||
  fail "the embedding model is missing; get it with: $program models pull"

bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT INT TERM

echo "== The program"
size=$(stat -c %s "$program")
[ "$size" -le "$limit" ] || fail "$program has $size bytes, more than $limit"
echo "size: $size bytes (limit $limit)"
libraries=$(ldd "$program" | sed -n -e 's/.*=> \(\/[^ ]*\) (.*/\1/p' -e 's/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p')
if ldd "$program" | grep -q 'not found'; then fail "a library is missing: $(ldd "$program" | grep 'not found')"; fi
if ldd "$program" | grep -q -i -e libswift -e libfoundation -e libdispatch; then
  fail "a library of the Swift runtime is not linked statically"
fi
echo "needs itself:"
LC_ALL=C readelf -d "$program" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/  \1/p'
if command -v dpkg-query >/dev/null 2>&1; then
  packages=""
  for library in $libraries; do
    real=$(readlink -f "$library")
    owner=$(dpkg-query -S "$real" 2>/dev/null || dpkg-query -S "${real#/usr}" 2>/dev/null || true)
    packages="$packages $(printf '%s\n' "$owner" | sed -n '1s/:.*//p')"
  done
  echo "packages of all libraries loaded: $(printf '%s\n' $packages | sort -u | tr '\n' ' ')"
fi

echo "== The bare folder"
for library in $libraries; do
  mkdir -p "$bare$(dirname "$library")"
  cp -L "$library" "$bare$library"
done
mkdir -p "$bare/data" "$bare/proc" "$bare/tmp"
cp "$program" "$bare/attune"
# The answer model that stands beside it.
answers=$(dirname "$program")/attune-answer
[ -d "$answers" ] && cp -R "$answers" "$bare/attune-answer"
cp -RL "$model" "$bare/model"
cat >"$bare/data/leave.md" <<'TEXT'
# Leave

## Parental leave

Employees of Tern & Holm get 43 days of parental leave, taken in one piece or in weeks.

## Moving house

For moving house there are two days of leave a year.
TEXT
cat >"$bare/data/canteen.html" <<'TEXT'
<!doctype html><title>Canteen</title>
<h1>Canteen</h1><p>The canteen of Tern &amp; Holm opens at 11:40 and closes at 14:10.</p>
TEXT
cat >"$bare/data/boats.csv" <<'TEXT'
boat,berth,length_m
Sea Lark,Berth 12,9.4
Grey Plover,Berth 31,12.8
TEXT
(cd "$bare" && find . -type f | sort | sed 's/^\./  /')

# A namespace of its own gives the folder a /proc, from which Swift reads its arguments on Linux, and no network. The
# mount ends with the program. Where the system allows none of this, only libraries and environment are bare.
namespace="unshare --net --mount"
[ "$(id -u)" = 0 ] || namespace="unshare --map-root-user --net --mount"
enter='mount --rbind /proc "$1/proc" && chroot=$(command -v chroot) && bare=$1 && shift &&
  exec env -i ATTUNE_CACHE=/cache "$chroot" "$bare" /attune "$@"'
if $namespace sh -c "$enter" enter "$bare" --version >/dev/null 2>&1; then
  echo "started by: chroot, without network"
  top=""
  run() { $namespace sh -c "$enter" enter "$bare" "$@"; }
else
  echo "started by: an empty environment and the copied libraries; this system allows no chroot"
  top=$bare
  folders=$(printf '%s\n' "$libraries" | sed "s|^|$bare|; s|/[^/]*$||" | sort -u | tr '\n' ':')
  run() { env -i "ATTUNE_CACHE=$bare/cache" "LD_LIBRARY_PATH=${folders%:}" "$bare/attune" "$@"; }
fi

# Shows a command and what it prints, and keeps the output for the checks.
attempt() {
  printf '$ attune %s\n' "$*"
  code=0
  run "$@" >"$bare/out" 2>"$bare/err" || code=$?
  cat "$bare/out" "$bare/err"
  [ "$code" = 0 ] || fail "it ended with $code in the bare folder"
}
holds() { grep -q -F -e "$1" "$bare/out" || fail "the output lacks: $1"; }

echo "== In the bare folder"
attempt --version
attempt models import "$top/model" --name all-MiniLM-L6-v2
attempt init "$top/work"
attempt add -C "$top/work" "$top/data"
attempt ask -C "$top/work" "How many days of parental leave do employees get?"
holds "43 days of parental leave"
holds "attune://data/leave.md#chars="
attempt ask -C "$top/work" "When does the canteen open?"
holds "opens at 11:40"
attempt ask -C "$top/work" --json "Which berth does the Grey Plover have?"
holds "Berth 31"
holds '"verified":true'
attempt trace -C "$top/work"
[ "$(wc -l <"$bare/out")" = 3 ] || fail "three answers were given, but not three are remembered"
if [ -d "$bare/attune-answer" ]; then
  attempt ask -C "$top/work" --json "How many days of parental leave do employees get?"
  holds '"short_answer"'
fi
attempt doctor -C "$top/work"
echo "== The program runs with its named system libraries alone, and its answers are cited"
