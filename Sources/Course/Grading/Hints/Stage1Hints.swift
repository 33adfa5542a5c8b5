// Help for stage 1. Next: Stage2Hints.swift.

import CourseLanguage

nonisolated func stage1Hints() -> [String: Hint] {
    [
        "1.1": Hint(
            "What does a browser ask for when somebody opens http://localhost:3000?",
            look: "TUTORIAL, stage 1, step 1. The page is Public/mychat/index.html.",
            shape: "let app = App(pages: \"mychat\")\napp.run()"),
        "1.2": Hint(
            "How does a browser know whether é is one character or two?",
            look: "The field Content-Type of the answer. "
                + "What makes the answer for / in your program?",
            shape: ".html(\"…\") and .file(\"…/index.html\") both say text/html; charset=utf-8"),
        "1.3": Hint(
            "The page names a style sheet. Who answers when the browser asks for it?",
            look: "App(pages:) serves all of the page's folder, and Public/chat.css.",
            shape: "let app = App(pages: \"mychat\")"),
        "1.4": Hint(
            "What should somebody see who mistypes a path?",
            look: "A route that answers every path hides what is missing. Which of yours does?",
            shape: "app.get(\"/hello\") { _ in … }      // one path, and nothing else"),
        "1.5": Hint(
            "Somebody wants to know how long the page is, without having it. How do they ask?",
            look: "RFC 9110 §9.3.2: HEAD is GET, and the answer ends after the header section.",
            shape: "if method == HEAD { send the head of GET's answer, Content-Length included }"),
        "1.6": Hint(
            "The path exists, the method does not. Which status says so?",
            look: "RFC 9110 §15.5.6: 405, with a field that lists what is allowed.",
            shape: "405 Method Not Allowed\nAllow: GET, HEAD"),
        "1.7": Hint(
            "What does /../Package.swift mean to the file system? And /%2e%2e/?",
            look: "Decode the path first, then look at its segments, then touch the disk.",
            shape: "refuse a path with a segment \"..\", and a file outside of the folder"),
        "1.8": Hint(
            "Three requests in one read: what happens to the second?",
            look: "RFC 9112 §9.3: a connection lives on, unless somebody says Connection: close.",
            shape: "while let request = decoder.next() { answer(request) }"),
        "1.9": Hint(
            "What does your server do with bytes that are no request?",
            look: "RFC 9112 §3.2: no Host field, two of them, or a line without colon: 400.",
            shape: "do { … } catch { send 400; close }"),
    ]
}
