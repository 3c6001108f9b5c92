#!/bin/sh
# Builds one stripped program with the Swift runtime inside: .build-static/dist/attune. It is then started in a bare
# folder by Scripts/check-binary.sh.
set -eu

build=.build-static
echo "== Building the static program"
# Exported symbols, which no other program links to, would keep code that nothing calls. LLVM's linker, which comes with
# Swift, packs the relocations of a position-independent program into a twentieth (RELR; glibc 2.36 or later reads them).
link=
[ "$(uname -s)" = Linux ] &&
  link="-Xswiftc -use-ld=lld -Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs"
# Half of what ICU brings along is names in languages that Attune does not print.
resources=$(swiftc -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p')
icu=${resources}_static/linux/lib_FoundationICU.a
[ -n "$link" ] && [ -f "$icu" ] && link="$link $(Scripts/trim-icu-data.py "$icu" "$PWD/$build/icu-data.o")"
# shellcheck disable=SC2086 # several words, or none
swift build -c release --product attune --static-swift-stdlib --scratch-path "$build" $link
mkdir -p "$build/dist"
cp "$build/release/attune" "$build/dist/attune"
strip "$build/dist/attune"
# The answer model stands beside the program.
rm -rf "$build/dist/attune-answer"
cp -R Sources/Attune/Resources/attune-answer "$build/dist/attune-answer"
size=$(stat -c %s "$build/dist/attune" 2>/dev/null || stat -f %z "$build/dist/attune")
echo "$build/dist/attune: $((size / 1000000)) MB"
if command -v ldd >/dev/null 2>&1; then
  echo "System libraries it needs:"
  ldd "$build/dist/attune" | sed 's/ (0x.*//; s/^[[:space:]]*/  /'
fi
[ "$size" -le 90000000 ] || { echo "attune: larger than 90 MB" >&2; exit 1; }
