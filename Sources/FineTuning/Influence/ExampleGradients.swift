import Kernels

/// The directions in which single examples push a model's parameters at one moment of its training.
struct ExampleGradients<Model: TrainableModel> {
  let model: Model
  let sketch: GradientSketch
  /// What each value of a gradient is multiplied by.
  let factors: [Float]

  /// Gives the model the parameters of a moment.
  init(_ model: Model, at snapshot: InfluenceSnapshot, _ sketch: GradientSketch) throws {
    self.model = model
    self.sketch = sketch
    factors = snapshot.factors
    for (parameter, values) in zip(model.parameters, snapshot.values) {
      parameter.value.fill(from: values)
    }
    try model.parametersChanged()
  }

  /// The sketch of an example's gradient, of length 1; all zeros where nothing is learnt.
  func direction(of batch: Model.Batch) throws -> [Float] {
    for parameter in model.parameters { parameter.gradient.fill(0) }
    _ = try model.addGradients(of: batch, scale: 1)
    var values = sketch.sketch(model.parameters, factors: factors)
    let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0, length.isFinite else {
      return [Float](repeating: 0, count: values.count)
    }
    for index in values.indices { values[index] = Float(Double(values[index]) / length) }
    return values
  }
}

extension TrainableModel {
  /// How many values are trained.
  var trainedCount: Int { parameters.reduce(0) { $0 + $1.value.rows * $1.value.columns } }

  /// Lets `body` change the parameters and gradients; afterwards the parameters are what they were and
  /// the gradients zero, also where it throws.
  func keepingParameters<Result>(_ body: () throws -> Result) throws -> Result {
    let values = parameters.map(\.value.values)
    let outcome = Swift.Result { try body() }
    for (parameter, values) in zip(parameters, values) {
      parameter.value.fill(from: values)
      parameter.gradient.fill(0)
    }
    try parametersChanged()
    return try outcome.get()
  }
}
