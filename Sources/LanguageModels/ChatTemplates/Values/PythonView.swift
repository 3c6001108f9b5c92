/// What a dictionary's `keys`, `values` and `items` give: it can be run through, but has no places.
struct PythonView {
  enum Kind: String {
    case keys
    case values
    case items
  }

  var kind: Kind
  var items: PythonList
}
