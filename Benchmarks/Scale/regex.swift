// What a pattern like the worst ones of scale.py costs an engine that goes back: Swift's Regex on so many characters.
// swift Benchmarks/Scale/regex.swift 20
let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20
let text = String(repeating: "国家", count: count / 2)
let pattern = try Regex("([国家]+)+局")
let clock = ContinuousClock()
let time = clock.measure { precondition(text.firstMatch(of: pattern) == nil) }
print("([国家]+)+局 on \(text.count) characters: \(time)")
