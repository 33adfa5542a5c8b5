// What a program under test does before a check and after it: it starts, ends, crashes, is silent.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseProgram = #"""
    a Socket.IO server at /socket.io/
    = /socket.io/ 上有 Socket.IO 服务器
    {1} for a WebSocket there
    = 那里对 WebSocket 请求应答 {1}
    the open packet 0{"sid":…}
    = open 数据包 0{"sid":…}
    a packet with a JSON array
    = 带 JSON 数组的数据包
    a packet {1}…
    = 以 {1} 开头的数据包
    {1} (the server closed the connection)
    = {1}（服务器关闭了连接）
    an acknowledgement of "{1}" for {2}: 43{3}[…]
    = {2} 收到对 "{1}" 的确认：43{3}[…]
    one value in the acknowledgement of "{1}"
    = "{1}" 的确认里有一个值
    the acknowledgement has no value: the handler has to return a Reply
    = 确认里没有值：处理函数应该返回一个 Reply
    the acknowledgement has more than one value: the handler has to return a Reply
    = 确认里有不止一个值：处理函数应该返回一个 Reply
    the event "{1}"
    = 事件 "{1}"
    no {1} for {2}
    = {2} 没有收到 {1}
    a server that answers
    = 会应答的服务器
    an answer to {1} {2}
    = 对 {1} {2} 的响应
    the printed line "{1}"
    = 打印出 "{1}" 这一行
    no line in this check
    = 这个检查项里没有打印任何一行
    at the end: {1}
    = 最后几行：{1}
    {1}; its last words: {2}
    = {1}；它最后输出：{2}
    the program has crashed: look at line {1} of main.swift
    = 程序崩溃了：请看 main.swift 第 {1} 行
    the program has crashed
    = 程序崩溃了
    {1}. A variable has no value yet: does it stand below `app.run()`?
    = {1}。有一个变量还没有值：它是不是写在 `app.run()` 下面？
    not run because the program has crashed or hung three times
    = 没有运行，因为程序已经崩溃或卡住三次
    it has printed more than 10 MB: a loop that prints
    = 它打印了超过 10 MB：有循环在不停打印
    a handler does not end: a loop without an end, or something that waits
    = 有处理函数没有结束：有死循环，或者在等待什么
    not run because the program does not listen
    = 没有运行，因为程序没有监听端口
    not judged: it would wait 45 s; {pingInterval} and {pingTimeout} are not in the command
    = 没有评分：要等 45 秒；命令里没有 {pingInterval} 和 {pingTimeout}
    not run because {1} did not pass
    = 没有运行，因为 {1} 没有通过
    a program that starts
    = 能启动的程序
    the program has ended by itself, with status {1}: is there an `exit(…)`, or something that
      it cannot do without?
    = 程序自己结束了，退出状态为 {1}：是不是有 `exit(…)`，或者缺少它离不开的东西？
    nothing; the program answers nobody
    = 什么也没有；程序对任何请求都没有应答
    the program ended meanwhile
    = 程序在此期间结束了
    it runs, and listens nowhere
    = 它在运行，但没有监听任何端口
    it has ended
    = 它已经结束
    {1}; it printed {2}
    = {1}；它打印了 {2}
    it waits for something before it listens
    = 它在监听之前就在等待什么
    the program comes to its end: is `app.run()` its last line?
    = 程序运行到了末尾：`app.run()` 是最后一行吗？
    the line "listening on http://localhost:<port>", and a server there
    = "listening on http://localhost:<port>" 这一行，并且那里有服务器
    a program that is started again
    = 重新启动的程序
    a port in the line "{1}"
    = "{1}" 这一行里有端口
    a server at port {1}
    = 端口 {1} 上有服务器
    the line "{1}…"; printed: {2} {3}
    = "{1}…" 这一行；打印的是：{2} {3}
    {1} bytes of body
    = {1} 字节的正文
    a chunk's size; arrived: {1}
    = 分块的大小；收到：{1}
    an address of this machine
    = 本机的地址
    waited for {1}; arrived: {2}
    = 等待 {1}；收到：{2}
    a 101 with the right answer to the key; {1}
    = 101，并带有对密钥的正确应答；{1}
    a text frame; byte {1} came first
    = 文本帧；先收到的字节是 {1}
    a frame
    = 一个帧
    a sid in {1}
    = {1} 里有 sid
    the network is the machine's
    = 网络是本机的网络
    programs have files and processes of their own, but {1} (is `ip` missing?)
    = 程序有自己的文件和进程，但{1}（是不是缺少 `ip`？）
    no namespaces here: programs run as other users; they can read what all users can read,
      write to /tmp, and {1}
    = 这里没有命名空间（namespaces）：程序以其他用户的身份运行；它们能读取所有用户都能读取的内容，能写入 /tmp，而且{1}
    no namespaces and no other users here: programs have limits only, run with your rights, may
      hide and go on running, and {1}. Do not grade code that you do not trust
    = 这里没有命名空间（namespaces），也没有其他用户：程序只受资源限制，以你的权限运行，可能隐藏起来继续运行，而且{1}。不要评分你不信任的代码
    a program at {1}
    = {1} 处有程序
    nothing there; to build it: swift build --product {1}
    = 那里什么也没有；构建它：swift build --product {1}
    a free port for the program
    = 一个可供程序使用的空闲端口
    a hundred of 20000 to 32767 are taken
    = 在 20000 到 32767 之间试了一百个端口，都已被占用
    look at what it reads at the beginning
    = 请看它启动时读取了什么
    a program that starts again
    = 能再次启动的程序
    it does not start where an earlier run has stored something: {1}
    = 以前运行时保存过内容，它就不能启动：{1}
    not judged: there is no redis-server on this machine (apt-get install redis-server, brew
      install redis)
    = 没有评分：这台机器上没有 redis-server（apt-get install redis-server，brew install redis）
    not judged: redis-server did not start: {1}
    = 没有评分：redis-server 没有启动：{1}
    two servers that listen
    = 两台都在监听的服务器
    with REDIS_URL in the environment the program does not start
    = 环境变量里有 REDIS_URL 时，程序不能启动
    """#
