/// A pointer that crosses to the threads of a pool.
///
/// Sendable without checks: used only for the length of one ``WorkerPool`` call, during which the
/// submitter keeps the memory alive and each part writes to places of its own.
struct SharedPointer<Pointer>: @unchecked Sendable {
  let pointer: Pointer

  init(_ pointer: Pointer) {
    self.pointer = pointer
  }
}
