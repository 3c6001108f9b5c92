import CYaml

/// Parses YAML into the values that JSON has, by the events of libyaml, which Yams carries. Yams's own tree
/// of nodes is not for files of strangers: it is built by recursion, and its keys are compared unfolded.
///
/// Values keep the words of the file: a number is not taken for another number, `no` not for false. An
/// alias stands for what its anchor names, as far as that does not unfold out of all proportion; nesting
/// is counted before it costs anything, and nothing here recurses.
struct YAMLParser {
  /// What is wrong, and where.
  struct Fault: Error {
    var reason: String
    var place: TextPlace
  }

  /// A value with what it takes to unfold it.
  private struct Node {
    var value: JSONValue
    /// Bytes of its scalars and one for each value.
    var cost: Int
    /// Levels of lists and mappings in it.
    var depth = 0
  }

  /// A list or mapping that is not closed yet.
  private struct Level {
    let isMapping: Bool
    let anchor: String?
    var elements: [JSONValue] = []
    var members: [JSONValue.Member] = []
    /// Members that `<<` takes from another mapping.
    var merged: [JSONValue.Member] = []
    var key: String?
    var isMerging = false
    var cost = 1
    var depth = 0
  }

  private var documents: [JSONValue] = []
  private var levels: [Level] = []
  private var anchors: [String: Node] = [:]
  /// How much all aliases together may still unfold to.
  private var room: Int

  private init(room: Int) { self.room = room }

  /// The documents that the text holds, one after the other.
  static func parse(_ bytes: [UInt8]) throws(Fault) -> [JSONValue] {
    let state = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { state.deallocate() }
    guard yaml_parser_initialize(state) == 1 else {
      throw Fault(reason: "there is no memory to read it", place: TextPlace(line: 1, column: 1))
    }
    defer { yaml_parser_delete(state) }
    yaml_parser_set_encoding(state, YAML_UTF8_ENCODING)
    return try bytes.withUnsafeBufferPointer { (buffer) throws(Fault) -> [JSONValue] in
      yaml_parser_set_input_string(state, buffer.baseAddress, buffer.count)
      var parser = YAMLParser(room: 10 * bytes.count + 100_000)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(state, &event) == 1 else { throw fault(state.pointee, buffer) }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return parser.documents }
        try parser.take(event)
      }
    }
  }

  private mutating func take(_ event: yaml_event_t) throws(Fault) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: anchors = [:]
    case YAML_SEQUENCE_START_EVENT:
      try open(isMapping: false, anchor: Self.name(event.data.sequence_start.anchor), at: event)
    case YAML_MAPPING_START_EVENT:
      try open(isMapping: true, anchor: Self.name(event.data.mapping_start.anchor), at: event)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: try close(at: event)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let node = Node(value: Self.scalar(event), cost: scalar.length + 1)
      if let name = Self.name(scalar.anchor) { anchors[name] = node }
      try put(node, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, at: event)
    case YAML_ALIAS_EVENT:
      let name = Self.name(event.data.alias.anchor) ?? ""
      guard let node = anchors[name] else {
        throw Self.fault("nothing before it is named &\(name)", event)
      }
      room -= node.cost
      guard room >= 0 else { throw Self.fault("its aliases unfold to too much", event) }
      try put(node, at: event)
    default: break
    }
  }

  private mutating func open(
    isMapping: Bool,
    anchor: String?,
    at event: yaml_event_t
  ) throws(Fault) {
    guard levels.count < JSONParser.maximumDepth else { throw Self.tooDeep(event) }
    levels.append(Level(isMapping: isMapping, anchor: anchor))
  }

  private mutating func close(at event: yaml_event_t) throws(Fault) {
    guard let level = levels.popLast() else { return }
    var value = JSONValue.array(level.elements)
    if level.isMapping {
      let own = Set(level.merged.isEmpty ? [] : level.members.map(\.key))
      value = .object(level.members + level.merged.filter { !own.contains($0.key) })
    }
    let node = Node(value: value, cost: level.cost, depth: level.depth + 1)
    if let anchor = level.anchor { anchors[anchor] = node }
    try put(node, at: event)
  }

  /// Puts a value where it belongs: into the list or mapping around it, or among the documents.
  private mutating func put(
    _ node: Node,
    isPlain: Bool = false,
    at event: yaml_event_t
  ) throws(Fault) {
    guard levels.count + node.depth <= JSONParser.maximumDepth else { throw Self.tooDeep(event) }
    let last = levels.count - 1
    guard last >= 0 else {
      documents.append(node.value)
      return
    }
    levels[last].cost += node.cost
    levels[last].depth = max(levels[last].depth, node.depth)
    guard levels[last].isMapping else {
      levels[last].elements.append(node.value)
      return
    }
    if let key = levels[last].key {
      levels[last].key = nil
      if levels[last].isMerging {
        levels[last].merged += Self.members(of: node.value)
      } else {
        levels[last].members.append(.init(key: key, value: node.value))
      }
      return
    }
    switch node.value {
    case .object: throw Self.fault("a mapping stands where a name should be", event)
    case .array(let elements):
      levels[last].key = elements.compactMap(\.scalarText).joined(separator: ", ")
    default: levels[last].key = node.value.scalarText ?? "null"
    }
    levels[last].isMerging = isPlain && levels[last].key == "<<"
  }

  /// What `<<` merges: the members of one mapping or of several, of which the first counts.
  private static func members(of value: JSONValue) -> [JSONValue.Member] {
    switch value {
    case .object(let members): return members
    case .array(let elements):
      var seen: Set<String> = []
      return elements.flatMap { element -> [JSONValue.Member] in
        guard case .object(let members) = element else { return [] }
        return members.filter { seen.insert($0.key).inserted }
      }
    default: return []
    }
  }

  private static func scalar(_ event: yaml_event_t) -> JSONValue {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let text = String(decoding: bytes, as: UTF8.self)
    if scalar.tag != nil, String(cString: scalar.tag).hasSuffix(":binary") { return .null }
    let isNull = ["", "~", "null", "Null", "NULL"].contains(text)
    return isNull && scalar.style == YAML_PLAIN_SCALAR_STYLE ? .null : .string(text)
  }

  private static func name(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  // MARK: Faults

  private static func tooDeep(_ event: yaml_event_t) -> Fault {
    fault(tooDeep, event)
  }

  private static let tooDeep = "it is nested more than \(JSONParser.maximumDepth) levels deep"

  private static func fault(_ reason: String, _ event: yaml_event_t) -> Fault {
    Fault(reason: reason, place: place(event.start_mark))
  }

  /// What libyaml found wrong.
  private static func fault(
    _ state: yaml_parser_t,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Fault {
    var reason = state.problem.map { String(cString: $0) } ?? "it is not YAML"
    // What libyaml says of its own limit speaks to programmers.
    if reason.hasPrefix("Maximum nesting level") { reason = tooDeep }
    let isUnreadable = state.error == YAML_READER_ERROR
    return Fault(
      reason: reason,
      place: isUnreadable
        ? TextPlace(offset: state.problem_offset, in: bytes) : place(state.problem_mark)
    )
  }

  private static func place(_ mark: yaml_mark_t) -> TextPlace {
    TextPlace(line: mark.line + 1, column: mark.column + 1)
  }
}
