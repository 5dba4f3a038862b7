/// Facts that the seed article states, as `subject relation object`.
enum SeedArticle {
  static let facts = [
    "和平区 召开 2021年人才工作领导小组会议",
    "和平区 建立 14个领军人才培养基地",
    "和平区 组建 25个开放协作卓越团队",
    "和平区 成立 85个名师工作室",
    "孙景发 任职 组织部部长",
    "105人 通过 市级骨干教师认定",
    "区文旅局 举办 30场非遗公开课",
    "区文旅局 举办 “和平杯”首届天津市非遗元素产品设计大赛",
  ]

  /// Those that the engine is known to miss; the test asserts that it still does.
  static let knownFailures: Set<String> = []
}
