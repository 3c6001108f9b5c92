/// What can be wrong with packed files.
extension DocumentError {
  static func encrypted(_ path: String, member: String? = nil) -> DocumentError {
    let what = member.map { "\(path): \($0)" } ?? path
    return DocumentError(
      .encrypted,
      "\(what) is protected by a password",
      subject: path,
      remedy: "Save it without a password, or leave it out."
    )
  }

  static func unfolds(_ path: String) -> DocumentError {
    DocumentError(
      .tooLarge,
      "\(path) unfolds to far more than its size, or to more than the limit for packed files",
      subject: path,
      remedy: "Unpack it and leave out what is not needed, or raise the limit for unpacked bytes."
    )
  }

  static func damagedArchive(_ path: String, cause: String? = nil) -> DocumentError {
    DocumentError(
      .corrupt,
      "\(path) is damaged: it cannot be unpacked",
      subject: path,
      cause: cause,
      remedy: "Replace it by an intact copy, or open and save it again."
    )
  }
}
