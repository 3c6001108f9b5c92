#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ChildProcess {
  /// Reads what the child writes until it ends, and sees to it that it does.
  func collect(
    _ child: pid_t,
    output: Pipe,
    complaints: Pipe,
    deadline: ContinuousClock.Instant
  ) throws(Failure) -> Outcome {
    var written: [UInt8] = []
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isOutputOpen = true
    var areComplaintsOpen = true
    var failure: Failure?

    while failure == nil {
      let hasEnded = Self.hasEnded(child)
      if isOutputOpen {
        isOutputOpen = Self.drain(output.reading, &buffer) { part in
          guard written.count + part.count <= outputLimit else {
            failure = .tooMuchOutput(limit: outputLimit)
            return false
          }
          written += part
          return true
        }
      }
      if areComplaintsOpen {
        areComplaintsOpen = Self.drain(complaints.reading, &buffer) { part in
          said += part.prefix(max(0, Self.complaintLimit - said.count))
          return true
        }
      }
      // What an ended child wrote was there before this turn's reading; what still holds the pipes
      // open is a child of its own.
      if hasEnded || failure != nil { break }
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else {
        failure = .timedOut(seconds: seconds)
        break
      }
      Self.wait(
        for: [isOutputOpen ? output.reading : -1, areComplaintsOpen ? complaints.reading : -1],
        milliseconds: isOutputOpen || areComplaintsOpen ? min(left, 50) : min(left, 2)
      )
    }

    // The child is not yet reaped, so the number is still its group's.
    kill(-child, SIGKILL)
    let end = Self.reap(child)
    if let failure { throw failure }
    return Outcome(end: end, output: written, complaints: String(decoding: said, as: UTF8.self))
  }

  /// Reads what is there without waiting.
  ///
  /// - Returns: Whether more may come.
  private static func drain(
    _ descriptor: Int32,
    _ buffer: inout [UInt8],
    _ take: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    while true {
      let got = read(descriptor, &buffer, buffer.count)
      if got > 0 {
        guard take(buffer[..<got]) else { return false }
      } else if got == 0 {
        return false
      } else if errno != EINTR {
        return errno == EAGAIN || errno == EWOULDBLOCK
      }
    }
  }

  private static func wait(for descriptors: [Int32], milliseconds: Double) {
    var watched = descriptors.filter { $0 >= 0 }.map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    // Interrupted or not, the caller looks again.
    _ = poll(&watched, nfds_t(watched.count), Int32(max(1, milliseconds)))
  }

  private static func hasEnded(_ child: pid_t) -> Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(child), &information, WEXITED | WNOHANG | WNOWAIT)
    // Without a child to wait for there is nothing left to end.
    if result != 0 { return errno != EINTR }
    return information.si_signo != 0
  }

  private static func reap(_ child: pid_t) -> End {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      if errno != EINTR { return .exit(-1) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }
}
