import Attune

/// What a batch prints for a line that failed.
struct BatchFailure: Encodable {
  let id: String
  let error: ErrorDescription
}
