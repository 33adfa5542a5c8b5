// Literals of the sources that look like sentences, and that a person does not read as such.
// Growth is a decision: what a person reads has a translation. Next: LanguageTests.swift.

/// What has no translation.
enum Untranslated {
    /// Whether a literal is one of these, or code.
    static func holds(_ key: String, _ label: String) -> Bool {
        if label == "shape" { return true }
        return beginnings.contains { key.hasPrefix($0) } || all.contains(key)
    }

    /// Markup, styles, scripts of a shell, commands, and texts that have a file for each language.
    private static let beginnings = [
        "<", ":root", ".filter {", "exec 3<&0", "swift run ", "# A chat",
    ]

    private static let all = Set(table.split(separator: "\n").map(String.init))

    private static let table = #"""
        == events, lines and frames of the contract
        "chat message"
        "set nickname"
        1({"data":[{"username":…}, …],"user":null})
        42/admin,1["close channel","{1}"]
        42/get,["new message",{"mess":"{1}"}]
        42/{1},["new message",{"mess":"
        42["chat message","{1}"]
        Content-Length: {1}
        Content-Type: text/html; charset=utf-8
        GET / HTTP/1.1
        GET / HTTP/1.1 Host: a bad header
        Host: localhost
        Ready to accept connections
        a user connected
        a user disconnected
        a user disconnected:
        a user disconnected: client namespace disconnect
        a user disconnected: transport close
        chat message
        chat message({"from":…,"text":…}, offset)
        listening on http://
        message: (text)
        message: text
        new message
        no nickname
        not in
        online([nickname, …])
        private message
        replaced by {1}
        set nickname
        tests="{1}" failures="{2}" errors="{3}"
        token expired
        token invalid
        too long
        user joined
        user left
        == what the compiler and other programs say
        (Int32, Int32, Int32) -> Int32
        Fatal error:
        NSCocoaErrorDomain Code=260
        No space left
        cannot be resolved without a contextual type
        cannot find '{1}
        cannot infer type of closure parameter
        command failed
        conflicting arguments to generic parameter 'Value'
        consecutive statements on a line
        error: expected '}'
        error: extraneous '}'
        call can throw, but it is not marked with 'try'
        expected '{' after
        is not a valid digit
        generic parameter 'each Argument' could not be inferred
        has no member 'precomposedString
        has no member 'trimmingCharacters'
        heterogeneous collection literal
        invalid UTF-8 found in source file
        invalid character
        missing required module
        module cache path
        non-breaking space
        output cleared
        type 'Any' cannot conform to 'Encodable'
        unexpected input character
        unicode curly quote
        was compiled with
        wire cleared
        == parts of an expectation that a rule looks for
        Transport unknown
        a tab is open
        client namespace
        in all
        in order
        index.html is not there
        no empty
        nothing refused
        starts again
        the list
        the password in no file
        the socket has none
        == what the tap sends, and what it was doing when the system refused
        HTTP/1.1 403 Forbidden Connection: close Content-Length: 0
        connect to port {1}
        == the beginning of a line in a transcript
        connects with
        == what a test of the grader itself waits for
        a chunk's size
        an answer's head
        called off
        echo works
        ip link set lo up || exit
        its end
        the clients have gone
        the end
        the end of a trial
        the end of the build
        the end of the program
        the line "{1}…"
        {1} --seed {2} --trace{3}
        """#
}
