/// Runs poppler's tools and tesseract on one file, under its limits.
struct PDFTools {
  let programs: HelperPrograms
  let limits: SourceLimits
  /// What to call the document in errors.
  let subject: String
  /// When the helpers' time for this file is over.
  let deadline: ContinuousClock.Instant

  init(programs: HelperPrograms, limits: SourceLimits, subject: String) {
    self.programs = programs
    self.limits = limits
    self.subject = subject
    let seconds = min(max(limits.helperSeconds, 0), 1e6)
    deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
  }

  /// How much one run may write.
  static let outputLimit = 96 << 20

  var hasTimeLeft: Bool { ContinuousClock.now < deadline }

  func isInstalled(_ name: String) -> Bool { programs.path(of: name) != nil }

  /// Runs a tool to its end.
  ///
  /// - Parameters:
  ///   - name: The program.
  ///   - arguments: What it is told.
  /// - Returns: What it wrote, and whether it was content.
  /// - Throws: ``DocumentError`` where it is not installed, crashed, or had to be stopped.
  func run(_ name: String, _ arguments: [String]) throws -> ChildProcess.Outcome {
    guard let program = programs.path(of: name) else { throw missing(name) }
    let left = ContinuousClock.now.duration(to: deadline) / .seconds(1)
    let child = ChildProcess(
      program: program,
      arguments: arguments,
      outputLimit: min(Self.outputLimit, limits.maximumUnpackedBytes),
      seconds: max(left, 0.01),
      memory: limits.helperMemory
    )
    do {
      let outcome = try child.run()
      if case .signal(let number) = outcome.end {
        throw DocumentError(
          .corrupt,
          "\(subject): \(name) broke down while reading it",
          subject: subject,
          cause: outcome.complaints.isEmpty ? "signal \(number)" : outcome.complaints,
          remedy: "The file may be damaged: open it in a viewer and save it again."
        )
      }
      return outcome
    } catch let failure as ChildProcess.Failure {
      throw error(failure, name: name)
    }
  }

  func missing(_ name: String) -> DocumentError {
    name == "tesseract"
      ? DocumentError(
        .unsupportedFormat,
        "\(subject) holds only scanned pages, and tesseract, which reads them, is not installed",
        subject: subject,
        remedy: "Install it (apt install tesseract-ocr, brew install tesseract), then sync again."
      )
      : DocumentError(
        .unsupportedFormat,
        "\(subject): PDF files are read with poppler, which is not installed",
        subject: subject,
        cause: "\(name) was not found",
        remedy: "Install it (apt install poppler-utils, brew install poppler), then sync again."
      )
  }

  private func error(_ failure: ChildProcess.Failure, name: String) -> DocumentError {
    switch failure {
    case .cannotStart(let reason):
      DocumentError(
        .inputOutput,
        "\(subject): \(name) could not be started",
        subject: subject,
        cause: reason.text,
        remedy: "Close other programs or raise the limit on open files, then sync again."
      )
    case .timedOut:
      DocumentError(
        .tooLarge,
        "\(subject): \(name) was stopped after \(Self.seconds(limits.helperSeconds))",
        subject: subject,
        remedy: "Split the file, save it again with another program, or raise the limit on time."
      )
    case .tooMuchOutput:
      DocumentError(
        .tooLarge,
        "\(subject): \(name) was stopped because it wrote more than any document holds",
        subject: subject,
        remedy: "Split the file, or save it again with another program."
      )
    }
  }

  static func seconds(_ seconds: Double) -> String {
    let tenths = (seconds * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
  }
}
