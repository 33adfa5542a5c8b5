// Titles of checks, what they expect, and their usual causes, of stages 1 to 4, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseChecksOfStages1To4 = #"""
    GET / answers 200 with a page of HTML
    = GET / 返回 200 和一个 HTML 页面
    the app has no pages, or a route for / answers in their place
    = 应用没有指定页面，或者 / 上有一个路由抢先应答了
    a page that begins with <!DOCTYPE html>
    = 以 <!DOCTYPE html> 开头的页面
    nothing but comments
    = 只有注释，没有别的内容
    elements in the page
    = 页面里有元素
    the page says that it is HTML in UTF-8
    = 页面声明自己是 UTF-8 编码的 HTML
    the Content-Type is missing
    = 缺少 Content-Type
    the style sheet is served as CSS
    = 样式表以 CSS 类型提供
    only the page is served, not the files beside it
    = 只提供了页面，没有提供它旁边的文件
    200 and text/css
    = 200 和 text/css
    what is not there is 404
    = 不存在的路径返回 404
    one answer for every path
    = 所有路径都得到同一个应答
    HEAD / is GET / without the body
    = HEAD / 与 GET / 相同，只是没有正文
    HEAD is not known, or sends a body
    = 不认识 HEAD，或者对它发送了正文
    200 and the Content-Length of the page
    = 200，以及页面的 Content-Length
    the next answer right behind the head
    = 首部之后紧接着下一个响应
    POST / is 405 and says what is allowed
    = POST / 返回 405，并说明允许哪些方法
    methods are not told apart
    = 没有区分请求方法
    405 with Allow: GET, HEAD
    = 405，并带有 Allow: GET, HEAD
    {1} with Allow: {2}
    = {1}，Allow 为 {2}
    no file outside of the folder is served
    = 文件夹以外的文件一律不提供
    the path is put together unchecked
    = 拼接路径时没有检查
    an error for {1}
    = 对 {1} 返回错误
    one connection serves several requests, also sent ahead
    = 一个连接可以处理多个请求，提前发来的也不例外
    the connection is closed after each answer
    = 每次响应之后都关闭了连接
    three answers of 200
    = 三个状态码为 200 的响应
    what is no request is refused, and the server lives on
    = 不是请求的数据会被拒绝，服务器继续运行
    bad input ends the program
    = 错误的输入让程序退出了
    the page loads the client and connects
    = 页面加载客户端脚本并建立连接
    the script tag or the call io() is missing
    = 缺少 script 标签，或者没有调用 io()
    <script src="/socket.io/socket.io.js"> in the page
    = 页面里有 <script src="/socket.io/socket.io.js">
    a page with {1}
    = 含有 {1} 的页面
    a page without it
    = 页面里没有它
    the page does not load the client: `<script src="/socket.io/socket.io.js">` above your own
      script, and not in a comment
    = 页面没有加载客户端脚本：在自己的脚本上方写 `<script src="/socket.io/socket.io.js">`，不要放在注释里
    the client's script has the address /socket.io/socket.io.js
    = 客户端脚本的地址是 /socket.io/socket.io.js
    a call of io() in the page
    = 页面里调用了 io()
    the page loads the client and does not connect: `const socket = io();` in a script below
    = 页面加载了客户端脚本，但没有建立连接：在它下面的脚本里写 `const socket = io();`
    the client's script is served
    = 提供客户端脚本
    there is no Socket.IO server on the port
    = 这个端口上没有 Socket.IO 服务器
    200 and JavaScript
    = 200 和 JavaScript
    a client that connects is printed, once
    = 有客户端连接时打印一行，只打印一次
    onConnection is not set (or below app.run()), or prints something else
    = 没有设置 onConnection（或写在 app.run() 下面），或者打印的是别的内容
    two lines "a user connected" for two clients
    = 两个客户端，对应两行 "a user connected"
    {1} such lines; {2}
    = 这样的行有 {1} 行；{2}
    a client that leaves is printed, with the reason
    = 客户端离开时打印一行，并写明原因
    onDisconnect is not set, or prints without the reason
    = 没有设置 onDisconnect，或者打印时没有带上原因
    the line "{1}", once
    = "{1}" 这一行，只出现一次
    a client that vanishes is printed as well
    = 客户端突然消失时也打印一行
    only one way of leaving is looked at
    = 只考虑了一种离开方式
    the handshake over polling names the session and its heartbeat
    = 用轮询握手时，响应里有会话 id 和心跳参数
    there is no Socket.IO server yet, or the open packet lacks a field
    = 还没有 Socket.IO 服务器，或者 open 数据包缺少字段
    {1} in the open packet
    = open 数据包里有 {1}
    a session that nobody knows is refused
    = 不存在的会话会被拒绝
    unknown sessions are not told apart
    = 没有区分未知的会话
    polling goes over to WebSocket by 2probe, 3probe and 5
    = 轮询通过 2probe、3probe 和 5 升级到 WebSocket
    the upgrade is not known
    = 没有实现升级
    40{"sid":…} over the WebSocket
    = 通过 WebSocket 收到 40{"sid":…}
    a namespace that nobody has made is refused
    = 没有创建过的命名空间会被拒绝
    every namespace is let in
    = 放行了所有命名空间
    the server sends a ping after each pingInterval
    = 每隔 pingInterval，服务器发送一个 ping
    no timer, or the client is expected to ping
    = 没有定时器，或者在等客户端发 ping
    a ping after each answer to one
    = 每次应答 ping 之后，都会收到下一个 ping
    the end of the WebSocket
    = WebSocket 关闭
    a client that answers no ping is dropped after pingTimeout
    = 客户端没有应答 ping，就在 pingTimeout 之后断开它
    silence is not noticed, or noticed too early
    = 没有发现客户端不再应答，或者断开得太早
    the end of the connection {1} + {2} ms after its beginning
    = 连接建立 {1} + {2} 毫秒之后关闭
    the end after {1} ms
    = {1} 毫秒之后就关闭了
    a line "{1}…", once
    = "{1}…" 这样的一行，只出现一次
    the ping 2
    = ping，即 2
    a chat message is printed
    = 收到聊天消息就打印出来
    the event has another name, or nothing listens to it
    = 事件名不同，或者没有处理函数监听它
    messages are printed in the order in which they came, from all clients
    = 所有客户端的消息都按到达顺序打印
    handlers wait for something, or print a text twice
    = 处理函数在等待什么，或者把一条文本打印了两次
    20 lines in order
    = 按顺序打印的 20 行
    the other client's line, once
    = 另一个客户端的那一行，只出现一次
    a text of 65,536 characters is printed whole
    = 65,536 个字符的文本完整打印
    a length is limited somewhere
    = 某处限制了长度
    message: … (65,536 characters)
    = message: …（65,536 个字符）
    an empty text is not printed
    = 空文本不打印
    the text is not looked at
    = 没有检查文本
    no line "message: "
    = 没有 "message: " 这一行
    what is no text is not printed, and harms nobody
    = 不是文本的参数不打印，也不影响其他人
    the argument's type is taken for granted
    = 没有检查参数类型就直接使用
    one line, for the text
    = 只为文本打印一行
    an event arrives over long-polling as well
    = 通过长轮询发来的事件同样有效
    polling is not served
    = 没有提供轮询
    a chat message reaches everyone, the sender included, once
    = 聊天消息发给所有人，包括发送者，每人一次
    broadcast leaves the sender out; emit to the socket leaves the others out
    = broadcast 不发给发送者；在 socket 上 emit 不发给其他人
    a newcomer is announced to the others, and not to itself
    = 有新人加入时通知其他人，不通知他自己
    it is not sent, or by emit in place of broadcast
    = 没有发送，或者用了 emit 而不是 broadcast
    a departure is announced to the others, once
    = 有人离开时通知其他人，只通知一次
    nothing is sent in onDisconnect
    = onDisconnect 里什么也没有发送
    an empty text is sent to nobody
    = 空文本不发给任何人
    what is no text is sent to nobody
    = 不是文本的参数不发给任何人
    any argument is passed on
    = 什么参数都照样转发
    a text of 65,536 characters arrives whole
    = 65,536 个字符的文本完整送达
    a newcomer gets none of what was said before
    = 新来的人收不到以前的消息
    messages are kept and sent again
    = 消息被保存下来，又发了一次
    many messages keep their order
    = 大量消息保持顺序
    handlers wait for something
    = 处理函数在等待什么
    after five reconnects a message still comes once
    = 重新连接五次之后，每条消息仍然只收到一次
    a listener is set again at each connection
    = 每次连接都重复设置了监听
    """#
