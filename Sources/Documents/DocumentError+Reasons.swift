/// The reasons that more than one reader or source gives.
extension DocumentError {
  static func emptyFile(_ path: String) -> DocumentError {
    DocumentError(
      .empty,
      "\(path) is empty",
      subject: path,
      remedy: "Nothing to do; it will be read once it has content."
    )
  }

  static func notText(_ path: String) -> DocumentError {
    DocumentError(
      .notText,
      "\(path) is not text: it holds binary data",
      subject: path,
      remedy: "Remove it from the source, or give it the extension of its real format."
    )
  }

  static func unreadable(_ format: String, path: String) -> DocumentError {
    DocumentError(
      .unsupportedFormat,
      "\(path): \(format) cannot be read",
      subject: path,
      remedy: "Save it as PDF, Office, OpenDocument, HTML, text or CSV to have it read."
    )
  }

  static func tooLarge(_ path: String, bytes: Int, limit: Int) -> DocumentError {
    DocumentError(
      .tooLarge,
      "\(path) is \(Self.megabytes(bytes)) MiB, more than the limit of \(Self.megabytes(limit)) MiB",
      subject: path,
      remedy: "Split the file, leave it out, or raise the limit for file sizes."
    )
  }

  static func nestedTooDeep(_ path: String, limit: Int) -> DocumentError {
    DocumentError(
      .tooLarge,
      "\(path) holds documents that lie more than \(limit) levels deep in one another",
      subject: path,
      remedy: "Unpack it into a folder of the source."
    )
  }

  static func missing(_ path: String) -> DocumentError {
    DocumentError(
      .notFound,
      "\(path) is not there",
      subject: path,
      remedy: "Check the path; if it was removed on purpose, sync again."
    )
  }

  static func changed(_ path: String) -> DocumentError {
    DocumentError(
      .changedWhileRead,
      "\(path) changed while it was read",
      subject: path,
      remedy: "Sync again when nothing writes to it."
    )
  }

  static func forbidden(_ path: String, cause: String? = nil) -> DocumentError {
    DocumentError(
      .noPermission,
      "no permission to read \(path)",
      subject: path,
      cause: cause,
      remedy: "Let your user read it (chmod, chown), or leave it out."
    )
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = bytes / (1 << 20) * 10 + bytes % (1 << 20) * 10 / (1 << 20)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
