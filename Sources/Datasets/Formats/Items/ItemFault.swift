/// Why one item of a file is no example, in words that go on from "line 3:".
struct ItemFault: Error, Hashable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
