/// What a tuning was asked for, as a run keeps it.
enum TuningRequest: Codable {
  case generator(GeneratorTuningRequest)
  case embedder(EmbedderTuningRequest)
  case reranker(RerankerTuningRequest)
}
