// Titles of checks, what they expect, and their usual causes, of stages 10 to 12, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseChecksOfStages10To12 = #"""
    who joins a channel learns who is in it, and those learn who came
    = 加入频道的人知道频道里有谁，频道里的人知道谁来了
    socket.join, and the members as the acknowledgement
    = socket.join，然后把成员放在确认里返回
    what is said in a channel reaches its other members, and no one else
    = 频道里的话只到达其他成员，别人听不到
    socket.to(room) leaves its sender out, and who is not in
    = socket.to(room) 不发给发送者，也不发给不在房间里的人
    what is said in two channels reaches who is in both once
    = 同时发到两个频道的话，两个频道都在的人只收到一次
    one emit to both rooms, and not an emit for each
    = 对两个房间 emit 一次，而不是各 emit 一次
    no "said" for {1}
    = {1} 没有收到 "said"
    an announcement reaches all members, its sender too
    = 公告到达所有成员，包括发送者
    io.to(room) does not know of a sender
    = io.to(room) 不区分发送者
    who has left a channel hears nothing of it, and the others are told
    = 离开频道的人听不到频道里的话，其他人会得到通知
    socket.leave with the same room that join had
    = socket.leave 要用与 join 相同的房间
    once more
    = 再来一次
    who leaves the chat leaves its channels, and the others are told
    = 离开聊天的人也离开了他的频道，其他人会得到通知
    tell it at disconnect as well: onRoomEvent hears of both
    = 断开连接时也要通知：onRoomEvent 两种情况都能知道
    what is published in /post is heard in /get, and not elsewhere
    = 在 /post 发布的内容到达 /get，不到达别处
    io.of("/get").emit: each namespace has its own sockets
    = io.of("/get").emit：每个命名空间有自己的 socket
    nothing for /post
    = 没有给 /post 的
    /admin opens with the key only, and can close a channel
    = /admin 只有用密钥才能进入，并能关闭频道
    io.of("/admin").use { … } throws a ConnectError
    = io.of("/admin").use { … } 抛出 ConnectError
    40/admin,{"sid":…} with the key
    = 用密钥得到 40/admin,{"sid":…}
    who is not in a channel cannot speak there, and odd names are refused
    = 不在频道里的人不能在那里说话，奇怪的频道名会被拒绝
    look at the channels of the socket before anything is sent
    = 发送之前先查这个 socket 在哪些频道
    a channel that is called like a socket is not that socket's own room
    = 频道名与某个 socket 的 id 相同时，不会成为那个 socket 自己的房间
    put a sign in front: a socket's id is a room's name already
    = 在前面加一个符号：socket 的 id 已经是一个房间的名字
    the list of channels names each member once, however often it joined
    = 频道列表里每个成员只出现一次，不管加入了多少次
    a set, or the engine's own rooms
    = 用集合，或者用引擎自己的房间
    no empty channel in the list
    = 列表里没有空频道
    {1}: the messages {2} to {3}, each once, in order
    = {1}：第 {2} 到第 {3} 条消息，每条一次，按顺序
    a message is acknowledged with its offset, and reaches all with it
    = 消息的确认里有偏移量，发给所有人时也带着它
    io.emit("chat message", message, offset), and Reply(offset: offset)
    = io.emit("chat message", message, offset)，以及 Reply(offset: offset)
    the offset {1}
    = 偏移量 {1}
    who comes later gets what it has not heard, in order
    = 后来的人按顺序收到他没有收到过的消息
    at connect: all entries behind auth.serverOffset
    = 连接时发送 auth.serverOffset 之后的所有记录
    who has heard nothing
    = 什么都没收到过的客户端
    a message that is sent again is stored once
    = 重复发送的消息只保存一次
    look for the id before the message is appended, and answer with its offset
    = 追加消息之前先查 id，并用已有的偏移量应答
    the offset {1} again
    = 仍是偏移量 {1}
    the offset {1} next
    = 接下来是偏移量 {1}
    after the program was killed, all that was acknowledged is there, once
    = 程序被强制结束之后，确认过的消息都在，而且只有一份
    append to the file before the acknowledgement, and read it at the start
    = 先追加到文件再确认，启动时读取它
    killed in the middle: what was not acknowledged is sent again, and is there once
    = 中途被强制结束：没有确认的消息会重新发送，并且只保存一份
    the ids have to be in the file, too: else a second sending is a new message
    = id 也要写进文件：否则重复发送会变成新消息
    {1} messages in all
    = 一共 {1} 条消息
    a file journal.jsonl in the folder that DATA_DIR names
    = DATA_DIR 指定的文件夹里有文件 journal.jsonl
    what is acknowledged is in the file already
    = 确认过的消息已经在文件里
    the return that acknowledges comes behind write and synchronize
    = 用来确认的 return 要放在 write 和 synchronize 之后
    the message in journal.jsonl
    = journal.jsonl 里有这条消息
    not there yet
    = 还没有
    a line that was torn by the end is repaired, and the next is whole
    = 因中断而残缺的一行会被修复，下一行是完整的
    cut the file behind its last line end, before it is written to
    = 写入之前，在最后一个换行符之后截断文件
    who comes back after a short gap gets what it has missed, once
    = 短暂离开后回来的人收到他错过的消息，每条一次
    no history for a socket that was recovered: it has it already
    = 已经恢复的 socket 不再发送历史消息：它已经收到了
    messages of several senders have one order, the same for everyone
    = 多个发送者的消息只有一个顺序，对所有人都相同
    one counter, and no await between the number and the emit
    = 只用一个计数器，取号和 emit 之间没有 await
    twenty messages of two senders
    = 两个发送者的二十条消息
    two people may have the same id, and an odd offset does no harm
    = 两个人可以用相同的 id；奇怪的偏移量不会造成问题
    an id is its sender's: look it up together with the name
    = id 属于它的发送者：要和名字一起查
    the offset {1}: nothing refused is stored
    = 偏移量 {1}：被拒绝的都没有保存
    the list {1} for {2}
    = {2} 收到的列表是 {1}
    without Redis a server works alone, and says so
    = 没有 Redis 时，服务器独自工作，并说明这一点
    no REDIS_URL and no --redis: print a line with "alone", and go on
    = 没有 REDIS_URL 也没有 --redis：打印一行含有 "alone" 的话，继续运行
    what is said at one server is heard at the other, once
    = 在一台服务器上说的话，另一台上也能听到，只有一次
    io.use(adapter:) with the address in REDIS_URL, and io.emit
    = 用 REDIS_URL 里的地址 io.use(adapter:)，然后 io.emit
    a name that is used at one server is taken at the other, until it is free
    = 在一台服务器上使用的名字，在另一台上是被占用的，直到它被释放
    ask the other servers before a socket is let in
    = 让 socket 进入之前，先问其他服务器
    the list of who is online is of both servers, and the same at both
    = 在线列表包含两台服务器上的人，两边看到的一样
    findSockets asks all servers; sockets are those of one
    = findSockets 询问所有服务器；sockets 只有本服务器的
    a server that dies frees its names, and they leave the list
    = 服务器意外结束时，它上面的名字被释放，并从列表里消失
    nothing that a server keeps may outlive it at the others
    = 一台服务器保存的任何内容，在它结束之后都不能继续留在其他服务器上
    kills the first server
    = 强制结束第一台服务器
    40{"sid":…} for the free name "{1}"
    = 用空闲的名字 "{1}" 得到 40{"sid":…}
    of two who want a name at the same moment at two servers, one gets it
    = 两个人同时在两台服务器上要同一个名字，只有一个得到
    who asks for a name holds it meanwhile; a ticket decides
    = 提出请求的一方在此期间持有这个名字；由号码决定归谁
    40{"sid":…} for one, {1} for the other
    = 一个得到 40{"sid":…}，另一个得到 {1}
    who comes back to the other server gets what it has missed, once
    = 回到另一台服务器的人收到他错过的消息，每条一次
    connectionStateRecovery, and an adapter in streams mode
    = connectionStateRecovery，以及 streams 模式的适配器
    a pid in the welcome, and an offset behind each event
    = 欢迎消息里有 pid，每个事件后面有偏移量
    """#
