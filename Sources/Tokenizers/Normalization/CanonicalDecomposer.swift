/// Decomposes canonically (NFD) while it keeps track of where each part came from.
///
/// The `tokenizers` package sorts marks by combining class first and hands out places in the
/// original afterwards, in order: a part that begins a decomposition takes the next place, any
/// other part the place before it. This does the same, so that offsets are equal.
struct CanonicalDecomposer {
  private struct Part {
    var scalar: UInt32
    var combiningClass: UInt8
    var beginsDecomposition: Bool
  }

  /// Marks that wait until the next starter, because they may change places.
  private var waiting: [Part] = []
  /// Scalars of the original whose places are not yet handed out.
  private var places: [UInt32] = []
  private var lastPlace: UInt32 = 0

  var isEmpty: Bool { waiting.isEmpty }

  /// Takes one scalar and emits what can no longer change.
  mutating func take(
    _ scalar: UInt32,
    at index: UInt32,
    _ flags: UnicodeTables.Flags,
    _ tables: UnicodeTables,
    emit: (_ scalar: UInt32, _ start: UInt32, _ end: UInt32) -> Void
  ) {
    let parts = flags.contains(.decomposes) ? tables.decomposition(of: scalar) : [scalar]
    for (position, part) in parts.enumerated() {
      let begins = position == 0
      let combiningClass = part < 0x80 ? 0 : tables.combiningClass(of: part)
      if combiningClass == 0 { flush(emit: emit) }
      if begins { places.append(index) }
      waiting.append(
        Part(scalar: part, combiningClass: combiningClass, beginsDecomposition: begins)
      )
      if combiningClass == 0 { flush(emit: emit) }
    }
  }

  /// Emits the marks that wait, in canonical order.
  mutating func flush(emit: (_ scalar: UInt32, _ start: UInt32, _ end: UInt32) -> Void) {
    if waiting.isEmpty { return }
    // Sorting by class and position is stable, which canonical order asks for.
    let order = waiting.indices.sorted {
      (waiting[$0].combiningClass, $0) < (waiting[$1].combiningClass, $1)
    }
    var next = 0
    for index in order {
      if waiting[index].beginsDecomposition && next < places.count {
        lastPlace = places[next]
        next += 1
      }
      emit(waiting[index].scalar, lastPlace, lastPlace &+ 1)
    }
    waiting.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }
}
