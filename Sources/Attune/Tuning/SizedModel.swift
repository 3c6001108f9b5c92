import FineTuning

/// A model in training of which is known what it takes.
protocol SizedModel: TrainableModel {
  /// How many numbers are trained, and how many stay as they are.
  var counts: (trained: Int, frozen: Int) { get }
  /// Bytes that one token leaves behind on the way forward, about.
  var activationBytesPerToken: Int { get }
}

extension EmbedderTraining: SizedModel {
  var counts: (trained: Int, frozen: Int) { encoder.counts }
  var activationBytesPerToken: Int { encoder.activationBytesPerToken }
}

extension RerankerTraining: SizedModel {
  var counts: (trained: Int, frozen: Int) { encoder.counts }
  var activationBytesPerToken: Int { encoder.activationBytesPerToken }
}
