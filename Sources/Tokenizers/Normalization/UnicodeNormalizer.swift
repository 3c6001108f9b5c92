/// The four normalization forms of Unicode (Unicode Standard Annex 15).
struct UnicodeNormalizer: Sendable {
  /// Decomposes compatibility characters too (the forms with a K).
  var isCompatible: Bool
  /// Composes again (the forms with a C).
  var composes: Bool

  private struct Part {
    var scalar: UInt32
    var combiningClass: UInt8
    /// How many more scalars there are than before: 1 for one that a decomposition adds, -1 for
    /// one that composing takes away.
    var change: Int
  }

  /// Whether text is in the form already, as far as can be seen one scalar at a time.
  func isNormalized(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    let tables = UnicodeTables.shared
    let categories = UnicodeCategories.shared
    var position = range.lowerBound
    while position < range.upperBound {
      if text[position] < 0x80 {
        position += 1
        continue
      }
      let scalar = UTF8Reader.next(in: text, at: &position)
      if isCompatible, categories.compatibilityDecomposition(of: scalar) != nil { return false }
      if composes {
        // Below U+0300 nothing composes with what stands before it.
        if scalar >= 0x300,
          categories.classes(of: scalar) & UnicodeCategories.composesFlag != 0
        {
          return false
        }
      } else if !tables.flags(of: scalar).isDisjoint(with: [.decomposes, .combines]) {
        return false
      }
    }
    return true
  }

  /// Writes the normalized form. Places are handed out as the `tokenizers` package does it: in
  /// order, whatever changed its place.
  func apply(to text: NormalizedText, into output: inout NormalizedText) {
    var parts: [Part] = []
    var places: [(start: UInt32, end: UInt32)] = []
    Normalizer.forEachScalar(of: text) { scalar, start, end, _ in
      places.append((start, end))
      guard scalar >= 0x80 else {
        parts.append(Part(scalar: scalar, combiningClass: 0, change: 0))
        return
      }
      for (index, part) in decomposition(of: scalar).enumerated() {
        let combiningClass = part < 0x80 ? 0 : UnicodeTables.shared.combiningClass(of: part)
        parts.append(
          Part(scalar: part, combiningClass: combiningClass, change: index == 0 ? 0 : 1)
        )
      }
    }
    Self.order(&parts)
    if composes { Self.compose(&parts) }
    var next = 0
    for part in parts {
      let index = part.change > 0 ? next - 1 : next
      let place = places.isEmpty ? (0, 0) : places[min(max(index, 0), places.count - 1)]
      output.append(scalar: part.scalar, from: place.0, to: place.1)
      if part.change <= 0 { next += 1 - part.change }
    }
  }

  private func decomposition(of scalar: UInt32) -> [UInt32] {
    if isCompatible,
      let parts = UnicodeCategories.shared.compatibilityDecomposition(of: scalar)
    {
      return parts
    }
    let tables = UnicodeTables.shared
    return tables.flags(of: scalar).contains(.decomposes)
      ? tables.decomposition(of: scalar) : [scalar]
  }

  /// Sorts each run of marks by combining class, equal ones staying as they are.
  private static func order(_ parts: inout [Part]) {
    var start = 0
    while start < parts.count {
      if parts[start].combiningClass == 0 {
        start += 1
        continue
      }
      var end = start
      while end < parts.count && parts[end].combiningClass != 0 { end += 1 }
      if end - start > 1 {
        let sorted = parts[start..<end].enumerated().sorted {
          ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
        }
        parts.replaceSubrange(start..<end, with: sorted.map(\.element))
      }
      start = end
    }
  }

  private static func compose(_ parts: inout [Part]) {
    let tables = UnicodeCategories.shared
    var kept: [Part] = []
    kept.reserveCapacity(parts.count)
    var starter: Int?
    for part in parts {
      if let index = starter {
        // A mark is blocked by one of the same or a higher class between it and the starter.
        let last = kept[kept.count - 1].combiningClass
        let isAdjacent = index == kept.count - 1
        if isAdjacent || last != 0 && last < part.combiningClass,
          let composed = tables.composition(of: kept[index].scalar, part.scalar)
        {
          kept[index].scalar = composed
          kept[index].change += part.change - 1
          continue
        }
      }
      if part.combiningClass == 0 { starter = kept.count }
      kept.append(part)
    }
    parts = kept
  }
}
