// Likely causes, of every stage, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfAllStages = #"""
    {1} (a step before this check's own business: {2})
    = {1}（这是本检查项之前的步骤，由 {2} 检查）
    the acknowledgement is {1}, and has to be an object: return a Reply, `{"ok": …}`
    = 确认是 {1}，而它应该是一个对象：返回一个 Reply，即 `{"ok": …}`
    the field `ok` is missing in the acknowledgement
    = 确认里缺少字段 `ok`
    `ok` has to be true or false, without quotes
    = `ok` 应该是 true 或 false，不加引号
    it answers with the error "{1}" and `ok: true`: a refusal has `ok: false`
    = 它应答了错误 "{1}"，同时又是 `ok: true`：拒绝时应为 `ok: false`
    the field `error` is missing in the refusal
    = 拒绝的应答里缺少字段 `error`
    the test for "{1}" has to stand above the other
    = 检查 "{1}" 的代码应该放在另一个检查的上面
    look at the test that says "{1}"
    = 请看应答 "{1}" 的那个检查
    what is right is refused as "{1}": look at the test that says so
    = 正确的内容被拒绝为 "{1}"：请看给出这个应答的检查
    "{1}" has no argument at this stage, and came with {2}
    = 在这个阶段 "{1}" 没有参数，却带来了 {2}
    "{1}" came without its argument: {2} belongs behind the name
    = "{1}" 没有带参数：事件名后面应该有 {2}
    "{1}" came with more than one argument: {2}
    = "{1}" 带来了不止一个参数：{2}
    "{1}" came with {2} alone: it has to be an object, {3}, so emit a struct
    = "{1}" 只带来了 {2}：它应该是一个对象 {3}，所以请发送一个 struct
    "{1}" has to carry the text alone at this stage
    = 在这个阶段 "{1}" 应该只带文本
    "{1}" came with {2}: it has to carry {3}
    = "{1}" 带来的是 {2}：它应该带 {3}
    "{1}" comes as it should, and also as {2}: two lines send it, is the one of an earlier stage
      still there?
    = "{1}" 按要求到达了，但又以 {2} 的形式到达：有两行代码在发送它，是不是上一个阶段的那一行还在？
    the text is cut: a length is limited somewhere
    = 文本被截断了：某处限制了长度
    the text is changed on the way, {1}: it has to be sent as it came
    = 文本在途中被改成了 {1}：收到什么就应该发送什么
    it carries {1}, which no client has sent: is a variable's name in quotes, or the wrong
      variable sent, or a text of before kept?
    = 它带的是 {1}，没有客户端发送过这个文本：是不是把变量名放进了引号，或者发送了别的变量，或者保存了以前的文本？
    `{1}` is null: the nickname is gone, or was never there
    = `{1}` 是 null：昵称已经删掉了，或者从来没有登记
    `{1}` is {2} and has to be {3}: is it the other way round?
    = `{1}` 是 {2}，应该是 {3}：是不是弄反了？
    `{1}` is {2}, and has to be {3}
    = `{1}` 是 {2}，应该是 {3}
    `{1}` is sent as it was typed, with the blanks around it: use the trimmed one
    = `{1}` 按输入的样子发送了，两端还带着空白：请使用去掉空白之后的
    `{1}` is the key in small letters, and has to be the name as it was typed
    = `{1}` 是小写的键，应该是输入时的昵称
    `{1}` is the socket's id, and has to be the nickname
    = `{1}` 是 socket 的 id，应该是昵称
    `{1}` is the name of another client, {2}: it has to be that of the one it is about
    = `{1}` 是另一个客户端 {2} 的昵称：它应该是事件所说的那个客户端的昵称
    `{1}` is {2}, and has to be {3}: is a variable's name in quotes, or the wrong variable sent?
    = `{1}` 是 {2}，应该是 {3}：是不是把变量名放进了引号，或者发送了别的变量？
    `from` and `text` have each other's values
    = `from` 和 `text` 的值对调了
    the field `{1}` does not belong there: it has to be {2}
    = 字段 `{1}` 不应该出现在这里：内容应该是 {2}
    the field is called `{1}`, and not `{2}`
    = 字段名是 `{1}`，不是 `{2}`
    the field `{1}` is missing
    = 缺少字段 `{1}`
    there is no Socket.IO server on this port: `let io = SocketServer(app)`, with the app that
      runs, above `app.run()`
    = 这个端口上没有 Socket.IO 服务器：在 `app.run()` 上面写 `let io = SocketServer(app)`，用的是正在运行的那个 app
    the server disconnects a client by itself, {1} (packet 41): take out `socket.disconnect()`
    = 服务器主动断开了客户端，{1}（数据包 41）：请删掉 `socket.disconnect()`
    the server has closed the connection: its log says why
    = 服务器关闭了连接：它的日志写明了原因
    no handler listens to "{1}", or it answers nothing (in Swift: `-> Reply`)
    = 没有处理函数监听 "{1}"，或者它没有应答（在 Swift 里写 `-> Reply`）
    the handler of "{1}" answers nothing: it needs `-> Reply in`, and a `return` on each way
      through it
    = "{1}" 的处理函数没有应答：它需要 `-> Reply in`，并且每条路径上都要有 `return`
    the handler of "{1}" threw an error, so it ended there: {2}
    = "{1}" 的处理函数抛出了错误，所以在那里结束了：{2}
    the program listens to "{1}", and the event is called "{2}"
    = 程序监听的是 "{1}"，而事件名是 "{2}"
    this client has no handler at all: `socket.on("{1}") { … }` belongs inside of
      `io.onConnection { socket in … }`, and above `app.run()`
    = 这个客户端没有任何处理函数：`socket.on("{1}") { … }` 要写在 `io.onConnection { socket in … }` 里面，并且
      在 `app.run()` 上面
    no handler listens to "{1}" (there are some for {2}): is `socket.on("{3}")` written,
      directly inside of `io.onConnection`?
    = 没有处理函数监听 "{1}"（监听的有 {2}）：`socket.on("{3}")` 写了吗？是直接写在 `io.onConnection` 里面吗？
    its struct has `{1}`, and what is sent has {2}
    = 它的 struct 有 `{1}`，而发送的内容有 {2}
    the program sends "{1}", and the event is called "{2}"
    = 程序发送的是 "{1}"，而事件名是 "{2}"
    it is sent as "{1}", and has to be sent as "{2}"
    = 它以 "{1}" 发送，应该以 "{2}" 发送
    it prints "{1}"; the line has to be exactly "{2}"
    = 它打印的是 "{1}"；这一行应该正好是 "{2}"
    no client receives "{1}": the line that emits it is missing, or is not reached (a test in
      front of it that says the opposite, a `return` too early?)
    = 没有客户端收到 "{1}"：缺少发送它的那一行，或者执行不到（前面的条件写反了？`return` 得太早？）
    one "{1}" reaches {2}, and another does not: a test in front of `emit` depends on what came
      before (a variable that is not set back?)
    = 一个 "{1}" 到达了 {2}，另一个没有到达：`emit` 前面的条件取决于之前发生的事（有变量没有恢复原值？）
    the others receive "{1}", its sender does not: `socket.broadcast.emit` leaves the sender
      out, `io.emit` does not
    = 其他人收到 "{1}"，发送者没有收到：`socket.broadcast.emit` 不发给发送者，`io.emit` 会
    "{1}" goes back to its sender only: `socket.emit` (or a room that it alone has joined)
      speaks to this one client; `socket.broadcast.emit` to the others, `io.emit` to everyone
    = "{1}" 只发回给了发送者：`socket.emit`（或者只有它自己加入的房间）只发给这一个客户端；`socket.broadcast.emit` 发给其他
      人，`io.emit` 发给所有人
    "{1}" reaches {2}, and not {3}: look at what stands in front of `emit`
    = "{1}" 到达了 {2}，没有到达 {3}：请看 `emit` 前面的代码
    "{1}" comes back to the client that it is about: `socket.broadcast.emit` leaves it out,
      `io.emit` and `socket.emit` do not
    = "{1}" 发回给了它所说的那个客户端：`socket.broadcast.emit` 不发给它，`io.emit` 和 `socket.emit` 会
    "{1}" comes twice: two lines send it, or a handler is set twice
    = "{1}" 收到了两次：有两行代码在发送它，或者设置了两次处理函数
    "{1}" is sent for a client without a name: look whether there is one first
    = 为没有昵称的客户端发送了 "{1}"：请先看它有没有昵称
    """#
