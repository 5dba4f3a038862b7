internal import Annotations

/// The things of a document: mentions and references that name the same one, put together.
///
/// Mentions of one type and name are one thing; the name is the lexicon's canonical one where it has one, else the
/// normalised characters. Names that are not the same are put together where one is a short form of the other and of
/// no other of the document: 区教育局 of 和平区教育局, 斯塔默 of 基尔·斯塔默, 靖远 of 靖远县, 全贸公司 of
/// 宁波全贸作息技术有限公司, and what the text itself defines (以下简称). What may be short for two is linked to none
/// of them and told. Two full names are never one thing.
///
/// What is short for what, the parts of the names say (``PlaceName``, ``OrganizationName``); what a place, a level, a
/// legal form is, the lexicon.
struct EntityLinker: Sendable {
  /// What the lexicon says about the parts of names.
  let vocabulary: NameVocabulary

  /// The things of an analysed document.
  /// - Complexity: O(mentions + references + count of the text); names are looked up by their parts.
  func link(_ analysis: DocumentAnalysis) -> DocumentLinks {
    var names = NameGroups(analysis.mentions, text: analysis.text, vocabulary: vocabulary)
    if names.mentions.isEmpty { return DocumentLinks() }
    names.defineAliases(analysis.triples)
    names.parse()
    names.findShortForms(tokens: analysis.tokens)
    names.linkPlaces()
    names.linkPersons()
    names.linkOrganizations()
    names.resolveReferences(sentences: analysis.sentences, tokens: analysis.tokens)
    return names.links()
  }
}
