/// The version that `attune --version` prints; the same as the newest heading of CHANGELOG.md.
let programVersion = "0.1.0"
