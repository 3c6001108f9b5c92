/// A method with the value that it belongs to, before it is called.
final class PythonMethod {
  let receiver: PythonValue
  let name: String

  init(receiver: PythonValue, name: String) {
    self.receiver = receiver
    self.name = name
  }
}
