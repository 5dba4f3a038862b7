internal import Annotations

/// Who acts on what, and to whom, in what one predicate tells.
struct ClauseRoles {
  var actors: [TextRange]
  var objects: [TextRange]
  var receiver: TextRange?
  /// What is measured of each who is told of by itself, which is part of the relation: 产量 of 大豆、玉米产量.
  private(set) var measure: TextRange?
  /// Whether the clause names who acts otherwise than as its subject.
  let namesActor: Bool

  /// Whether nothing is acted on.
  var isBare: Bool { objects.isEmpty && receiver == nil }

  /// The roles of a predicate whose clause is about some subjects; `partner` is with whom, where the clause does not say.
  init(
    of predicate: PendingPredicate, in clause: ClauseFrame, about subjects: [TextRange],
    partner: TextRange?, _ phrases: SentencePhrases
  ) {
    var (actors, objects) = (subjects, predicate.objects)
    var receiver = predicate.recipient ?? clause.recipient ?? partner
    var isOwn = clause.agent != nil
    if let target = clause.target {
      // 对X进行部署 acts on X; 对此表示欢迎 has an object of its own.
      if objects.isEmpty {
        objects = phrases.coordinated(target)
      } else {
        receiver = receiver ?? target
      }
    }
    if let agent = clause.agent {
      // 被: the agent acts, the clause's subject is acted on.
      // 他被同事称为专家: where the verb has an object, it is to him that it is done.
      if objects.isEmpty {
        objects = actors
      } else if clause.hasSubject,
        phrases.token(before: agent).map({ phrases.isWord($0.range, of: .passive) }) ?? false
      {
        receiver = receiver ?? actors.first
      }
      actors = phrases.coordinated(agent)
    } else if let fronted = clause.fronted, let behind = objects.first,
      phrases.isAmount(behind) || predicate.isWord(of: .turning) && !subjects.isEmpty
    {
      // 将预期上调至5%, 将交通列为重点: what is acted on gets that amount, or is that.
      actors = phrases.coordinated(fronted)
      isOwn = true
    } else if let fronted = clause.fronted {
      // 把: the fronted noun is acted on; what follows the verb is where it goes.
      receiver = objects.first ?? receiver
      objects = phrases.coordinated(fronted)
    }
    self.actors = actors.filter { !phrases.isNoActor($0) }
    (self.objects, self.receiver, namesActor) = (objects, receiver, isOwn)
  }

  /// Makes one of all who act, and gives it: 江苏和浙江共有500家企业, 书店、画廊会员超4000人, 中国和巴西是好朋友. What is counted
  /// together or holds between them is told of all together. Nil where each is told of by itself.
  mutating func unite(
    of predicate: PendingPredicate, in clause: ClauseFrame, _ phrases: SentencePhrases
  ) -> TextRange? {
    guard actors.count > 1, !clause.isRespective, clause.inner == nil,
      phrases.isOfAll(predicate, objects),
      let first = actors.first, let last = actors.last, first.start < last.end
    else { return nil }
    let all = TextRange(first.start, last.end)
    actors = [all]
    return all
  }

  /// Gives each who acts or is measured an object of its own, where 分别 says so. A list that shares what is measured is taken
  /// apart for it (大豆、玉米产量分别增长2%和3%); amounts that cannot be paired are one (三项指标分别增长5%、8%和9%).
  mutating func pair(in phrases: SentencePhrases) {
    guard objects.count > 1, objects.count != actors.count else { return }
    if actors.count == 1, let list = phrases.ownersAndMeasure(of: actors[0]),
      list.owners.count == objects.count
    {
      (actors, measure) = list
    } else if objects.allSatisfy({ phrases.isMeasure($0) }) {
      objects = [objects[0].union(objects[objects.count - 1])]
    }
  }
}
