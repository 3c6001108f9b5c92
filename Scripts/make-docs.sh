#!/bin/sh
# The API documentation of the library, as a folder of static pages: .build-docs/Attune.doccarchive
set -eu

docc=$(command -v docc || true)
[ -n "$docc" ] || docc=$(dirname "$(command -v swift)")/docc
[ -x "$docc" ] || { echo "attune: docc is missing; it comes with Swift's toolchain" >&2; exit 3; }
build=.build-docs
swift package --scratch-path "$build" dump-symbol-graph --minimum-access-level public
graphs=$(find "$build" -type d -name symbolgraph | head -1)
rooms=$(mktemp -d)
trap 'rm -rf "$rooms"' EXIT
# The rooms only, not what they depend on.
for room in Sources/*/; do
  name=$(basename "$room")
  find "$graphs" -name "$name.symbols.json" -exec cp {} "$rooms" \;
done
"$docc" convert --fallback-display-name Attune --fallback-bundle-identifier attune \
  --additional-symbol-graph-dir "$rooms" --output-path "$build/Attune.doccarchive"
echo "Written: $build/Attune.doccarchive"
