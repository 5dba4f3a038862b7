/// How a number relates to what it stands for, in the signs of the record.
public enum Modifier: String, Hashable, Sendable, Codable {
  /// Exactly the number: nothing modifies it.
  case exact = "="
  /// 约, 左右, 上下.
  case about = "≈"
  /// 近, 不到, 以下.
  case less = "<"
  /// 超, 逾, 余, 多, 以上 as news uses it.
  case more = ">"
  /// 不超过, 最多.
  case atMost = "≤"
  /// 不少于, 至少.
  case atLeast = "≥"
}
