#!/bin/sh
# The main job on the example company: take in its files and its database, ask, see the sources, and measure whether
# retrieval, fine-tuning or both answer its questions best.
# usage: Scripts/demo.sh <attune> <folder for the workspace> [full]
set -eu

attune=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
workspace=$2
example=$(cd "$(dirname "$0")/../Examples/veldmark" && pwd)

ask() {
  printf '\n$ attune ask "%s"\n' "$1"
  "$attune" ask -C "$workspace" "$1"
}

echo "== Making a workspace in $workspace"
mkdir -p "$workspace"
"$attune" init "$workspace" >/dev/null

echo "== Taking in the files and the database of Veldmark Instruments, a company made up for Attune"
"$attune" add -C "$workspace" "$example/documents" "$example/records" "$example/data" "$example/database"

echo "== Asking"
ask "What is slack tide?"
ask "How many days of annual leave does everyone have?"
ask "Who is our contact at Dunmarrow Pilots?"
ask "How many orders did Port of Fennwick place in 2030?"
ask "What is the password of the guest network?"

questions=$example/questions/questions.jsonl
echo
if [ "${3:-}" = full ]; then
  echo "== Comparing four arms on all test questions, with seeds, learning curve and later editions (about an hour)"
  "$attune" compare -C "$workspace" "$questions" --seeds 3 --learning --changes "$example/editions"
else
  echo "== Comparing four arms on 120 of the test questions (about ten minutes; it goes on where it was stopped)"
  "$attune" compare -C "$workspace" "$questions" --limit 120
fi

cat <<END

That is the main job. Try your own:
  $attune ask -C $workspace "..."
  $attune search -C $workspace "..."
  $attune sources -C $workspace
  $attune advise -C $workspace --weights quality=4,freshness=3
With your data: attune init, attune add <folder or database>, attune ask "...", attune compare <questions>
END
