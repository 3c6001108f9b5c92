import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ChildProcess {
  /// Starts the child in a new process group and returns its process identifier, which is the
  /// group's too.
  func spawn(output: Int32, complaints: Int32) throws(Failure) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }

    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, complaints, 2)
    // Whatever else is open in this process is none of the child's business.
    var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #elseif canImport(Glibc)
      // Glibc has had this since 2.34; before, the marks that files are opened with must do.
      _ = Self.closeFrom?(&actions, 3)
    #endif
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    // A server ignores SIGPIPE; its children should not.
    var restored = sigset_t()
    sigemptyset(&restored)
    sigaddset(&restored, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &restored)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: Int(flags)))

    let words = Self.strings(commandLine)
    defer { words.forEach { free($0) } }
    let environment = Self.strings(Self.environment)
    defer { environment.forEach { free($0) } }
    var child: pid_t = 0
    let error = Self.starting.withLock { _ in
      posix_spawn(&child, "/bin/sh", &actions, &attributes, words + [nil], environment + [nil])
    }
    guard error == 0 else { throw .cannotStart(SystemReason(number: error)) }
    return child
  }

  #if canImport(Glibc)
    private typealias CloseFrom =
      @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    /// Closes all descriptors from a number on in the child.
    private static let closeFrom: CloseFrom? = dlsym(
      nil,
      "posix_spawn_file_actions_addclosefrom_np"
    ).map { unsafeBitCast($0, to: CloseFrom.self) }
  #endif

  /// Held while a pipe is made and while a child is started, so that no child is started between a
  /// pipe and the mark that keeps it from children.
  fileprivate static let starting = Mutex(())

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    // A text ends at its first NUL for the program that gets it.
    texts.map { strdup($0) }
  }

  /// A pipe whose ends no other child inherits.
  final class Pipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    init() throws(Failure) {
      var ends: [Int32] = [-1, -1]
      let error: Int32 = ChildProcess.starting.withLock { _ in
        guard pipe(&ends) == 0 else { return errno }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return 0
      }
      guard error == 0 else { throw .cannotStart(SystemReason(number: error)) }
      reading = ends[0]
      writing = ends[1]
      _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    func closeWriting() {
      guard writing >= 0 else { return }
      SystemCalls.close(writing)
      writing = -1
    }

    func close() {
      closeWriting()
      guard reading >= 0 else { return }
      SystemCalls.close(reading)
      reading = -1
    }
  }
}

extension ChildProcess.SystemReason {
  init(number: Int32) { self.init(text: SystemError(number).text) }
}

/// Calls whose names a type's own methods would hide.
private enum SystemCalls {
  static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
