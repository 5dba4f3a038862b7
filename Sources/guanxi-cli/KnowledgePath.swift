import Annotations
import ArgumentParser
import Corpora

import Extraction
import FoundationEssentials
import Knowledge
import Reading
import Segmentation

/// Where the knowledge is found: `--lexicons`, `GUANXI_LEXICONS`, `share/guanxi` beside the
/// executable's folder, the checkout's `Lexicons/`.
enum KnowledgePath {
  /// The domain that is used when a folder holds several.
  static let domain = "news"

  /// The folder or compiled file, and how it was found.
  static func find(_ option: String?) -> (path: String, from: String) {
    if let option { return (option, "by --lexicons") }
    if let variable = ProcessInfo.processInfo.environment["GUANXI_LEXICONS"], !variable.isEmpty {
      return (variable, "by GUANXI_LEXICONS")
    }
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    var folder = executable ?? CommandLine.arguments[0]
    for _ in 0..<6 {
      guard let slash = folder.lastIndex(of: "/") else { break }
      folder = String(folder[..<slash])
      for candidate in ["\(folder)/share/guanxi/\(domain)", "\(folder)/Lexicons/\(domain)"]
      where FileManager.default.fileExists(atPath: candidate) {
        return (candidate, "beside the executable")
      }
    }
    return ("Lexicons/\(domain)", "in the working folder")
  }

  /// Loads the knowledge or says what is wrong with it and ends the command.
  static func load(_ option: String?) throws -> CompiledKnowledge {
    let place = find(option)
    let loaded = try KnowledgeLoader.load(place.path, lints: false)
    if let knowledge = loaded.knowledge { return knowledge }
    for fault in loaded.failure { warn(fault) }
    warn(
      "the knowledge in \"\(place.path)\" (found \(place.from)) has errors and is not used; "
        + (KnowledgeLoader.isCompiled(place.path)
          ? "it is a compiled file" : "run \"guanxi lexicon check\" for all of them"))
    throw Exit.knowledgeInvalid
  }

  /// Loads a folder, or for `none` no folder, with lexicons over it; or says what is wrong and ends the
  /// command.
  static func loadFolder(_ option: String?, over lexicons: [LexiconFile]) throws -> LoadedKnowledge
  {
    let place = find(option)
    if option != "none", KnowledgeLoader.isCompiled(place.path) {
      warn("\"\(place.path)\" is a compiled file; give the folder it came from")
      throw Exit.usage
    }
    let loaded = try KnowledgeLoader.load(
      folder: option == "none" ? nil : place.path, over: lexicons, lints: false)
    if loaded.knowledge != nil { return loaded }
    for fault in loaded.failure { warn(fault) }
    throw Exit.knowledgeInvalid
  }

  /// The words of a folder, of a compiled file, or for `none` of ICU alone, with lexicons over them; or
  /// says what is wrong and ends the command.
  static func loadWords(_ option: String?, over lexicons: [LexiconFile]) throws -> Segmenter {
    let place = find(option)
    if option != "none", KnowledgeLoader.isCompiled(place.path) {
      guard lexicons.isEmpty else {
        warn("a compiled file has its words already; lay lexicons over the folder it came from")
        throw Exit.usage
      }
      do {
        return try Segmenter(contentsOf: place.path)
      } catch {
        warn("\(error)")
        throw Exit.knowledgeInvalid
      }
    }
    let (segmenter, failure) = try KnowledgeLoader.words(
      folder: option == "none" ? nil : place.path, over: lexicons)
    if let segmenter { return segmenter }
    for fault in failure { warn(fault) }
    throw Exit.knowledgeInvalid
  }

  /// The lexicons that --words names; or says which cannot be read and ends the command.
  static func overlays(_ paths: [String]) throws -> [LexiconFile] {
    try paths.map { path in
      do {
        let source = try SourceDecoder.decode(try TextLines.bytes(of: path))
        return LexiconFile(name: path, text: source.text)
      } catch {
        warn("\(path): cannot be read: \(error)")
        throw Exit.knowledgeInvalid
      }
    }
  }
}
