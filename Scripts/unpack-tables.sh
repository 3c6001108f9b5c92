#!/bin/sh
# Unpacks the tables of WikiTableQuestions (arXiv 1508.00305) for the training of the answer model.
# usage: Scripts/unpack-tables.sh [<csv.tar.gz> [<folder>]]
set -eu

archive=${1:-../shared/data/qa/wikitablequestions-train/csv.tar.gz}
folder=${2:-.attune-experiments/wikitables}

[ -f "$archive" ] || {
  echo "attune: there is no $archive" >&2
  exit 1
}
mkdir -p "$folder"
tar xzf "$archive" -C "$folder"
echo "$folder: $(find "$folder" -name '*.csv' | wc -l) tables"
