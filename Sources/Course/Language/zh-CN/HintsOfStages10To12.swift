// Help in three steps, of stages 10 to 12, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseHintsOfStages10To12 = #"""
    Who has to know that somebody has come?
    = 有人来了，谁需要知道？
    TUTORIAL-2, stage 10, step 3: the acknowledgement, and onRoomEvent.
    = TUTORIAL-2 阶段 10 步骤 3：确认，以及 onRoomEvent。
    Which of the two speaks to the others only: socket or io?
    = socket 和 io，哪一个只对其他人说话？
    TUTORIAL-2, stage 10, step 4: socket.to(…) leaves its socket out.
    = TUTORIAL-2 阶段 10 步骤 4：socket.to(…) 不发给自己的 socket。
    Who is in both channels: how many emits does your code make?
    = 有人两个频道都在：你的代码 emit 几次？
    TUTORIAL-2, stage 10, step 4: to takes a list.
    = TUTORIAL-2 阶段 10 步骤 4：to 接受一个列表。
    socket.to(post.to.map(room)).emit(…), without a loop
    = socket.to(post.to.map(room)).emit(…)，不用循环
    Does io know who the sender is?
    = io 知道发送者是谁吗？
    TUTORIAL-2, stage 10, step 4: the same rooms, from io.
    = TUTORIAL-2 阶段 10 步骤 4：同样的房间，用 io 发送。
    Is the room that is left the one that was joined?
    = 离开的房间和加入的是同一个吗？
    TUTORIAL-2, stage 10, step 3: room(_:) in both.
    = TUTORIAL-2 阶段 10 步骤 3：两处都用 room(_:)。
    In how many ways can a member leave?
    = 成员有几种离开的方式？
    TUTORIAL-2, stage 10, step 3: one place gets all of them.
    = TUTORIAL-2 阶段 10 步骤 3：有一个地方能得知所有方式。
    The sockets of which namespace does io.emit reach?
    = io.emit 发给哪个命名空间的 socket？
    TUTORIAL-2, stage 10, step 5: io.of("/get") has its own.
    = TUTORIAL-2 阶段 10 步骤 5：io.of("/get") 有自己的 socket。
    Which namespace does the middleware belong to?
    = 中间件属于哪个命名空间？
    TUTORIAL-2, stage 10, step 6: io.of("/admin").use.
    = TUTORIAL-2 阶段 10 步骤 6：io.of("/admin").use。
    May somebody speak in a room without being in it?
    = 不在房间里的人可以在那里说话吗？
    TUTORIAL-2, stage 10, step 4: problem(_:from:), before anything is sent.
    = TUTORIAL-2 阶段 10 步骤 4：发送任何内容之前，先用 problem(_:from:)。
    Which rooms exist before any channel does?
    = 还没有任何频道时，已经有哪些房间？
    TUTORIAL-2, stage 10, step 3: each socket's id is the name of one.
    = TUTORIAL-2 阶段 10 步骤 3：每个 socket 的 id 都是一个房间的名字。
    How many lists of members do you keep?
    = 你保存了几份成员列表？
    TUTORIAL-2, stage 10, step 3: ask the engine, io.in(room).sockets.
    = TUTORIAL-2 阶段 10 步骤 3：问引擎，io.in(room).sockets。
    What is the number of the next message, if they are in an array?
    = 如果消息在数组里，下一条消息是第几号？
    TUTORIAL-2, stage 11, step 2: the offset is the second argument.
    = TUTORIAL-2 阶段 11 步骤 2：偏移量是第二个参数。
    How many messages has a client heard whose last offset is 7?
    = 最后一个偏移量是 7 的客户端，收到过几条消息？
    TUTORIAL-2, stage 11, step 2: the first 7 are left out.
    = TUTORIAL-2 阶段 11 步骤 2：跳过前 7 条。
    The same text twice: sent again, or said again?
    = 同样的文本来了两次：是重复发送，还是又说了一遍？
    TUTORIAL-2, stage 11, step 5: the id tells.
    = TUTORIAL-2 阶段 11 步骤 5：看 id 就知道。
    Where is a message while no program runs?
    = 程序没有运行时，消息在哪里？
    TUTORIAL-2, stage 11, step 3: append, and read at the start.
    = TUTORIAL-2 阶段 11 步骤 3：追加到文件，启动时读取。
    What does the new program know of the ids that the old one had?
    = 旧程序见过的 id，新程序知道多少？
    TUTORIAL-2, stage 11, step 5: remember(_:) runs for each line as well.
    = TUTORIAL-2 阶段 11 步骤 5：读每一行时也要运行 remember(_:)。
    What does an acknowledgement promise?
    = 确认意味着什么承诺？
    TUTORIAL-2, stage 11, step 3: append throws or has stored; then comes return.
    = TUTORIAL-2 阶段 11 步骤 3：append 要么抛出错误，要么已经保存；然后才是 return。
    What is at the end of a file whose writer was killed?
    = 写文件的程序被强制结束，文件末尾会是什么？
    TUTORIAL-2, stage 11, step 4: cut behind the last line end.
    = TUTORIAL-2 阶段 11 步骤 4：在最后一个换行符之后截断。
    Who has sent the missed messages already?
    = 错过的消息是不是已经由谁发过了？
    TUTORIAL-2, stage 11, step 6: the engine, if the socket was recovered.
    = TUTORIAL-2 阶段 11 步骤 6：如果 socket 已恢复，引擎已经发过了。
    Can anything happen between the offset and the emit?
    = 取偏移量和 emit 之间会不会发生别的事？
    TUTORIAL-2, stage 11, step 2: no await in this handler.
    = TUTORIAL-2 阶段 11 步骤 2：这个处理函数里没有 await。
    To which sender does an id belong? And what is the number in "x"?
    = id 属于哪个发送者？"x" 是什么数字？
    TUTORIAL-2, stage 11, steps 2 and 5: Sending has two fields; ?? 0.
    = TUTORIAL-2 阶段 11 步骤 2、5：Sending 有两个字段；?? 0。
    What does your program do where there is no Redis?
    = 没有 Redis 的时候，你的程序怎么做？
    TUTORIAL-2, stage 12, step 2: a line, and the same program.
    = TUTORIAL-2 阶段 12 步骤 2：打印一行，其余照旧。
    Who carries an event from one process to another?
    = 谁把事件从一个进程带到另一个进程？
    TUTORIAL-2, stage 12, steps 2 and 3: the adapter, for everything that io sends.
    = TUTORIAL-2 阶段 12 步骤 2、3：适配器，它带走 io 发送的一切。
    Which server knows all names? None. Which ones do you ask?
    = 哪台服务器知道所有的名字？没有。那要问哪些服务器？
    TUTORIAL-2, stage 12, step 5: serverSideEmitWithAck asks all others.
    = TUTORIAL-2 阶段 12 步骤 5：serverSideEmitWithAck 会询问所有其他服务器。
    Where are the sockets of the other server?
    = 另一台服务器的 socket 在哪里？
    TUTORIAL-2, stage 12, step 4: findSockets, and what a socket shares.
    = TUTORIAL-2 阶段 12 步骤 4：findSockets，以及 socket 共享的内容。
    A server that was killed sends no last event. How do the others learn of it?
    = 被强制结束的服务器不会发出最后的事件。其他服务器怎么知道？
    TUTORIAL-2, stage 12, step 4: ask again, once a second.
    = TUTORIAL-2 阶段 12 步骤 4：每秒再问一次。
    Both servers ask, both hear that the name is free: what then?
    = 两台服务器都询问，都得知名字空闲：然后呢？
    TUTORIAL-2, stage 12, step 5: the claim is written down before it is asked for.
    = TUTORIAL-2 阶段 12 步骤 5：先把占用记下来，再去询问。
    How does the other server know what a client has missed?
    = 另一台服务器怎么知道客户端错过了什么？
    TUTORIAL-2, stage 12, step 2: a stream in Redis keeps it.
    = TUTORIAL-2 阶段 12 步骤 2：Redis 里的流会保存它。
    """#
