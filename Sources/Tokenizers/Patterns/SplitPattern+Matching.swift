extension SplitPattern {
  /// How deep the steps of a match may nest.
  private static let deepest = 400

  /// The text a match is looked for in: some bytes of UTF-8 that nothing reaches out of.
  struct Subject {
    let text: [UInt8]
    let range: Range<Int>
    /// How many steps may still be taken: far more than a pattern in use needs.
    var work: Int

    init(text: [UInt8], range: Range<Int>) {
      self.text = text
      self.range = range
      work = 1_000_000 + 256 * range.count
    }
  }

  /// Calls `body` for each match that is not empty and for the text between matches, in order.
  func forEachPiece(
    of text: [UInt8],
    _ range: Range<Int>,
    _ body: (_ piece: Range<Int>, _ isMatch: Bool) -> Void
  ) {
    var subject = Subject(text: text, range: range)
    var position = range.lowerBound
    var gap = position
    while position < range.upperBound {
      let end = matchEnd(&subject, from: position)
      if end > position {
        if gap < position { body(gap..<position, false) }
        body(position..<end, true)
        position = end
        gap = end
      } else {
        position += UTF8Reader.length(ofLead: text[position])
        position = min(position, range.upperBound)
      }
    }
    if gap < range.upperBound { body(gap..<range.upperBound, false) }
  }

  /// Where the match that begins at `position` ends; -1 if there is none.
  @inline(__always)
  private func matchEnd(_ subject: inout Subject, from position: Int) -> Int {
    let byte = subject.text[position]
    var candidates = self.candidates[byte < 0x80 ? Int(byte) : 128]
    while candidates != 0 {
      let index = candidates.trailingZeroBitCount
      candidates &= candidates - 1
      let end = run(&subject, Int(starts[index]), position, depth: 0)
      if end >= 0 { return end }
    }
    return -1
  }

  /// Runs from a step on; -1 without a match.
  private func run(_ subject: inout Subject, _ first: Int, _ start: Int, depth: Int) -> Int {
    guard depth < Self.deepest else { return -1 }
    var index = first
    var position = start
    while true {
      subject.work -= 1
      if subject.work < 0 { return -1 }
      let step = steps[index]
      switch step.operation {
      case .accept: return position
      case .one:
        guard position < subject.range.upperBound else { return -1 }
        let scalar = UTF8Reader.next(in: subject.text, at: &position)
        guard sets[Int(step.argument)].contains(scalar) else { return -1 }
      case .many:
        return many(&subject, step, position, depth: depth)
      case .manyLazily:
        return manyLazily(&subject, step, position, depth: depth)
      case .manyAtOnce:
        let (end, count) = longest(subject, step, position)
        guard count >= Int(step.least) else { return -1 }
        position = end
      case .choose:
        let list = Int(step.argument)
        let last = list + Int(step.least) - 1
        for branch in list..<last {
          let end = run(&subject, Int(branches[branch]), position, depth: depth + 1)
          if end >= 0 { return end }
        }
        index = Int(branches[last])
        continue
      case .look:
        let end = run(&subject, Int(step.argument), position, depth: depth + 1)
        if (end >= 0) == step.isNegated { return -1 }
      case .lookBehind:
        var isMember = false
        if position > subject.range.lowerBound {
          var before = UTF8Reader.startOfScalar(before: position, in: subject.text)
          let scalar = UTF8Reader.next(in: subject.text, at: &before)
          isMember = sets[Int(step.argument)].contains(scalar)
        }
        if isMember == step.isNegated { return -1 }
      case .atomic:
        let end = run(&subject, Int(step.argument), position, depth: depth + 1)
        if end < 0 { return -1 }
        position = end
      case .start:
        if position != subject.range.lowerBound { return -1 }
      case .end:
        if position != subject.range.upperBound { return -1 }
      case .lineStart:
        let isStart = position == subject.range.lowerBound
        if !isStart && subject.text[position - 1] != 0x0A { return -1 }
      case .lineEnd:
        let isEnd = position == subject.range.upperBound
        if !isEnd && subject.text[position] != 0x0A { return -1 }
      }
      index = Int(step.next)
    }
  }

  /// How far a set reaches, and over how many scalars.
  @inline(__always)
  private func longest(_ subject: Subject, _ step: Step, _ start: Int) -> (end: Int, count: Int) {
    let most = Int(step.most)
    var position = start
    var count = 0
    while count < most && position < subject.range.upperBound {
      var next = position
      let scalar = UTF8Reader.next(in: subject.text, at: &next)
      guard sets[Int(step.argument)].contains(scalar) else { break }
      position = next
      count += 1
    }
    return (position, count)
  }

  /// Takes as much as there is, and gives back scalar by scalar until the rest matches.
  private func many(_ subject: inout Subject, _ step: Step, _ start: Int, depth: Int) -> Int {
    var (position, count) = longest(subject, step, start)
    let next = Int(step.next)
    if count >= Int(step.least) && steps[next].operation == .accept { return position }
    while count >= Int(step.least) {
      let end = run(&subject, next, position, depth: depth + 1)
      if end >= 0 { return end }
      subject.work -= 1
      if position == start || subject.work < 0 { return -1 }
      position = UTF8Reader.startOfScalar(before: position, in: subject.text)
      count -= 1
    }
    return -1
  }

  private func manyLazily(_ subject: inout Subject, _ step: Step, _ start: Int, depth: Int) -> Int {
    var position = start
    var count = 0
    while true {
      if count >= Int(step.least) {
        let end = run(&subject, Int(step.next), position, depth: depth + 1)
        if end >= 0 { return end }
      }
      guard count < Int(step.most), position < subject.range.upperBound, subject.work >= 0
      else { return -1 }
      let scalar = UTF8Reader.next(in: subject.text, at: &position)
      guard sets[Int(step.argument)].contains(scalar) else { return -1 }
      count += 1
    }
  }
}
