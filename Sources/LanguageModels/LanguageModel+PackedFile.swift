extension LanguageModel {
  /// The name that the packed weights have in an imported model's folder.
  public static let packedFileName = PackedModelFile.fileName
}
