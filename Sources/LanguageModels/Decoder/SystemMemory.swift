import Foundation

/// What memory the machine has to give.
package enum SystemMemory {
  /// Bytes that can be taken without pushing others out; all of the machine's where the system does
  /// not say.
  package static var available: Int {
    let installed = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return installed }
    return min(installed, kilobytes << 10)
  }
}
