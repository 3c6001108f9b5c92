#!/bin/sh
# Runs every experiment and checks its figures. The public question sets lie outside the repository;
# where they are missing, the experiments that need them are skipped, and it is said.
# usage: Scripts/experiments.sh <attune>
set -eu

attune=$1
work=.attune-experiments
shared=${ATTUNE_SHARED:-../shared}
status=0

if [ -d "$shared/data/qa" ]; then
  [ -f "$work/retrieval/corpus.jsonl" ] ||
    python3 Scripts/prepare-retrieval-data.py --shared "$shared" --out "$work/retrieval"
  [ -f "$work/medquad/corpus.jsonl" ] ||
    python3 Scripts/prepare-medquad.py --shared "$shared" --out "$work/medquad"
fi
for experiment in Experiments/*.yaml; do
  if grep -q "$work" "$experiment" && [ ! -f "$work/retrieval/corpus.jsonl" ]; then
    echo "skipped: $experiment needs the public question sets in $shared"
    continue
  fi
  echo "== $experiment"
  "$attune" evaluate "$experiment" --results Experiments/results --work "$work" || status=1
done
exit $status
