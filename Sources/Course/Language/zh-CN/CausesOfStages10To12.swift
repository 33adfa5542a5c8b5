// Likely causes, of stages 10 to 12, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfStages10To12 = #"""
    those who are in a channel are not told who comes: `io.to(room).emit("members", …)` at each
      join
    = 频道里的人没有得到有人加入的通知：每次加入时 `io.to(room).emit("members", …)`
    a client that gives its name in auth is not let in: `socket.handshake.auth["name"]`
    = 在 auth 里给出名字的客户端没有放行：`socket.handshake.auth["name"]`
    the answer to "join" has to be {"ok": true, "members": […]}, with the one who has joined
    = 对 "join" 的应答应该是 {"ok": true, "members": […]}，其中包括刚加入的人
    the sender hears its own words: `socket.to(room)` leaves it out, `io.to(room)` does not
    = 发送者听到了自己的话：`socket.to(room)` 不发给它，`io.to(room)` 会
    who is not in the channel hears it: `to(room(channel))` is missing
    = 不在频道里的人也听到了：缺少 `to(room(channel))`
    it reaches no member: join and say have to mean the same room
    = 没有到达任何成员：加入和说话要用同一个房间
    who is in both channels gets it twice: one `emit` to all rooms, `socket.to(rooms).emit`
    = 两个频道都在的人收到了两次：对所有房间 `emit` 一次，`socket.to(rooms).emit`
    it reaches one of the channels only: `to` takes a list of rooms
    = 只到达了其中一个频道：`to` 接受一组房间
    it does not reach its sender: `io.to(rooms)`, and not `socket.to(rooms)`
    = 没有到达发送者：用 `io.to(rooms)`，而不是 `socket.to(rooms)`
    it does not reach the other members
    = 没有到达其他成员
    who has left still hears what is said: leave the same room that was joined
    = 离开频道的人仍能听到频道里的话：离开的要与加入的是同一个房间
    the others are not told that somebody has left
    = 有人离开时没有通知其他人
    who is not in a channel can leave it: answer "not in"
    = 不在频道里的人也能离开它：应当返回 "not in"
    a broken connection leaves no word behind: tell the members at disconnect as well
    = 连接中断时没有通知：断开连接时也要通知成员
    somebody speaks in a channel without being in it: look at `channels(of: socket)` first
    = 有人不在频道里却能在那里说话：先看 `channels(of: socket)`
    a channel with an odd name, or none, is accepted
    = 接受了奇怪的频道名或空的频道名
    it is refused and sent all the same: the `return` stands above the `emit`
    = 拒绝了，却仍然发送：`return` 要写在 `emit` 上面
    a channel's name is used as the room's: the id of a socket is a room as well, so anybody can
      whisper into it. Put a sign in front
    = 频道名直接用作房间名：socket 的 id 也是一个房间，任何人都能对它悄悄说话。请在前面加一个符号
    an empty channel stays in the list
    = 空频道还留在列表里
    somebody who joins twice is listed twice, or the list is missing: ask the engine's rooms,
      `io.in(room).sockets`
    = 加入两次的人在列表里出现两次，或者没有列表：请查引擎的房间，`io.in(room).sockets`
    there is no such namespace: `io.of("/post")` and `io.of("/get")`, above `app.run()`
    = 没有这样的命名空间：在 `app.run()` 上面写 `io.of("/post")` 和 `io.of("/get")`
    who comes to a namespace is not greeted with "new message"
    = 进入命名空间的客户端没有收到 "new message" 作为欢迎
    it is heard in other namespaces, too: `io.of("/get").emit` and no other
    = 在其他命名空间里也能听到：只用 `io.of("/get").emit`
    who has no key, or a wrong one, gets into /admin: `io.of("/admin").use` has to throw
    = 没有密钥或密钥错误的客户端进入了 /admin：`io.of("/admin").use` 应该抛出错误
    the right key is refused: it is what ADMIN_KEY in the environment says
    = 正确的密钥被拒绝：它是环境变量 ADMIN_KEY 的值
    the members of a channel that is closed are not told: emit "closed" to it
    = 频道关闭时没有通知它的成员：向频道发送 "closed"
    a channel that was closed still has its members: `socketsLeave`
    = 频道关闭之后成员还在：`socketsLeave`
    a message that was acknowledged is not there: is it remembered, and told to who comes later?
    = 确认过的消息不见了：它保存了吗？发给后来的人了吗？
    the second argument of the event is not its offset: `io.emit("chat message", message,
      offset)`
    = 事件的第二个参数不是偏移量：`io.emit("chat message", message, offset)`
    the sender does not get its own message: `io.emit` reaches everyone
    = 发送者没有收到自己的消息：`io.emit` 发给所有人
    the acknowledgement has no offset: {"ok": true, "offset": 7}
    = 确认里没有偏移量：{"ok": true, "offset": 7}
    what a client has heard already is told again: leave out as many entries as
      `auth.serverOffset` says
    = 客户端已经收到过的消息又发了一次：按 `auth.serverOffset` 的值跳过同样多的记录
    the history begins too late: the first message behind `auth.serverOffset` is {1}
    = 历史消息开始得太晚：`auth.serverOffset` 之后的第一条消息是 {1}
    the second sending gets an offset of its own: look the id up first
    = 重复发送的消息得到了新的偏移量：先查它的 id
    who was recovered gets its messages twice: once from the engine, once from your history. `if
      !socket.recovered`
    = 恢复的客户端收到了两次消息：一次来自引擎，一次来自你的历史。`if !socket.recovered`
    they arrive in another order than their offsets say: no await between the offset and the
      emit
    = 到达的顺序与偏移量的顺序不同：取偏移量和 emit 之间不要有 await
    after a restart the offsets begin anew, or leave some out: count the entries that were read
    = 重启之后偏移量从头开始，或者跳过了一些：要数读取的记录条数
    what was acknowledged is gone after a restart: append it to the file, and read the file at
      the start
    = 确认过的消息在重启之后不见了：追加到文件，启动时读取文件
    what is sent again after a restart is stored again: the id has to be in each line, and be
      read back
    = 重启之后，重复发送的消息又保存了一次：每一行都要写入 id，并且读回来
    the acknowledgement comes before the message is in the file: write and synchronize first,
      then return
    = 消息写入文件之前就确认了：先 write 和 synchronize，再 return
    a message was acknowledged, and there is no journal.jsonl in the folder that DATA_DIR names:
      it is written later, or lies elsewhere
    = 消息已经确认，但 DATA_DIR 指定的文件夹里没有 journal.jsonl：它写得太晚，或者写到了别处
    what was stored behind a torn line is lost at the next start: cut the file behind its last
      line end before you append
    = 残缺行之后保存的内容在下次启动时丢失：追加之前，在最后一个换行符之后截断文件
    it does not start with a torn line: leave out what follows the last line end
    = 文件末尾有残缺的一行时不能启动：请忽略最后一个换行符之后的内容
    a message is lost since somebody else has had the same id: an id belongs to its sender
    = 别人用过相同的 id，消息就丢失了：id 属于它的发送者
    what is refused is stored all the same
    = 被拒绝的内容也保存了
    an offset that is no right number ends the connection: take 0 then
    = 偏移量不是合法的数字时，连接断开了：这时应该取 0
    the program says nothing about being alone: print a line with "alone"
    = 程序没有说明自己是独自工作：打印一行含有 "alone" 的话
    a name that somebody has is given away a second time: "taken"
    = 正在使用的名字又给了别人：应该是 "taken"
    it is heard at its own server only: `io.emit`, not `io.local.emit`, and the adapter before
      clients come
    = 只有它自己的服务器上能听到：用 `io.emit`，而不是 `io.local.emit`；适配器要在客户端连接之前设置
    it comes twice, or something else comes first
    = 它来了两次，或者先来的是别的内容
    the name is given away at the second server as well: ask the others before a socket is let
      in
    = 第二台服务器也给出了这个名字：让 socket 进入之前，先问其他服务器
    a name stays taken after its client has left: free it in onDisconnect
    = 客户端离开之后名字仍被占用：在 onDisconnect 里释放它
    the list has the names of one server: `await io.findSockets()` asks all
    = 列表里只有一台服务器的名字：`await io.findSockets()` 会询问所有服务器
    no list comes: emit "online" when it has changed
    = 没有收到列表：变化时发送 "online"
    the names of a server that died stay in the list: no one asks again
    = 已结束的服务器的名字还在列表里：没有再次询问
    a name of a server that died stays taken: its claim is kept somewhere else
    = 已结束的服务器的名字仍被占用：占用的记录保存在别处
    both get the name: a server that asks has to hold the name meanwhile
    = 两个人都得到了这个名字：询问的服务器在此期间要持有这个名字
    neither gets it: one of the two has to give way, and not both
    = 两个人都没有得到：应该只有一方让步，而不是双方
    there is no recovery: `io.connectionStateRecovery`, before clients come
    = 没有恢复功能：在客户端连接之前设置 `io.connectionStateRecovery`
    the other server does not know what was missed: `RedisAdapter(redis, .streams)`
    = 另一台服务器不知道错过了什么：`RedisAdapter(redis, .streams)`
    """#
