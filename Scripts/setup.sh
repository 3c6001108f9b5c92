#!/bin/sh
# Checks that what Attune builds with is here, and installs the system libraries where it can.
set -eu

say() { printf '%s\n' "$*"; }

command -v swift >/dev/null 2>&1 || {
  say "attune: Swift is missing. Install Swift 6.2 or newer from https://www.swift.org/install, then run this again." >&2
  exit 3
}

[ "$(uname -s)" = Linux ] || exit 0

missing=""
[ -f /usr/include/sqlite3.h ] || missing="$missing libsqlite3-dev"
[ -f /usr/include/libxml2/libxml/HTMLparser.h ] || missing="$missing libxml2-dev"
[ -f /usr/include/zlib.h ] || missing="$missing zlib1g-dev"
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3 python3-pip"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say "== Installing$missing"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
  say "attune: needs$missing. Install them, for example with: sudo apt-get install$missing" >&2
  exit 3
fi
