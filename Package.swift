// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "attune",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Attune", targets: ["Attune"]),
    .executable(name: "attune", targets: ["AttuneCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // The engine: C inner loops, Swift over them, models over those.
    .target(name: "CKernels"),
    .target(name: "Kernels", dependencies: ["CKernels"]),
    .target(name: "Tokenizers"),
    .target(name: "LanguageModels", dependencies: ["Kernels", "Tokenizers"]),
    .target(
      name: "ModelCatalog",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]
    ),
    .target(name: "VectorIndex", dependencies: ["Kernels"]),

    // From examples to a better model.
    .target(
      name: "Datasets",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")]
    ),
    .target(
      name: "FineTuning",
      dependencies: [
        "Datasets", "Kernels", "LanguageModels", "Tokenizers",
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),

    // From documents to answers.
    .systemLibrary(
      name: "CLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]
    ),
    .systemLibrary(
      name: "CZlib",
      pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
    ),
    .target(
      name: "Documents",
      dependencies: [
        "CLibXML2", "CZlib",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Yams", package: "Yams"),
      ]
    ),
    .target(
      name: "Knowledge",
      dependencies: [
        "Documents",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .target(
      name: "Answering",
      dependencies: [
        "Documents", "Knowledge",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]
    ),
    .target(name: "Evaluation"),
    .target(
      name: "Store",
      dependencies: [
        "Answering", "Datasets", "Documents", "Knowledge", "VectorIndex",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),

    // The workspace joins the rooms; the program speaks to people.
    .target(
      name: "Attune",
      dependencies: [
        "Answering", "Datasets", "Documents", "Evaluation", "FineTuning", "Kernels", "Knowledge",
        "LanguageModels", "ModelCatalog", "Store", "Tokenizers",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.copy("Resources/attune-answer")]
    ),
    .executableTarget(
      name: "AttuneCLI",
      dependencies: [
        "Answering", "Attune", "Datasets", "Documents", "Evaluation", "FineTuning", "Knowledge",
        "Kernels", "LanguageModels", "ModelCatalog", "Tokenizers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),

    // Tests: one suite per room, the joined workspace, and the built program as a user runs it.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "KnowledgeTestSupport",
      dependencies: ["Answering", "Documents", "Knowledge", "Store", "TestSupport"],
      path: "Tests/KnowledgeTestSupport"
    ),
    .testTarget(
      name: "KernelsTests",
      dependencies: ["CKernels", "Kernels", "TestSupport"],
      exclude: ["Fixtures"]
    ),
    .testTarget(
      name: "TokenizersTests",
      dependencies: ["Tokenizers", "TestSupport"],
      exclude: ["Fixtures"]
    ),
    .testTarget(
      name: "LanguageModelsTests",
      dependencies: ["Kernels", "LanguageModels", "TestSupport", "Tokenizers"],
      exclude: ["Fixtures"]
    ),
    .testTarget(name: "ModelCatalogTests", dependencies: ["ModelCatalog", "TestSupport"]),
    .testTarget(name: "VectorIndexTests", dependencies: ["Kernels", "VectorIndex", "TestSupport"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
    .testTarget(
      name: "FineTuningTests",
      dependencies: [
        "Datasets", "FineTuning", "Kernels", "LanguageModels", "TestSupport", "Tokenizers",
      ],
      exclude: ["Fixtures"]
    ),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"]),
    .testTarget(
      name: "KnowledgeTests",
      dependencies: ["Documents", "Knowledge", "KnowledgeTestSupport", "Store", "TestSupport"]
    ),
    .testTarget(
      name: "AnsweringTests",
      dependencies: [
        "Answering", "Documents", "Knowledge", "KnowledgeTestSupport", "Store", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "Answering", "Datasets", "Documents", "Knowledge", "Store", "TestSupport", "VectorIndex",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    .testTarget(
      name: "AttuneTests",
      dependencies: [
        "Answering", "Attune", "Datasets", "Documents", "Evaluation", "FineTuning", "Kernels",
        "Knowledge", "KnowledgeTestSupport", "LanguageModels", "ModelCatalog", "Store",
        "TestSupport", "Tokenizers",
      ]
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["AttuneCLI", "TestSupport"],
      exclude: ["Fixtures"]
    ),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["Evaluation", "TestSupport"],
      exclude: ["Fixtures"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// One loop, so that every room is held to the same settings.
let warningsAreErrors = Context.environment["ATTUNE_WARNINGS_AS_ERRORS"] == "1"
for target in package.targets where target.type != .system {
  if target.name == "CKernels" {
    if warningsAreErrors { target.cSettings = [.treatAllWarnings(as: .error)] }
    continue
  }
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
  if warningsAreErrors { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }
}
