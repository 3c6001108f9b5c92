import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the outside programs are that some readers use.
package struct HelperPrograms: Sendable {
  /// The folders that are looked through, in this order.
  package var folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The folders of the search path, and those where package managers put programs.
  package static let installed: HelperPrograms = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let usual = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"]
    // A relative folder would mean another program in every directory.
    return HelperPrograms(
      folders: path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + usual
    )
  }()

  /// The full path of a program, or nil where it is not installed.
  package func path(of name: String) -> String? {
    folders.lazy.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
  }
}
