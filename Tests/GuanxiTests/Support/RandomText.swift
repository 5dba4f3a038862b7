/// Random texts of everything that normalisation, segmentation and recognition treat specially.
enum RandomText {
  private static let fragments = [
    "和平区教育局", "召开会议", "，", "。", "“", "”", "（", "）", "《", "》", "！", "？", "……", "——",
    "2024年5月3日", "１２３", "３．５％", "14 个", "１，１００名", "约300人", "三分之一", "百分之二十", "数十万",
    "昨天", "去年同期", "1至3月", "９月２８日至１０月３日", "上半年", "据新华社报道", "李明表示", "北京", "上海市",
    "區(qū)", "會(huì)議", "區（qū）教育局", "和平區教育局召開會議", "著名學者", "看著", "国务院总理", "普京", "特朗普·",
    " ", "　", "\u{A0}", "\t", "\n", "\r\n", "\u{2028}", "\u{200B}", "\u{FEFF}", "\u{AD}",
    "\u{2060}",
    "😀", "𠮷野家", "𠀀", "👨‍👩‍👧", "é", "e\u{301}", "ａｂｃ", "ＡＢＣ", "C919", "PM2.5", "Apple Inc",
    "\u{FFFD}", "\u{FFFF}", "\u{0}", "\u{7}", "ｶﾀｶﾅ", "カタカナ", "한국어", "(", ")", "\"", "'", "%", "％",
    "¥100", "5 kg", "微克/立方米", "18℃至20℃", "没有", "被", "把", "的", "了", "第", "一", "万", "亿", "点", "分之",
    "年", "月", "日", "时", "零", "〇", "两", "几", "余", "多",
  ]

  /// Real text in disorder: pieces of articles, with single characters changed for others of theirs
  /// and fragments put in between.
  static func spliced(_ random: inout SplitMix64, from articles: [[Unicode.Scalar]]) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<(1 + random.below(6)) {
      let article = random.pick(articles)
      let start = random.below(article.count)
      let end = min(article.count, start + 1 + random.below(60))
      text.append(contentsOf: article[start..<end])
      if random.chance(30) { text.append(random.pick(article)) }
      if random.chance(30) { text.append(contentsOf: random.pick(fragments).unicodeScalars) }
    }
    return String(text)
  }

  static func make(_ random: inout SplitMix64, fragments count: Int = 24) -> String {
    var text = ""
    for _ in 0..<(1 + random.below(count)) {
      // Scalar by scalar now and then, so that fragments are cut anywhere.
      let fragment = random.pick(fragments)
      if random.chance(80) {
        text += fragment
      } else {
        text.unicodeScalars.append(contentsOf: fragment.unicodeScalars.prefix(1 + random.below(3)))
      }
    }
    return text
  }
}
