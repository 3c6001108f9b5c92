#!/bin/sh
# How long a sync of many small files takes, and a second one after ten of them changed.
#   Benchmarks/sync.sh [files, 10000 where none is given]
# Prints both times and their ratio; ends with 1 where the second takes more than 5% of the first.
set -eu
cd "$(dirname "$0")/.."

attune=${ATTUNE_PROGRAM:-$PWD/.build/release/attune}
files=${1:-10000} # at least 1,000, so that ten files in ten folders can change
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Seeded, so that every run reads the same files: 8 to 16 words under a heading each.
python3 - "$folder/notes" "$files" <<'PYTHON'
import pathlib, random, sys

random.seed(20310402)
folder, files = pathlib.Path(sys.argv[1]), int(sys.argv[2])
words = [
    "".join(random.choices("bdfgklmnprstvz", k=1)[0] + random.choices("aeiou", k=1)[0] for _ in range(random.randint(1, 3)))
    for _ in range(4000)
]
for number in range(files):
    place = folder / f"{number // 100:03}"
    place.mkdir(parents=True, exist_ok=True)
    text = " ".join(random.choices(words, k=random.randint(8, 16)))
    (place / f"note-{number:05}.md").write_text(f"# Note {number}\n\n{text.capitalize()}.\n")
PYTHON

now() { python3 -c 'import time; print(time.monotonic())'; }

mkdir "$folder/work"
cd "$folder/work"
"$attune" init >/dev/null
began=$(now)
"$attune" add ../notes
first=$(now)
for number in 0 1 2 3 4 5 6 7 8 9; do
  echo "Changed since." >> "$folder/notes/$(printf '%03d' "$number")/note-$(printf '%05d' $((number * 100 + number))).md"
done
changed=$(now)
"$attune" sync
second=$(now)

python3 - "$began" "$first" "$changed" "$second" <<'PYTHON'
import sys

began, first, changed, second = map(float, sys.argv[1:])
ratio = (second - changed) / (first - began)
print(f"first sync {first - began:.2f} s, ten changed {second - changed:.2f} s, ratio {ratio:.2%} (at most 5%)")
sys.exit(ratio > 0.05)
PYTHON
