import CKernels
import Foundation

/// The inner loops of one instruction set.
///
/// Everything numeric in Attune runs through a kernel set. ``active()`` is the one for this process:
/// the fastest that the processor has, unless the environment variable `ATTUNE_KERNELS` names
/// another.
///
/// Sendable without checks: the table is a constant of the program, never written.
public struct KernelSet: @unchecked Sendable {
  /// Which version this is.
  public let variant: KernelVariant

  let table: UnsafePointer<ck_kernels>
  let decoder: UnsafePointer<ck_decoder_kernels>
  let training: UnsafePointer<ck_training_kernels>

  /// The environment variable that forces a version.
  public static let environmentVariable = "ATTUNE_KERNELS"

  /// The versions that this build has and this processor can run, slowest first.
  public static var supported: [KernelVariant] {
    KernelVariant.allCases.filter { ck_kernels_for($0.identifier) != nil }
  }

  /// The kernels of this process, chosen once.
  ///
  /// - Throws: ``KernelError`` if `ATTUNE_KERNELS` names an unknown version, or one that this
  ///   processor lacks.
  public static func active() throws(KernelError) -> KernelSet {
    try selection.get()
  }

  private static let selection: Result<KernelSet, KernelError> = {
    do throws(KernelError) {
      return .success(try choose(ProcessInfo.processInfo.environment[environmentVariable]))
    } catch {
      return .failure(error)
    }
  }()

  /// The set that a value of `ATTUNE_KERNELS` asks for; the fastest one for `nil` or an empty value.
  ///
  /// - Throws: ``KernelError`` if the name is unknown or the processor lacks that version.
  public static func choose(_ name: String?) throws(KernelError) -> KernelSet {
    guard let name, !name.isEmpty else {
      return try KernelSet(supported.last ?? .scalar)
    }
    guard let variant = KernelVariant(rawValue: name.lowercased()) else {
      throw KernelError(
        .unknownVariant,
        "\(environmentVariable) is \"\(name)\", which is no version of the kernels.",
        subject: environmentVariable,
        remedy: "Unset it, or use one of: \(supported.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return try KernelSet(variant)
  }

  /// The kernels of one instruction set.
  ///
  /// - Throws: ``KernelError`` with code `unsupportedVariant` if this processor lacks it.
  public init(_ variant: KernelVariant) throws(KernelError) {
    guard let table = ck_kernels_for(variant.identifier),
      let decoder = ck_decoder_kernels_for(variant.identifier),
      let training = ck_training_kernels_for(variant.identifier)
    else {
      throw KernelError(
        .unsupportedVariant,
        "The \(variant.rawValue) kernels do not run on this processor.",
        subject: variant.rawValue,
        remedy: "Use one of: \(Self.supported.map(\.rawValue).joined(separator: ", "))."
      )
    }
    self.variant = variant
    self.table = table
    self.decoder = decoder
    self.training = training
  }

  /// The kernels of one instruction set as a processor that has no dot products of bytes gets them,
  /// so that tests reach them too; `nil` if this processor lacks the instruction set.
  package init?(withoutByteProducts variant: KernelVariant) {
    guard let table = ck_kernels_for(variant.identifier),
      let decoder = ck_plain_decoder_kernels_for(variant.identifier),
      let training = ck_training_kernels_for(variant.identifier)
    else { return nil }
    self.variant = variant
    self.table = table
    self.decoder = decoder
    self.training = training
  }
}
