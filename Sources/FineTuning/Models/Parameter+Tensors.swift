import Kernels
import LanguageModels

extension Parameter {
  /// The parameter under the names that files have: what lies side by side for speed stands alone there.
  ///
  /// - Parameter outputs: how many outputs the layer of a name has; as many for each where it says nothing.
  /// - Returns: the tensors, in their order.
  func tensors(
    outputs: (Substring) -> Int? = { _ in nil }
  ) -> [SafetensorsWriter.Tensor] {
    let ending = name.hasSuffix(".bias") ? ".bias" : name.hasSuffix(".weight") ? ".weight" : ""
    let parts = name.dropLast(ending.count).split(separator: "+")
    let isVector = value.rows == 1 && !isDecayed
    let equal = (isVector ? value.columns : value.rows) / parts.count
    var first = 0
    return parts.map { part in
      let range = first..<first + (outputs(part) ?? equal)
      first = range.upperBound
      return (
        name: part + ending,
        shape: isVector ? [range.count] : [range.count, value.columns],
        values: { [value] in
          isVector ? Array(value.row(0)[range]) : range.flatMap { value.row($0) }
        }
      )
    }
  }
}
