extension Example {
  /// The SHA-256 of what is said (roles, contents, which messages are learnt, and the passage), in
  /// hexadecimal digits. Where the example came from and the part of the data that it belongs to do
  /// not change it.
  public var identifier: String {
    var hash = CanonicalHash("example")
    hash.add(messages.count)
    for message in messages {
      hash.add(message.role.rawValue)
      hash.add(message.content)
      hash.add(message.isLearnt ? 1 : 0)
    }
    hash.add(passage)
    return hash.text
  }
}
