/// Names with values, in the order in which they were put in, as JSON objects and Python's
/// dictionaries keep them.
public struct TemplateObject: Sendable, Equatable {
  /// A name and its value.
  public struct Member: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: TemplateValue

    /// A member from its parts.
    public init(name: String, value: TemplateValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members, in order; no name occurs twice.
  public private(set) var members: [Member] = []
  private var places: [ExactText: Int] = [:]

  /// An object without members.
  public init() {}

  /// An object from members; of those with the same name, the first gives the place and the last
  /// the value, as when JSON is read.
  public init(_ members: [Member]) {
    self.members.reserveCapacity(members.count)
    for member in members { self[member.name] = member.value }
  }

  /// The value of a name; setting nil takes the member away.
  ///
  /// - Complexity: O(1); O(*n*) where a member is taken away.
  public subscript(name: String) -> TemplateValue? {
    get { places[ExactText(name)].map { members[$0].value } }
    set {
      let key = ExactText(name)
      switch (places[key], newValue) {
      case (let place?, let value?):
        members[place].value = value
      case (nil, let value?):
        places[key] = members.count
        members.append(Member(name: name, value: value))
      case (let place?, nil):
        members.remove(at: place)
        places = [:]
        for (index, member) in members.enumerated() { places[ExactText(member.name)] = index }
      case (nil, nil):
        break
      }
    }
  }
}

extension TemplateObject: ExpressibleByDictionaryLiteral {
  /// An object from names and values in the order written.
  public init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self.init(elements.map { Member(name: $0.0, value: $0.1) })
  }
}
