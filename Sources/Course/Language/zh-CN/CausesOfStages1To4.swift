// Likely causes, of stages 1 to 4, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfStages1To4 = #"""
    there is no file "{1}": `App(pages: …)` takes the folder's name in Public alone, "mychat";
      or has index.html another name?
    = 没有文件 "{1}"：`App(pages: …)` 只写 Public 里的文件夹名 "mychat"；或者 index.html 用了别的名字？
    there is no page in the folder "{1}": is that the folder's name in `App(pages: …)`? Yours is
      "mychat"
    = 文件夹 "{1}" 里没有页面：`App(pages: …)` 里写的是这个文件夹的名字吗？你的文件夹是 "mychat"
    no page is served: `App(pages: "mychat")` in place of `App()`
    = 没有提供页面：把 `App()` 换成 `App(pages: "mychat")`
    a route for / takes POST or the like, and hides the page from GET
    = / 上的路由只处理 POST 之类的方法，GET 因此得不到页面
    a route for / answers with a `.file(…)` that is not there: its path begins in Public,
      "mychat/index.html"; or take it out, the page comes from `App(pages: "mychat")`
    = / 上的路由用 `.file(…)` 应答，但那个文件不存在：路径从 Public 算起，即 "mychat/index.html"；也可以删掉这个路由，页面
      由 `App(pages: "mychat")` 提供
    a route for / fails with an error before the page is sent: take it out, the page comes from
      `App(pages: "mychat")`
    = / 上的路由在发送页面之前出错：请删掉它，页面由 `App(pages: "mychat")` 提供
    a route for / answers with plain text in place of the page: is the starter's `app.get("/")`
      still there? The page comes from `App(pages: "mychat")`
    = / 上的路由应答的是纯文本，不是页面：一开始就有的 `app.get("/")` 还在吗？页面由 `App(pages: "mychat")` 提供
    a route for / answers in place of the page: take it out, the page comes from `App(pages:
      "mychat")`
    = / 上的路由代替页面作了应答：请删掉它，页面由 `App(pages: "mychat")` 提供
    index.html is empty, or all of it is in a comment
    = index.html 是空的，或者全部内容都在注释里
    a piece of HTML comes in place of a page: does a route for / answer with a string? The page
      comes from `App(pages: "mychat")`, and index.html begins with `<!DOCTYPE html>`
    = 返回的是一段 HTML，不是完整的页面：/ 上的路由是不是用字符串应答的？页面由 `App(pages: "mychat")` 提
      供，index.html 以 `<!DOCTYPE html>` 开头
    the page does not begin with `<!DOCTYPE html>`: that is its first line, above `<html>`
    = 页面没有以 `<!DOCTYPE html>` 开头：它是第一行，在 `<html>` 上面
    long-polling is refused: `transports` in the options has to have `.polling`
    = 长轮询被拒绝：选项里的 `transports` 必须含有 `.polling`
    the page is sent as plain text: `.html(…)` in place of `.text(…)`
    = 页面以纯文本发送：把 `.text(…)` 换成 `.html(…)`
    no page and no style sheet is served: `App(pages: "mychat")` in place of `App()`
    = 页面和样式表都没有提供：把 `App()` 换成 `App(pages: "mychat")`
    a page is served, and no style sheet: `App(pages: "mychat")` serves both, `App()` none
    = 提供了页面，没有提供样式表：`App(pages: "mychat")` 两者都提供，`App()` 都不提供
    a route of yours answers for /chat.css; without it the style sheet is served
    = 你的某个路由应答了 /chat.css；去掉它，样式表就会正常提供
    a route answers every path, "*" for instance: it has to answer 404 for what is not there
    = 有一个路由应答所有路径，例如 "*"：不存在的路径应当返回 404
    a route fails with an error for a path that is not there
    = 路径不存在时，某个路由出错了
    a route answers a POST to /
    = 有一个路由应答对 / 的 POST
    405 came without the field Allow
    = 应答了 405，但没有 Allow 字段
    a client is printed more than once: two `print` lines, or two `onConnection`
    = 一个客户端打印了不止一次：有两行 `print`，或者两处 `onConnection`
    a client is printed when it leaves, not when it comes: the `print` stands inside of
      onDisconnect
    = 客户端离开时才打印，而不是连接时：`print` 写在了 onDisconnect 里面
    only some clients are printed: the `print` has to run for each connection, without a test in
      front of it
    = 只打印了部分客户端：每次连接都要执行 `print`，前面不要有条件
    the line is printed when the program starts, and not for each client: `print` belongs inside
      of `io.onConnection { socket in … }`
    = 这一行在程序启动时打印，而不是每个客户端一次：`print` 应该写在 `io.onConnection { socket in … }` 里面
    nothing is printed: `io.onConnection { socket in print("{1}") }` is missing, is not reached,
      or stands below `app.run()`
    = 什么也没有打印：`io.onConnection { socket in print("{1}") }` 没有写，或者执行不到，或者写在 `app.run()` 下面
    it prints the word `reason`; the value is written as `\(reason)`
    = 它打印了 `reason` 这个词；要打印它的值，写成 `\(reason)`
    it prints "{1}" without ": " and the reason behind it: `print("a user disconnected:
      \(reason)")`
    = 它打印的是 "{1}"，后面缺少 ": " 和原因：`print("a user disconnected: \(reason)")`
    it prints "{1}"; the line has to begin with exactly "{2}"
    = 它打印的是 "{1}"；这一行应该正好以 "{2}" 开头
    the line comes more than once for one client: two `print` lines, or two `onDisconnect`
    = 一个客户端打印了不止一行：有两行 `print`，或者两处 `onDisconnect`
    it prints "{1}": behind the colon belongs the reason as it is, `\(reason)`
    = 它打印的是 "{1}"：冒号后面应该是原因本身，`\(reason)`
    nothing is printed when a client leaves: `socket.onDisconnect { reason in … }` is missing
      inside of `io.onConnection`, or there is no `print` in it
    = 客户端离开时什么也没有打印：`io.onConnection` 里面缺少 `socket.onDisconnect { reason in … }`，或者其中没有 `print`
    it prints "{1}"; the line has to be exactly "message: ", and the text as it is, `\(text)`
    = 它打印的是 "{1}"；这一行应该正好是 "message: " 加上文本本身，`\(text)`
    it prints "{1}" behind "message: "{2}: there belongs the text that came, `\(text)`
    = 它在 "message: " 后面打印的是 "{1}"{2}：那里应该是收到的文本，`\(text)`
    , the socket's id
    = ，这是 socket 的 id
    the message is sent to clients, and not printed: `print("message: \(text)")`
    = 消息发给了客户端，却没有打印：`print("message: \(text)")`
    no line is printed: `print("message: \(text)")` is missing in the handler of "chat message",
      or not reached (is the test above it the other way round?), or has no line's end
    = 没有打印：在 "chat message" 的处理函数里 `print("message: \(text)")` 没有写，或者执行不到（上面的条件是不是写反了？），或者没有换行
    each message is printed more than once: two `print` lines, or two handlers of "chat message"
    = 每条消息打印了不止一次：有两行 `print`，或者 "chat message" 有两个处理函数
    messages are printed in another order than they came: a handler waits for something
      (`await`, a `Task`)
    = 打印的顺序与到达的顺序不同：处理函数在等待什么（`await`，或者 `Task`）
    an empty text is printed: `guard !text.isEmpty else { return }` above the `print`
    = 打印了空文本：在 `print` 上面写 `guard !text.isEmpty else { return }`
    what is no text is printed too: the handler has to ask for a `String`, `{ (text: String) in`
    = 不是文本的参数也打印了：处理函数应该要求 `String`，即 `{ (text: String) in`
    the text is printed, and not sent on: `io.emit("chat message", text)` in place of the
      `print`
    = 文本打印了，却没有转发：把 `print` 换成 `io.emit("chat message", text)`
    it is sent as "user left", and has to be sent as "user joined"
    = 它以 "user left" 发送，应该以 "user joined" 发送
    the newcomer alone hears "user joined": `socket.emit` speaks to this one client,
      `socket.broadcast.emit` to the others
    = 只有新来的客户端收到 "user joined"：`socket.emit` 只发给这一个客户端，`socket.broadcast.emit` 发给其他人
    the newcomer hears of itself: `io.emit` reaches everyone, `socket.broadcast.emit` the others
    = 新来的客户端收到了关于自己的通知：`io.emit` 发给所有人，`socket.broadcast.emit` 发给其他人
    "user joined" comes twice for one client: two lines send it
    = 一个客户端的 "user joined" 收到了两次：有两行代码在发送它
    "user joined" is sent to no client: `socket.broadcast.emit("user joined")` is missing,
      directly inside of `io.onConnection`
    = 没有向任何客户端发送 "user joined"：`io.onConnection` 里面缺少 `socket.broadcast.emit("user joined")`
    "user left" is sent when a client comes: it belongs inside of `socket.onDisconnect { reason
      in … }`
    = 客户端连接时发送了 "user left"：它应该写在 `socket.onDisconnect { reason in … }` 里面
    "user joined" is sent when a client leaves: it has to be "user left"
    = 客户端离开时发送了 "user joined"：应该是 "user left"
    "user left" comes more than once for one client: two lines send it
    = 一个客户端的 "user left" 收到了不止一次：有两行代码在发送它
    nothing is sent when a client leaves: in onDisconnect belongs `socket.broadcast.emit("user
      left")` (`socket.emit` would speak to the one that is gone)
    = 客户端离开时什么也没有发送：onDisconnect 里应该有 `socket.broadcast.emit("user left")`（`socket.emit` 只会发给已经离
      开的那个）
    an empty text is sent on: `if !text.isEmpty` in front of the `emit`
    = 转发了空文本：在 `emit` 前面写 `if !text.isEmpty`
    what is no text is sent on: the handler has to ask for a `String`, `{ (text: String) in`
    = 不是文本的参数也转发了：处理函数应该要求 `String`，即 `{ (text: String) in`
    a newcomer gets what was said before: texts are kept, and sent again at a connection
    = 新来的客户端收到了以前的消息：文本被保存下来，连接时又发了一次
    messages arrive in another order than they were sent: the handler waits for something
      (`await`, a `Task`)
    = 消息到达的顺序与发送的顺序不同：处理函数在等待什么（`await`，或者 `Task`）
    """#
