// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses Guanxi builds what only its benchmarks need.
let package = Package(
  name: "GuanxiBenchmarks",
  dependencies: [
    .package(name: "Guanxi", path: "..")
  ],
  targets: [
    .systemLibrary(name: "CICUText", pkgConfig: "icu-uc", providers: [.apt(["libicu-dev"])]),
    .executableTarget(
      name: "contestant",
      dependencies: ["CICUText", .product(name: "Segmentation", package: "Guanxi")]),
  ]
)
