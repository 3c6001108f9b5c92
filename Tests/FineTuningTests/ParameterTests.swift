import FineTuning
import Kernels
import Testing

@Suite struct ParameterTests {
  @Test func aParameterStartsWithoutGradient() throws {
    let value = try Matrix(rows: 2, columns: 2, values: [1, 2, 3, 4])
    let parameter = Parameter("weight", value)
    #expect(parameter.gradient.row(0) + parameter.gradient.row(1) == [0, 0, 0, 0])
  }
}
