// In: year, month and day of the Gregorian calendar. Out: days since 1970.
// Next: ../CivilDate.swift, ../../SocketIO/More/ISO8601.swift.

extension CivilDate {
    /// How many days after 1 January 1970 it is. A day that its month does not have counts on into
    /// the next one.
    package static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let monthFromMarch = month <= 2 ? month + 9 : month - 3
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
