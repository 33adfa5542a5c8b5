// In: text that came from outside. Out: the same text, safe to print in one line of a log: it can
// neither begin a line of its own, nor move the cursor, nor reverse the text around it, nor fill
// the screen.

/// How much of a foreign text a log line shows. Two lines of a terminal: enough to recognise it.
private let longestShownText = 200

/// The text with control characters, line and paragraph separators and bidirectional controls
/// written as `\u{…}`, cut after 200 Unicode scalars.
///
/// Scalars are counted and not characters, as one character can be thousands of accents long.
package func escapedForLog(_ text: String) -> String {
    var escaped = ""
    var count = 0
    for scalar in text.unicodeScalars {
        guard count < longestShownText else { return escaped + "…" }
        count += 1
        if isHarmful(scalar) {
            escaped += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true  // control characters, escape and newline among them
    case 0x2028, 0x2029: true  // line and paragraph separator
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional controls
    default: false
    }
}
