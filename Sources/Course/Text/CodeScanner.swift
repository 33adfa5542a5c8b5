// Colours for code: one small scanner, and for each language of the text a list of what it knows.
// At each place the first rule that fits takes its characters; what no rule knows stays plain.
// Simplified: a word has one colour wherever it stands, and JavaScript's regular expressions none.
// In: code. Out: the same code in spans. Next: TextRenderer.swift.

/// A part of some code that has one colour.
package struct CodeSpan: Equatable {
    package enum Kind: String {
        case plain, comment, string, number, keyword, type, arrow, added, removed
    }

    package let kind: Kind
    package let text: String
}

package enum CodeScanner {
    private typealias Rule = (kind: CodeSpan.Kind, pattern: Regex<Substring>)

    /// The code in spans; together they are the code. The language is the word behind the fence.
    package static func spans(of code: String, in language: String) -> [CodeSpan] {
        guard language == "html", let match = code.firstMatch(of: /<script>([\s\S]*?)<\/script>/)
        else { return scan(code, rules(of: language)) }
        let script = match.output.1
        return scan(code[..<script.startIndex], rules(of: "html"))
            + scan(script, rules(of: "js"))
            + spans(of: String(code[script.endIndex...]), in: "html")
    }

    private static func scan(_ code: some StringProtocol, _ rules: [Rule]) -> [CodeSpan] {
        var spans: [CodeSpan] = []
        var plain = ""
        var rest = Substring(code)
        while !rest.isEmpty {
            var (kind, length) = (CodeSpan.Kind.plain, 1)
            for rule in rules {
                guard let match = rest.prefixMatch(of: rule.pattern) else { continue }
                (kind, length) = (rule.kind, max(1, match.output.count))
                break
            }
            if kind == .plain {
                plain += rest.prefix(length)
            } else {
                if !plain.isEmpty { spans.append(CodeSpan(kind: .plain, text: plain)) }
                spans.append(CodeSpan(kind: kind, text: String(rest.prefix(length))))
                plain = ""
            }
            rest = rest.dropFirst(length)
        }
        return plain.isEmpty ? spans : spans + [CodeSpan(kind: .plain, text: plain)]
    }

    // MARK: - Languages

    private static func rules(of language: String) -> [Rule] {
        switch language {
        case "swift": swift
        case "js", "javascript": script
        case "html":
            [
                (.comment, /<!--[\s\S]*?(?:-->|$)/), (.keyword, /<[!\/]?[A-Za-z][\w-]*|\/?>/),
                (.type, /[a-z-]+(?==")/), (.string, /"[^"]*"/), (.plain, /[\w-]+/),
            ]
        case "css":
            [
                (.comment, /\/\*[\s\S]*?\*\//), (.string, /"[^"\n]*"|'[^'\n]*'/),
                (.keyword, /@[\w-]+/), (.type, /[\w-]+(?=\s*:)/), (.number, /#?\d[\w.%]*/),
                (.plain, /[\w-]+/),
            ]
        // `→ GET / HTTP/1.1      what it means`
        case "http", "text":
            [(.arrow, /[→←]/), (.comment, /\ {2,}\S[^\n]*/), (.plain, /\ ?\S+/)]
        case "diff": [(.added, /\+[^\n]*/), (.removed, /-[^\n]*/), (.plain, /[^\n]+/)]
        case "sh", "bash":
            [
                (.comment, /\s?#[^\n]*/), (.string, /"[^"]*"|'[^']*'/),
                (.keyword, /(?:cd|do|done|else|exit|export|fi|for|if|then|while)(?!\S)/),
                (.plain, /\S+/),
            ]
        // Commands without a word behind the fence, with remarks beside them.
        default: [(.comment, /\s?#\ [^\n]*/), (.plain, /\S+/)]
        }
    }

    /// In quotes there may be a value in brackets: `"\(name)"`.
    private static var swift: [Rule] {
        [
            (.comment, /\/\/[^\n]*|\/\*[\s\S]*?\*\//), (.string, /"""[\s\S]*?"""/),
            (.string, /"(?:\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\[^(]|[^"\\\n])*"/),
            (.plain, /\.\w+/), (.keyword, /[@#][A-Za-z]\w*/),
            (
                .keyword,
                /(?:actor|any|as|async|await|break|case|catch|class|continue|default|defer|do)\b/
            ),
            (
                .keyword,
                /(?:else|enum|extension|false|for|func|guard|if|import|init|inout|in|let)\b/
            ),
            (
                .keyword,
                /(?:mutating|nil|package|private|protocol|public|repeat|return|self|Self)\b/
            ),
            (.keyword, /(?:some|static|struct|super|switch|throws?|true|try|typealias|var)\b/),
            (.keyword, /(?:where|while)\b/),
            (.type, /[A-Z]\w*/), (.number, /\d\w*(?:\.\d+)?/), (.plain, /\w+/),
        ]
    }

    private static var script: [Rule] {
        [
            (.comment, /\/\/[^\n]*|\/\*[\s\S]*?\*\//),
            (.string, /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/),
            (.plain, /\.\w+/),
            (.keyword, /(?:async|await|break|case|catch|class|const|continue|default|delete)\b/),
            (.keyword, /(?:else|export|extends|false|finally|for|function|if|import|instanceof)\b/),
            (.keyword, /(?:in|let|new|null|of|return|static|switch|this|throw|true|try|typeof)\b/),
            (.keyword, /(?:undefined|var|void|while|yield)\b/),
            (.type, /[A-Z]\w*/), (.number, /\d\w*(?:\.\d+)?/), (.plain, /\w+/),
        ]
    }
}
