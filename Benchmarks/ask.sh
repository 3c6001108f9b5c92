#!/bin/sh
# How long one question takes, whole process: the median of 21 runs on a workspace that is ready.
#   Benchmarks/ask.sh [workspace, .attune-demo where none is given]
# Ends with 1 where the median is more than 0.4 s.
set -eu
cd "$(dirname "$0")/.."

attune=${ATTUNE_PROGRAM:-$PWD/.build/release/attune}
workspace=${1:-.attune-demo}
if [ ! -f "$workspace/attune.yaml" ]; then
  echo "There is no workspace in $workspace; make demo makes one." >&2
  exit 3
fi

python3 - "$attune" "$workspace" <<'PYTHON'
import statistics, subprocess, sys, time

attune, workspace = sys.argv[1:]
questions = [
    "Who has to approve access to a system?",
    "How long does a salt loop take?",
    "Who is our contact at Dunmarrow Pilots?",
]
times = []
# The first runs warm the disk cache and are not counted.
for run in range(-2, 21):
    began = time.monotonic()
    command = [attune, "ask", "-C", workspace, questions[run % len(questions)]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if run >= 0:
        times.append(time.monotonic() - began)
median = statistics.median(times)
print(f"attune ask, {len(times)} runs: median {median * 1e3:.0f} ms, {min(times) * 1e3:.0f} to {max(times) * 1e3:.0f} ms (at most 400 ms)")
sys.exit(median > 0.4)
PYTHON
