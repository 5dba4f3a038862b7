// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: Swift 6 with the strict upcoming features, warnings as errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A Swift target of the house. `imports` is the whole list that `Scripts/check` holds the sources against; files of
/// `embedded` become constants of the code.
func stage(
  _ name: String, imports: [Target.Dependency] = [], embedded: [String] = []
) -> Target {
  .target(
    name: name, dependencies: imports, resources: embedded.map { .embedInCode($0) },
    swiftSettings: strict)
}

let package = Package(
  name: "Guanxi",
  products: [
    .library(name: "Guanxi", targets: ["Guanxi"]),
    .library(name: "Segmentation", targets: ["Segmentation"]),
    .executable(name: "guanxi", targets: ["guanxi-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    stage("Annotations"),
    stage("Characters", imports: ["CICU"]),
    stage("Reading", imports: ["Annotations", "Characters", "CICU", "CLibXML2"]),
    stage("Segmentation", imports: ["Annotations", "Characters", "CICU"]),
    stage("Recognition", imports: ["Annotations", "Characters", "Segmentation"]),
    stage("Rules", imports: ["Annotations"]),
    stage(
      "Extraction",
      imports: ["Annotations", "Characters", "Reading", "Segmentation", "Recognition", "Rules"]),
    stage(
      "Knowledge",
      imports: [
        "Annotations", "Characters", "Reading", "Segmentation", "Recognition", "Rules",
        "Extraction", "COpenSSL",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    stage(
      "Evaluation", imports: ["Annotations", "Characters", "Segmentation", "Extraction"]),
    stage(
      "Corpora",
      imports: [
        "Annotations", "Characters", "Reading", "Segmentation", "Recognition", "Extraction",
        "Knowledge", "Evaluation", "CLibArchive", "CSQLite",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      embedded: ["Resources/report.html", "Resources/report.css", "Resources/report.js"]),
    stage("Guanxi", imports: ["Annotations", "Characters", "Extraction", "Knowledge"]),
    .executableTarget(
      name: "guanxi-cli",
      dependencies: [
        "Annotations", "Characters", "Reading", "Segmentation", "Extraction", "Knowledge",
        "Evaluation", "Corpora",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "Spellout", dependencies: ["CICU"], path: "Tests/Spellout", swiftSettings: strict),
    .target(
      name: "Packing", dependencies: ["CLibArchive"], path: "Tests/Packing", swiftSettings: strict),
    .testTarget(
      name: "GuanxiTests",
      dependencies: [
        "Annotations", "Characters", "Reading", "Segmentation", "Recognition", "Rules",
        "Extraction", "Knowledge", "Evaluation", "Corpora", "Spellout", "Packing",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LibraryTests", dependencies: ["Guanxi", "Knowledge"], swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["guanxi-cli"], swiftSettings: strict),
  ]
)
