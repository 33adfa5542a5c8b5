// Stage 1 · Serve HTML. A request comes in, a page goes out.

import Engine

let app = App(pages: "step1")  // "/" is Public/step1/index.html; /chat.css is shared by all stages

// The beginning: a path, and a string of HTML for it.
app.get("/hello") { _ in
    .html("<h1>Hello world</h1>")
}

// A page of HTML in a program is hard to read and hard to change. So it becomes a file, and what
// the app does for "/" by itself is this (and it looks whether the file has changed):
app.get("/page") { _ in
    try .file("step1/index.html")
}

app.run()  // listens on --port N, or PORT, or 3000; never returns
