extension Finding.Kind {
  /// What a person calls it.
  public var title: String {
    switch self {
    case .emptySplit: "Empty split"
    case .nothingLearnt: "Nothing learnt"
    case .cannotEncode: "Refused by the template"
    case .leakage: "Leakage"
    case .sharedDocument: "Shared document"
    case .contradiction: "Contradiction"
    case .empty: "Empty text"
    case .truncated: "Cut at the limit"
    case .wrongEndToken: "Wrong end token"
    case .foreignMarker: "Chat marker in text"
    case .personalData: "Personal data"
    case .secret: "Secret"
    case .exactDuplicate: "Duplicate"
    case .nearDuplicate: "Near duplicate"
    case .unfinished: "Unfinished answer"
    case .imbalance: "Imbalance"
    case .foreignLanguage: "Other language"
    }
  }
}
