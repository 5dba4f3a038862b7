// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses Guanxi builds what only its benchmarks need.
let package = Package(
  name: "GuanxiBenchmarks",
  dependencies: [
    .package(name: "Guanxi", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CICUText", pkgConfig: "icu-uc", providers: [.apt(["libicu-dev"])]),
    .executableTarget(
      name: "contestant",
      dependencies: ["CICUText", .product(name: "Segmentation", package: "Guanxi")]),
    .executableTarget(
      name: "SegmentationBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Segmentation", package: "Guanxi"),
      ],
      path: "Benchmarks/SegmentationBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "RecognitionBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Guanxi", package: "Guanxi"),
      ],
      path: "Benchmarks/RecognitionBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
