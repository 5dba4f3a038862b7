import Annotations
import Testing

struct CalendarDateTests {
  /// Every day of eight centuries, counted one by one.
  @Test func agreesWithCounting() throws {
    var year = 1600
    var month = 1
    var day = 1
    let first = try #require(CalendarDate(year: year, month: month, day: day))
    var serial = first.serial
    var weekday = 6  // 1 January 1600 was a Saturday.
    while year < 2400 {
      let date = try #require(CalendarDate(year: year, month: month, day: day))
      guard date.serial == serial, date.weekday == weekday,
        first.adding(days: serial - first.serial) == date
      else {
        Issue.record("\(year)-\(month)-\(day): serial \(date.serial), weekday \(date.weekday)")
        return
      }
      serial += 1
      weekday = weekday % 7 + 1
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
        day = 1
        month += 1
      }
      if month > 12 {
        month = 1
        year += 1
      }
    }
  }

  /// A week has the number of its Thursday's year, and weeks follow one another.
  @Test func weeks() throws {
    var date = try #require(CalendarDate("1999-01-04"))
    var expected = (year: 1999, week: 1)
    while date.year < 2040 {
      for day in 0..<7 {
        let week = date.adding(days: day).isoWeek
        #expect(week.year == expected.year && week.week == expected.week, "\(date)")
      }
      date = date.adding(days: 7)
      let thursday = date.adding(days: 3)
      expected =
        thursday.year == expected.year ? (expected.year, expected.week + 1) : (thursday.year, 1)
    }
  }

  @Test(arguments: [
    "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "", "2024-06",
  ])
  func refuses(_ text: String) { #expect(CalendarDate(text) == nil) }

  @Test func reads() {
    #expect(CalendarDate("2024-02-29")?.description == "2024-02-29")
    #expect(CalendarDate("2024-02-29T15:30:00")?.description == "2024-02-29")
  }
}
