import Attune

/// Shows for people what was read in a file.
enum ReadingPresenter {
  static func show(_ reading: ReadingOutput) {
    if let error = reading.error {
      Terminal.report(error)
      return
    }
    Terminal.line("== \(Terminal.safeLine(reading.path))")
    Terminal.line(
      "   \(Terminal.safeLine(reading.title ?? "")) (\(reading.mediaType ?? "")), "
        + Figures.plural(reading.blocks?.count ?? 0, "block")
    )
    for (name, value) in (reading.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
      Terminal.line("   \(Terminal.safeLine(name)): \(Terminal.safeLine(value))")
    }
    for warning in reading.warnings ?? [] {
      Terminal.line("   note: \(Terminal.safeLine(warning))")
    }
    for block in reading.blocks ?? [] {
      let place = block.location.page.map { ", page \($0)" } ?? ""
      Terminal.line("[\(block.kind)\(place)]")
      Terminal.line(Terminal.safe(block.text))
    }
    for part in reading.parts ?? [] { show(part) }
  }
}
