// Help in three steps, of stages 1 to 4, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseHintsOfStages1To4 = #"""
    What does a browser ask for when somebody opens http://localhost:3000?
    = 打开 http://localhost:3000 时，浏览器会请求什么？
    TUTORIAL, stage 1, step 1. The page is Public/mychat/index.html.
    = TUTORIAL 阶段 1 步骤 1。页面是 Public/mychat/index.html。
    How does a browser know whether é is one character or two?
    = 浏览器怎么知道 é 是一个字符还是两个？
    The field Content-Type of the answer. What makes the answer for / in your program?
    = 响应里的字段 Content-Type。在你的程序里，/ 的响应是由什么产生的？
    .html("…") and .file("…/index.html") both say text/html; charset=utf-8
    = .html("…") 和 .file("…/index.html") 都会写 text/html; charset=utf-8
    The page names a style sheet. Who answers when the browser asks for it?
    = 页面里写了一个样式表。浏览器请求它时，由谁来应答？
    App(pages:) serves all of the page's folder, and Public/chat.css.
    = App(pages:) 提供页面文件夹里的所有文件，以及 Public/chat.css。
    What should somebody see who mistypes a path?
    = 输错路径的人应该看到什么？
    A route that answers every path hides what is missing. Which of yours does?
    = 应答所有路径的路由会掩盖“不存在”。你的哪个路由是这样的？
    app.get("/hello") { _ in … } // one path, and nothing else
    = app.get("/hello") { _ in … }      // 只应答一个路径
    Somebody wants to know how long the page is, without having it. How do they ask?
    = 有人只想知道页面有多长，不想要页面本身。应该怎么问？
    RFC 9110 §9.3.2: HEAD is GET, and the answer ends after the header section.
    = RFC 9110 §9.3.2：HEAD 与 GET 相同，但响应到首部结束为止。
    if method == HEAD { send the head of GET's answer, Content-Length included }
    = if method == HEAD { 发送 GET 响应的首部，包括 Content-Length }
    The path exists, the method does not. Which status says so?
    = 路径存在，但方法不对。哪个状态码表示这种情况？
    RFC 9110 §15.5.6: 405, with a field that lists what is allowed.
    = RFC 9110 §15.5.6：405，并用一个字段列出允许的方法。
    What does /../Package.swift mean to the file system? And /%2e%2e/?
    = 对文件系统来说，/../Package.swift 是什么意思？/%2e%2e/ 呢？
    Decode the path first, then look at its segments, then touch the disk.
    = 先解码路径，再检查它的每一段，最后才访问磁盘。
    refuse a path with a segment "..", and a file outside of the folder
    = 拒绝含有 ".." 段的路径，以及文件夹以外的文件
    Three requests in one read: what happens to the second?
    = 一次读到了三个请求：第二个会怎么样？
    RFC 9112 §9.3: a connection lives on, unless somebody says Connection: close.
    = RFC 9112 §9.3：连接会一直保持，除非有一方写了 Connection: close。
    What does your server do with bytes that are no request?
    = 收到的字节不是请求时，你的服务器会怎么做？
    RFC 9112 §3.2: no Host field, two of them, or a line without colon: 400.
    = RFC 9112 §3.2：没有 Host 字段、有两个 Host 字段、某一行没有冒号，都返回 400。
    do { … } catch { send 400; close }
    = do { … } catch { 发送 400；关闭连接 }
    A page alone connects to nothing. Which two lines make it?
    = 只有页面本身不会建立连接。需要加哪两行？
    TUTORIAL, stage 2, step 2: the end of the page's body.
    = TUTORIAL 阶段 2 步骤 2：页面 body 的末尾。
    Who answers GET /socket.io/socket.io.js?
    = 谁来应答 GET /socket.io/socket.io.js？
    Not a file of yours: a SocketServer on the app's port serves it.
    = 不是你的文件：在 app 端口上的 SocketServer 会提供它。
    When does the server learn that there is somebody?
    = 服务器什么时候知道有人来了？
    TUTORIAL, stage 2, step 3. The line is printed exactly so.
    = TUTORIAL 阶段 2 步骤 3。打印的这一行必须一字不差。
    Who hears that a socket has gone: the server, or the socket?
    = socket 离开的时候，是服务器知道，还是 socket 自己知道？
    TUTORIAL, stage 2, step 4: the handler gets the reason. Print it.
    = TUTORIAL 阶段 2 步骤 4：处理函数会得到原因。请把它打印出来。
    A tab that is closed says nothing. How does the server notice?
    = 关闭的标签页什么也不会说。服务器怎么发现？
    The same handler hears all ways of leaving. Is there an if around your print?
    = 同一个处理函数会得知所有的离开方式。你的 print 外面有没有 if？
    socket.onDisconnect { reason in print(…) } // without a condition
    = socket.onDisconnect { reason in print(…) }      // 不加条件
    What has a client to know before it can keep a connection alive?
    = 客户端要知道什么，才能让连接保持下去？
    Engine.IO 4, handshake: 0 and a JSON object.
    = Engine.IO 4，握手：0 和一个 JSON 对象。
    A client sends the id of a session that has ended. What is the answer?
    = 有客户端发来一个已经结束的会话的 id。应该怎么应答？
    Engine.IO 4: an unknown sid is refused, with a reason in JSON.
    = Engine.IO 4：未知的 sid 会被拒绝，原因用 JSON 写明。
    How do both ends agree that the WebSocket works before they trust it?
    = 在信任 WebSocket 之前，两端怎么确认它可用？
    Engine.IO 4, upgrade: 2probe, 3probe, then 5.
    = Engine.IO 4，升级：2probe、3probe，然后是 5。
    receive 2probe → send 3probe; receive 5 → this is the transport now
    = 收到 2probe → 发送 3probe；收到 5 → 从现在起用这个传输方式
    Which namespaces exist, and who decides?
    = 有哪些命名空间？由谁决定？
    Socket.IO 5: CONNECT to an unknown namespace is answered by CONNECT_ERROR.
    = Socket.IO 5：对未知命名空间的 CONNECT，用 CONNECT_ERROR 应答。
    A wire that was cut looks like a wire on which nobody speaks. Who speaks first?
    = 断掉的线路看起来和没有人说话的线路一样。由谁先开口？
    Engine.IO 4, heartbeat: the server sends 2, the client answers 3.
    = Engine.IO 4，心跳：服务器发送 2，客户端应答 3。
    every pingInterval ms: send 2
    = 每隔 pingInterval 毫秒：发送 2
    For how long may a client be silent after a ping?
    = ping 之后，客户端可以多久不出声？
    Engine.IO 4, heartbeat: pingTimeout ms after the ping, not before.
    = Engine.IO 4，心跳：ping 之后 pingTimeout 毫秒，不能提前。
    no 3 within pingTimeout → close, reason "ping timeout"
    = pingTimeout 之内没有 3 → 关闭，原因为 "ping timeout"
    What is the name of the event that the page sends? Letter for letter?
    = 页面发送的事件叫什么名字？每个字母都一样吗？
    TUTORIAL, stage 3, step 2: socket.on, inside of io.onConnection.
    = TUTORIAL 阶段 3 步骤 2：socket.on，写在 io.onConnection 里面。
    Handlers run one after the other. What in yours lets the next one overtake?
    = 处理函数一个接一个地运行。你的代码里有什么会让后一个抢到前面？
    A Task, or an await, inside of the handler.
    = 处理函数里面的 Task 或 await。
    socket.on("chat message") { (text: String) in print(…) } // no Task
    = socket.on("chat message") { (text: String) in print(…) }      // 没有 Task
    Which line of yours limits a text?
    = 你的哪一行代码限制了文本？
    prefix(…), or a buffer of fixed size. Stage 3 knows no limit of its own.
    = prefix(…)，或者固定大小的缓冲区。阶段 3 本身没有限制。
    Somebody presses Send on an empty field in a page of their own. And then?
    = 有人在自己改过的页面里，输入框为空时按下“发送”。会发生什么？
    TUTORIAL, stage 3, edge cases. A page can be changed by its user; test here.
    = TUTORIAL 阶段 3 的边界情况。用户可以修改页面，所以要在服务器上检查。
    What does your handler's parameter say that it takes?
    = 你的处理函数的参数说明它接受什么？
    The type after the colon decides: what does not fit never reaches the handler.
    = 冒号后面的类型起决定作用：不符合的内容不会到达处理函数。
    socket.on("chat message") { (text: String) in … } // not JSON
    = socket.on("chat message") { (text: String) in … }      // 不是 JSON
    Not every network lets WebSockets through. What does the client do then?
    = 不是每个网络都允许 WebSocket 通过。这时客户端怎么做？
    Engine.IO 4, transports: packets in the body of a POST.
    = Engine.IO 4，传输方式：数据包放在 POST 的正文里。
    socket, socket.broadcast, io: which of them means everyone?
    = socket、socket.broadcast、io：其中哪个表示所有人？
    TUTORIAL, stage 4, the table of who hears what.
    = TUTORIAL 阶段 4，“谁会收到什么”的表格。
    Does a newcomer have to be told that it has come?
    = 新来的人需要知道自己来了吗？
    TUTORIAL, stage 4, step 2: to everyone but this one.
    = TUTORIAL 阶段 4 步骤 2：发给除它之外的所有人。
    Which handler runs when somebody goes, however they go?
    = 不管以什么方式离开，哪个处理函数会运行？
    TUTORIAL, stage 4, step 2: the same call as for coming, in the other handler.
    = TUTORIAL 阶段 4 步骤 2：与加入时一样的调用，写在另一个处理函数里。
    An empty message: does anybody want to read it?
    = 空消息：有人想看吗？
    The test of stage 3 is still needed.
    = 阶段 3 的检查仍然需要。
    If the handler takes anything, what will the others get?
    = 如果处理函数什么都接受，其他人会收到什么？
    The type of the handler's parameter.
    = 处理函数的参数类型。
    Which line of yours makes a text shorter?
    = 你的哪一行代码让文本变短了？
    prefix(…), or a test of its length. The limit of 2,000 begins with stage 5.
    = prefix(…)，或者对长度的检查。2,000 个字符的上限从阶段 5 开始。
    Is there anything in your program that remembers messages?
    = 你的程序里有什么会记住消息？
    An array of texts that is sent in onConnection. Nobody gets history here.
    = 在 onConnection 里发送的文本数组。这里不发送历史消息。
    io.onConnection { socket in … } // sends no old messages
    = io.onConnection { socket in … }      // 不发送旧消息
    A Task, or an await, between receiving and io.emit.
    = 接收和 io.emit 之间的 Task 或 await。
    socket.on("chat message") { (text: String) in io.emit(…) } // no Task
    = socket.on("chat message") { (text: String) in io.emit(…) }      // 没有 Task
    How often is your handler set when five clients have come and gone?
    = 五个客户端来了又走，你的处理函数设置了几次？
    Handlers belong to the socket that is handed to onConnection, and go with it.
    = 处理函数属于交给 onConnection 的那个 socket，随它一起消失。
    """#
