#!/bin/sh
# Cross-builds the C kernels for arm64 and compares the NEON version with the scalar reference under
# qemu's user emulation, with and without the dot-product instructions.
#
# Needs clang (swift's own will do), an arm64 C library (Debian: libc6-dev-arm64-cross,
# gcc-aarch64-linux-gnu) and qemu-aarch64 (Debian: qemu-user). Exit status 77 where they are absent.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sysroot=${ARM64_SYSROOT:-/usr/aarch64-linux-gnu}
clang=${CLANG:-clang}

for tool in "$clang" qemu-aarch64 aarch64-linux-gnu-gcc; do
  if ! command -v "$tool" >/dev/null; then
    echo "check-neon: $tool is not installed; nothing was checked" >&2
    exit 77
  fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for source in "$root"/Sources/CKernels/*.c "$root"/Scripts/check-neon*.c; do
  "$clang" --target=aarch64-linux-gnu -isystem "$sysroot/include" -O2 -Wall -Wextra -Werror \
    -I "$root/Sources/CKernels/include" -c "$source" -o "$work/$(basename "$source").o"
done
aarch64-linux-gnu-gcc -static "$work"/*.o -lm -o "$work/check"

for processor in max cortex-a57; do
  echo "check-neon: $processor"
  qemu-aarch64 -cpu "$processor" "$work/check"
done
