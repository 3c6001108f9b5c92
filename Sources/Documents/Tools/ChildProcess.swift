#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of an outside program, kept on a short leash.
///
/// It is started directly, without a shell that would read its arguments; it gets a process group of
/// its own, nothing to read, an almost empty environment, and none of our open files. Its time,
/// memory and output are limited; when one of them runs out, or when it leaves children behind, the
/// whole group is killed. Several threads may run children at once.
package struct ChildProcess {
  /// How a child ended.
  package enum End: Hashable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  /// What a child left.
  package struct Outcome: Sendable {
    package var end: End
    package var output: [UInt8]
    /// The first few thousand bytes of what it said on standard error.
    package var complaints: String
  }

  /// Why a child came to no end of its own.
  package enum Failure: Error, Hashable, Sendable {
    case cannotStart(SystemReason)
    case timedOut(seconds: Double)
    case tooMuchOutput(limit: Int)
  }

  /// The system's words for a failed call.
  package struct SystemReason: Hashable, Sendable {
    package var text: String
  }

  /// The absolute path of the program.
  package var program: String
  package var arguments: [String]
  /// The most bytes of standard output that are kept; more ends the child.
  package var outputLimit: Int
  /// How long it may take by the wall clock.
  package var seconds: Double
  /// How much memory it may ask for in bytes, where the system can limit that.
  package var memory: Int

  package static let complaintLimit = 4096

  package init(
    program: String,
    arguments: [String],
    outputLimit: Int,
    seconds: Double,
    memory: Int
  ) {
    self.program = program
    self.arguments = arguments
    self.outputLimit = outputLimit
    self.seconds = seconds
    self.memory = memory
  }

  /// Runs the program to its end.
  ///
  /// - Returns: What it wrote and how it ended; a program that fails or crashes is an outcome too.
  /// - Throws: ``Failure`` where it could not be started or was stopped.
  package func run() throws(Failure) -> Outcome {
    let deadline = ContinuousClock.now.advanced(by: .seconds(max(seconds, 0.01)))
    let output = try Pipe()
    defer { output.close() }
    let complaints = try Pipe()
    defer { complaints.close() }
    let child = try spawn(output: output.writing, complaints: complaints.writing)
    output.closeWriting()
    complaints.closeWriting()
    return try collect(child, output: output, complaints: complaints, deadline: deadline)
  }

  /// The limits are set by a shell that then becomes the program; the program and its arguments are
  /// the shell's parameters and are never read as its language.
  var commandLine: [String] {
    let processor = Int(min(max(seconds, 1), 1e6).rounded(.up)) + 1
    let limits =
      "ulimit -c 0; ulimit -t \(processor) 2>/dev/null; ulimit -v \(max(memory, 1 << 20) / 1024)"
      + " 2>/dev/null; exec \"$@\""
    return ["/bin/sh", "-c", limits, "sh", program] + arguments
  }

  /// What the child sees of our environment: where programs are, and that text is UTF-8.
  static let environment = [
    "PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
    // One child is one thread; several run side by side.
    "OMP_THREAD_LIMIT=1",
  ]
}
