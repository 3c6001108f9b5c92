/// Keys with values, in the order in which they were put in.
struct PythonDictionary {
  private(set) var entries: [(key: PythonValue, value: PythonValue)] = []
  private var places: [PythonKey: Int] = [:]
  private var deepest = 0

  init() {}

  /// How deep lists and dictionaries nest, this one counted.
  var nesting: Int { deepest + 1 }

  var keys: [PythonValue] { entries.map(\.key) }
  var values: [PythonValue] { entries.map(\.value) }

  /// Puts in a value; a key that is there keeps its place.
  mutating func set(_ key: PythonValue, to value: PythonValue) throws {
    deepest = max(deepest, value.nesting, key.nesting)
    guard nesting <= ChatTemplateLimits.valueDepth else { throw PythonList.tooDeep }
    let place = try PythonKey(key)
    if let index = places[place] {
      entries[index].value = value
    } else {
      places[place] = entries.count
      entries.append((key, value))
    }
  }

  /// The value of a key.
  func value(of key: PythonValue) throws -> PythonValue? {
    places[try PythonKey(key)].map { entries[$0].value }
  }

  /// The value of a name.
  func value(named name: String) -> PythonValue? {
    places[.text(ExactText(name))].map { entries[$0].value }
  }

  /// The keys and values as tuples.
  func pairs() throws -> [PythonValue] {
    try entries.map { try .tuple([$0.key, $0.value]) }
  }
}
