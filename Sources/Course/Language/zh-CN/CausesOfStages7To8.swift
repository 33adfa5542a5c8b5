// Likely causes, of stages 7 to 8, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfStages7To8 = #"""
    the list is sent as "{1}", and has to be sent as "online"
    = 列表以 "{1}" 发送，应该以 "online" 发送
    the list stays empty, and the name is not in it: it is never entered in `nicknames`, or the
      list is made of something else, or once at the start and not at each call of `online()`
    = 列表一直是空的，没有这个昵称：它没有登记到 `nicknames`，或者列表来自别的数据，或者只在启动时生成一次，而不是每次调用 `online()` 时生成
    a list comes, and the name is not in it: it is made of something else than
      `nicknames.values`, or the name is never entered
    = 收到了列表，但没有这个昵称：列表不是由 `nicknames.values` 生成的，或者昵称没有登记
    the newcomer gets no list, the others do: `socket.emit("online", online())` in onConnection,
      and not `socket.broadcast.emit`
    = 其他人收到列表，新来的没有收到：onConnection 里应该是 `socket.emit("online", online())`，而不
      是 `socket.broadcast.emit`
    the list is sent at changes only: a newcomer needs it too, `socket.emit("online", online())`
      in onConnection
    = 只在变化时发送列表：新来的客户端也需要它，在 onConnection 里写 `socket.emit("online", online())`
    no list is sent at all: `socket.emit("online", online())` is missing in onConnection,
      directly in it
    = 根本没有发送列表：onConnection 里缺少 `socket.emit("online", online())`，要直接写在里面
    no list is sent when a client leaves: `io.emit("online", online())` is missing in
      onDisconnect
    = 客户端离开时没有发送列表：onDisconnect 里缺少 `io.emit("online", online())`
    the list that is sent at a departure still has the name: remove the name first, then send
      the list
    = 客户端离开时发送的列表里还有它的昵称：先删除昵称，再发送列表
    a list is sent though the name was refused: send it below the tests
    = 昵称被拒绝，却发送了列表：发送要写在检查的下面
    a list is sent though the name is the same: send it inside of the `if` that looks for a
      change
    = 昵称没有变，却发送了列表：要写在判断变化的 `if` 里面
    one rename sends {1} lists: two lines emit "online" on the way; one is enough
    = 一次改名发送了 {1} 个列表：途中有两行代码在发送 "online"；一行就够了
    a rename sends no list: `io.emit("online", online())` belongs behind each change of a name
    = 改名时没有发送列表：每次昵称变化之后都要 `io.emit("online", online())`
    the name is in the list twice: the old spelling is kept as another entry
    = 列表里这个昵称出现了两次：旧的写法作为另一个条目还留着
    the list has the name in small letters: keys are sent in place of names, or the list is
      older than the rename
    = 列表里的昵称是小写的：发送的是键而不是昵称，或者列表是改名之前的
    a client without a name is in the list, as null or an empty text: make it of the names that
      are there
    = 没有昵称的客户端以 null 或空文本的形式出现在列表里：列表应该由已有的昵称生成
    everyone gets a list when a client connects, though nothing has changed: `socket.emit` in
      onConnection, and not `io.emit`
    = 客户端连接时什么也没有变，所有人却都收到了列表：onConnection 里用 `socket.emit`，而不是 `io.emit`
    a list is sent when a client without a name leaves, though nothing has changed: send it
      inside of the `if let name`
    = 没有昵称的客户端离开时什么也没有变，却发送了列表：发送要写在 `if let name` 里面
    the program sends "{1}", and the event is called "online"
    = 程序发送的是 "{1}"，而事件名是 "online"
    no list is sent when a name is set: `io.emit("online", online())` is missing in the handler
      of "set nickname"
    = 设置昵称时没有发送列表：在 "set nickname" 的处理函数里缺少 `io.emit("online", online())`
    the client with the new name alone gets the list: `socket.emit` speaks to this one client,
      `io.emit` to everyone
    = 只有取得新昵称的客户端收到列表：`socket.emit` 只发给这一个客户端，`io.emit` 发给所有人
    the client with the new name does not get the list itself: `socket.broadcast.emit` leaves it
      out, `io.emit` does not
    = 取得新昵称的客户端自己没有收到列表：`socket.broadcast.emit` 不发给它，`io.emit` 会
    the list has the new name alone: send all names, `online()`
    = 列表里只有新昵称：应该发送所有昵称，`online()`
    the list is sent before the name is entered: enter it in `nicknames` first
    = 昵称登记之前就发送了列表：先登记到 `nicknames`
    the list has other names than those that were set: names belong in it as they were typed,
      not their keys in small letters
    = 列表里的昵称与设置的不同：应该是输入时的昵称，而不是小写的键
    the list is sorted, and capitals come first: compare the keys (`nameKey($0) < nameKey($1)`),
      in small letters
    = 列表排了序，但大写字母排在前面：比较小写的键（`nameKey($0) < nameKey($1)`）
    the list is sorted backwards: `<`, and not `>`
    = 列表的顺序是反的：应该用 `<`，而不是 `>`
    the list is not sorted by its keys (a dictionary has no order of its own): `sorted {
      nameKey($0) < nameKey($1) }`
    = 列表没有按键排序（字典没有固定的顺序）：`sorted { nameKey($0) < nameKey($1) }`
    a message to a name that no client has is acknowledged with ok: `guard let addressee =
      owner(of: …) else { return .refusal("offline") }`
    = 发给一个没有人使用的昵称，却确认了 ok：`guard let addres
      see = owner(of: …) else { return .refusal("offline") }`
    a name that no client has counts as one's own: look for its owner first, then compare the
      owner's id with `socket.id`
    = 没有人使用的昵称被当成自己的昵称：先查找使用者，再比较使用者的 id 和 `socket.id`
    a name stays reachable after its client has left: it is not removed in onDisconnect, or kept
      in a second table
    = 客户端离开之后，它的昵称仍能收到私信：onDisconnect 里没有删除它，或者它还在另一张表里
    a message to oneself is delivered: `if addressee == socket.id { return .refusal("yourself")
      }`
    = 发给自己的消息被送达了：`if addressee == socket.id { return .refusal("yourself") }`
    the addressee is compared as it was typed: clean `to` and compare keys, as with nicknames
    = 直接比较输入的收件人：像昵称那样，先整理 `to`，再比较键
    a message to oneself is answered with "offline": look whether the addressee is `socket.id`,
      and refuse it as "yourself"
    = 发给自己的消息得到 "offline"：检查收件人是不是 `socket.id`，是就拒绝为 "yourself"
    a private message of a client without a name is accepted: `guard let from =
      nicknames[socket.id]` comes first
    = 接受了没有昵称的客户端的私信：先写 `guard let from = nicknames[socket.id]`
    it is refused and delivered all the same: the `return` has to stand above the `emit`
    = 拒绝了，却仍然送达：`return` 应该写在 `emit` 上面
    a private message that is "{1}" is accepted: its text is not tested as in "chat message"
    = 接受了 "{1}" 的私信：它的文本没有像 "chat message" 那样检查
    "{1}" is looked at before "{2}": the order is no nickname, empty, too long, yourself,
      offline
    = 先检查了 "{1}"，后检查 "{2}"：顺序是 no nickname、empty、too long、yourself、offline
    the text of a private message is printed: nothing private belongs into the output
    = 打印了私信的文本：私密的内容不应该出现在输出里
    a private message ends typing: `setTyping(false, socket)` belongs to public messages only
    = 私信结束了输入状态：`setTyping(false, socket)` 只属于公开消息
    the sender's name is taken from what the client sends: `from` comes from
      `nicknames[socket.id]`
    = 发送者的昵称取自客户端发来的内容：`from` 来自 `nicknames[socket.id]`
    something that is no letter is answered: the struct has to ask for `to` and `text`, both
      texts and neither optional
    = 不是私信的内容也得到了应答：struct 应该要求 `to` 和 `text`，两者都是文本，都不是可选值
    a name that a client has counts as "offline": is the test the other way round, or are `to`
      and the names compared in different forms?
    = 客户端正在使用的昵称被当成 "offline"：条件是不是写反了，或者 `to` 和昵称比较时的形式不同？
    another client counts as "yourself": compare the addressee's id with `socket.id`, and look
      for the owner of `letter.to`
    = 另一个客户端被当成 "yourself"：应该比较收件人的 id 和 `socket.id`，并查找 `letter.to` 的使用者
    it is sent as "chat message": its event is "private message"
    = 它以 "chat message" 发送：它的事件是 "private message"
    it goes back to its sender: `socket.emit` speaks to this one client;
      `socket.to(addressee).emit`
    = 它发回给了发送者：`socket.emit` 只发给这一个客户端；应该用 `socket.to(addressee).emit`
    it is acknowledged and reaches no client: `to(…)` takes the addressee's id (`owner(of:)`),
      and not a nickname; or the line that emits is missing
    = 得到了确认，却没有到达任何客户端：`to(…)` 要的是收件人的 id（`owner(of:)`），而不是昵称；或者缺少发送的那一行
    it reaches {1}, and not its addressee: `socket.to(addressee).emit`
    = 它到达了 {1}，没有到达收件人：`socket.to(addressee).emit`
    it comes back to its sender as well: only the addressee is to get it,
      `socket.to(addressee).emit`
    = 它也发回给了发送者：只有收件人应该收到，`socket.to(addressee).emit`
    a third client reads it: `socket.broadcast.emit` and `io.emit` tell the others as well;
      `socket.to(addressee).emit` one alone
    = 第三个客户端也收到了：`socket.broadcast.emit` 和 `io.emit` 也会发给其他人；`socket.to(addressee).emit` 只发给一个
    its addressee gets it twice: two lines send it
    = 收件人收到了两次：有两行代码在发送它
    after a rename the new name is "offline": names are kept in two tables, and one of them is
      not renamed
    = 改名之后新昵称是 "offline"：昵称存在两张表里，其中一张没有改
    after a rename the old name is still reached: names are kept in two tables, and one of them
      is not renamed
    = 改名之后旧昵称仍能收到私信：昵称存在两张表里，其中一张没有改
    the text of a private message is sent as it was typed: send the trimmed one
    = 私信的文本按输入的样子发送：请发送去掉空白之后的文本
    """#
