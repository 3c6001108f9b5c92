import Foundation

/// The memory of this process.
package enum ProcessMemory {
  /// The most bytes that were resident at once; nil where the system does not say.
  static var peak: Int? { bytes("VmHWM:") }

  /// The bytes that are resident now; nil where the system does not say.
  package static var current: Int? { bytes("VmRSS:") }

  private static func bytes(_ field: String) -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(field) }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
        .flatMap({ Int($0) })
    else { return nil }
    return kibibytes.multipliedReportingOverflow(by: 1024).partialValue
  }
}
