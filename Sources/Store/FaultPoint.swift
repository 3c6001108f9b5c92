/// The moments of a change at which tests let it fail or copy the workspace as a crash would leave
/// it.
package enum FaultPoint: String, CaseIterable, Sendable {
  case batchBegan, documentsWritten, segmentsWritten, batchCommitted
  case runRecorded, segmentsMerged, mergeCommitted, filesDeleted, textOptimized, rewritten
  case logTruncated
}
