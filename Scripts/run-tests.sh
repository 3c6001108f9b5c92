#!/bin/sh
# Runs the built tests and, where some fail, repeats at the end what failed and why: in thousands of lines it is lost,
# and a machine that shows only the end of its output would not show it.
# usage: Scripts/run-tests.sh <swift> [<argument of swift test>...]
set -eu

swift=$1
shift
mkdir -p .build
log=.build/tests.log
status=.build/tests.status

echo 1 >"$status"
{
  "$swift" test -c release --skip-build --parallel "$@" 2>&1 && echo 0 >"$status"
} | tee "$log"

[ "$(cat "$status")" = 0 ] && exit 0
echo
echo "== What failed (all of it: $log)"
# An issue is told in its first line and in the lines below it that explain it.
LC_ALL=C awk '
  /recorded an issue|Caught error/ { print; told = 8; next }
  told > 0 && /^(\342\206\263|[[:space:]])/ { print; told--; next }
  { told = 0 }
' "$log"
grep -E "^(✘ Test run|error:|Fatal error|.*: Fatal error)" "$log" || true
exit 1
