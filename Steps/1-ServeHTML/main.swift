// Stage 1 · Serve HTML. A request comes in, a page goes out.

import Engine

let app = App(pages: "step1")  // serves Public/step1 at "/", and Public/chat.css

app.get("/hello") { _ in
    .html("<h1>Hello world</h1>")
}

try app.run()  // --port N, or PORT, or 3000; returns never
