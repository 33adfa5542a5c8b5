// Likely causes, of stages 5 to 6, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfStages5To6 = #"""
    a free name is refused as "taken": only a name that another client has is (`owner !=
      socket.id`, and not `==`)
    = 空闲的昵称被拒绝为 "taken"：只有另一个客户端正在使用的才是（`owner != socket.id`，而不是 `==`）
    a good name is refused as "empty": is the test the other way round, or is another variable
      tested?
    = 合法的昵称被拒绝为 "empty"：条件是不是写反了，或者检查的是别的变量？
    a good name is refused as "invalid": is the test the other way round (`!` in front of it),
      or is the emoji not taken out first?
    = 合法的昵称被拒绝为 "invalid"：条件是不是写反了（前面多了 `!`），或者没有先去掉 emoji？
    a short name is refused as "too long": look at the limits (20 characters, 1,000 bytes) and
      at `>`
    = 很短的昵称被拒绝为 "too long"：请看长度限制（20 个字符，1,000 字节）和 `>`
    the name is not in the acknowledgement: `return Reply(nickname: name)`
    = 确认里没有昵称：`return Reply(nickname: name)`
    the name is tested before the blanks are cut: `cleaned(input)` comes first, and the tests
      look at its result
    = 在去掉空白之前就检查了昵称：先写 `cleaned(input)`，检查的是它的结果
    the blanks around the name are kept: enter and answer `cleaned(input)`, not `input`
    = 昵称两端的空白还在：登记和应答的应该是 `cleaned(input)`，而不是 `input`
    an empty name is accepted: nothing asks `isEmpty`
    = 接受了空昵称：没有检查 `isEmpty`
    a name of blanks is accepted: the test looks at `input`; it has to look at the cleaned name
    = 接受了只有空白的昵称：检查的是 `input`；应该检查去掉空白之后的昵称
    blanks are refused as "invalid": the test for forbidden characters looks at `input`; it has
      to look at the cleaned name
    = 空白被拒绝为 "invalid"：检查禁用字符时看的是 `input`；应该看去掉空白之后的昵称
    21 characters are accepted: the length is not tested, or the limit is more than 20
    = 接受了 21 个字符：没有检查长度，或者上限大于 20
    20 plain letters are refused: the limit is 20 characters, and 20 is still right (`> 20`, and
      not `>=`)
    = 拒绝了 20 个普通字母：上限是 20 个字符，正好 20 个也可以（`> 20`，而不是 `>=`）
    bytes, scalars or code units are counted, and not characters: `name.count` counts as a
      person does, `utf8.count`, `utf16.count` and `unicodeScalars.count` do not; or the limit of
      bytes is below 1,000
    = 数的是字节、标量或编码单元，而不是字符：`name.count` 按人的习惯来
      数，`utf8.count`、`utf16.count` 和 `unicodeScalars.count` 不是；或者字节上限小于 1,000
    a family emoji is refused as "invalid": what holds an emoji together is fine (5.14)
    = 家庭 emoji 被拒绝为 "invalid"：把 emoji 连在一起的字符是允许的（5.14）
    the same name is given to two clients: nothing looks whether another client has it, or the
      test is the other way round (`owner != socket.id`)
    = 同一个昵称给了两个客户端：没有检查别的客户端是否在用，或者条件写反了（`owner != socket.id`）
    the name is compared before its blanks are cut: compare the cleaned name
    = 在去掉空白之前就比较了昵称：应该比较去掉空白之后的昵称
    names are compared as they were typed: compare `nameKey(name)` with the key of the other, in
      small letters both
    = 直接比较输入的昵称：应该用 `nameKey(name)` 与对方的键比较，两者都是小写
    "user joined" is sent to no client when a name is set: `socket.broadcast.emit("user joined",
      User(nickname: name))` is missing in the handler of "set nickname", or not reached (is the
      test in front of it the other way round?)
    = 设置昵称时没有向任何客户端发送 "user joined"：在 "set nickname" 的处理函数
      里 `socket.broadcast.emit("user joined", User(nickname: name))` 没有写，或者执行不到（前面的条件是不是写反了？）
    each client hears of its own name only: `socket.emit` speaks to this one client,
      `socket.broadcast.emit` to the others
    = 每个客户端只收到关于自己昵称的通知：`socket.emit` 只发给这一个客户端，`socket.broadcast.emit` 发给其他人
    a client hears of its own name as well: `io.emit` reaches everyone, `socket.broadcast.emit`
      the others
    = 客户端也收到了关于自己昵称的通知：`io.emit` 发给所有人，`socket.broadcast.emit` 发给其他人
    a message of a client without a name is accepted: `guard let from = nicknames[socket.id]
      else { return .refusal("no nickname") }` comes first
    = 接受了没有昵称的客户端的消息：先写 `guard let from = ni
      cknames[socket.id] else { return .refusal("no nickname") }`
    the text is tested before the name is looked for: "no nickname" comes first
    = 还没查昵称就检查了文本："no nickname" 在最前面
    it is refused and sent all the same: the `return` has to stand above the `emit`
    = 拒绝了，却仍然发送：`return` 应该写在 `emit` 上面
    a client that has a name is told "no nickname": the name is not entered in `nicknames`, or
      looked for under another key than `socket.id`
    = 有昵称的客户端得到 "no nickname"：昵称没有登记到 `nicknames`，或者查找时用的键不是 `socket.id`
    a good text is refused as "empty": is the test the other way round?
    = 合法的文本被拒绝为 "empty"：条件是不是写反了？
    the author gets its own message back: `socket.broadcast.emit` leaves the author out,
      `io.emit` does not (the page shows it at once)
    = 作者收到了自己的消息：`socket.broadcast.emit` 不发给作者，`io.emit` 会（页面会立即显示自己的消息）
    the message goes back to its author only: `socket.emit` speaks to this one client,
      `socket.broadcast.emit` to the others
    = 消息只发回给作者：`socket.emit` 只发给这一个客户端，`socket.broadcast.emit` 发给其他人
    the message is acknowledged and sent to no client: `socket.broadcast.emit("chat message",
      …)` is missing, or not reached
    = 消息得到了确认，却没有发给任何客户端：`socket.broadcast.emit("chat message", …)` 没有写，或者执行不到
    a client that has left without a name is announced: `if let name` in front of the `emit`
    = 没有昵称的客户端离开时也通知了：在 `emit` 前面写 `if let name`
    no "user left" is sent when a client with a name leaves: it is missing in onDisconnect, or
      the name is removed before it is looked up (`removeValue` returns it), or `socket.emit`
      speaks to the one that is gone
    = 有昵称的客户端离开时没有发送 "user left"：onDisconnect 里没有写，或者查找之前昵称已经删掉了（`removeValue` 会返回它），或
      者 `socket.emit` 只发给了已经离开的那个
    the name of a client that has left is still "taken": it is not removed from `nicknames` in
      onDisconnect, or under another key
    = 客户端离开之后，它的昵称仍是 "taken"：onDisconnect 里没有把它从 `nicknames` 删除，或者用的是别的键
    the old name stays taken after a rename: it is kept in a second entry or table;
      `updateValue` replaces it
    = 改名之后旧昵称仍被占用：它还在另一个条目或另一张表里；`updateValue` 会替换它
    a client that has a name cannot take another one: `owner != socket.id` decides, not whether
      there is a name already
    = 有昵称的客户端不能换昵称：起决定作用的是 `owner != socket.id`，而不是是否已有昵称
    a rename does not announce that the old name has left: `if let old {
      socket.broadcast.emit("user left", User(nickname: old)) }`
    = 改名时没有通知旧昵称已离开：`if let old { socket.broadcast.emit("user left", User(nickname: old)) }`
    a rename announces the new name as the one that has left: the old one is what `updateValue`
      returns
    = 改名时把新昵称当作离开的昵称来通知：旧昵称是 `updateValue` 返回的值
    a rename does not announce the new name
    = 改名时没有通知新昵称
    a name is entered as it was typed, with its blanks: what is kept in `nicknames` is the
      cleaned one, `name`, and not `input`
    = 昵称按输入的样子登记，两端带着空白：`nicknames` 里保存的应该是去掉空白之后的 `name`，而不是 `input`
    one's own name counts as taken: `owner != socket.id` belongs to the test
    = 把自己的昵称也当成被占用：条件里要有 `owner != socket.id`
    the same name again is announced as news: announce only if the name has changed (`old !=
      name`)
    = 再次设置相同的昵称也通知了：只有昵称变了才通知（`old != name`）
    another spelling of one's own name is not announced: it is a rename, so compare the names as
      they are, not their keys
    = 自己的昵称换一种写法时没有通知：这是改名，所以要比较昵称本身，而不是它们的键
    the answer has the name as it was typed, e and its accent apart: normalise it
      (`precomposedStringWithCanonicalMapping`)
    = 应答里的昵称与输入时一样，e 和重音符是分开的：请规范化（`precomposedStringWithCanonicalMapping`）
    é in one scalar and é in two count as two names: `key` has to be normalised as well
    = 一个标量的 é 和两个标量的 é 被当成两个昵称：`key` 也要规范化
    the name is taken from what the client sends: `from` comes from `nicknames[socket.id]`,
      whatever is in the packet
    = 昵称取自客户端发来的内容：不管数据包里有什么，`from` 都来自 `nicknames[socket.id]`
    two clients get one name: between the test for "taken" and the entry there is an `await`, or
      no test
    = 两个客户端得到同一个昵称：检查 "taken" 和登记之间有 `await`，或者没有检查
    what is no text is answered: the handler has to ask for a `String`, not for `JSON` or an
      optional
    = 不是文本的参数也得到了应答：处理函数应该要求 `String`，而不是 `JSON` 或可选值
    a new connection has a name at once: names are kept after their client is gone; the key is
      `socket.id`, which is new each time
    = 新连接一开始就有昵称：客户端离开之后昵称还留着；键应该是 `socket.id`，它每次都是新的
    a name of more than 1,000 bytes is accepted: `input.utf8.count > 1_000` has to be refused,
      since 20 characters can be many bytes
    = 接受了超过 1,000 字节的昵称：20 个字符可能有很多字节，所以 `input.utf8.count > 1_000` 时必须拒绝
    the input is looked at before its bytes are counted: `utf8.count` comes before everything
      else
    = 在数字节之前就处理了输入：`utf8.count` 要放在最前面
    a name of 810 bytes is refused: the limit is 1,000 bytes of UTF-8
    = 拒绝了 810 字节的昵称：上限是 1,000 字节（UTF-8）
    letters of another width count as other letters: `key` needs the compatibility form,
      `precomposedStringWithCompatibilityMapping`
    = 全角字母和半角字母被当成不同的字母：`key` 需要兼容形式，`precomposedStringWithCompatibilityMapping`
    the answer has the key in place of the name: only the comparison is to use the compatibility
      form
    = 应答的是键而不是昵称：兼容形式只用于比较
    a name with U+{1} is accepted: it is missing in `forbidden`, or counts as a part of an emoji
      where there is none
    = 接受了含有 U+{1} 的昵称：`forbidden` 里没有它，或者没有 emoji 的地方也把它当成 emoji 的一部分
    an emoji is refused: what holds it together (a joiner, a selector, a keycap) has to be taken
      out before `forbidden` is looked for
    = 拒绝了一个 emoji：查找 `forbidden` 之前，要先去掉把 emoji 连在一起的字符（连接符、变体选择符、键帽）
    the length is tested before the characters: "invalid" comes before "too long"
    = 先检查了长度，后检查字符："invalid" 在 "too long" 之前
    the name {1} is accepted: the test for `forbidden` characters is missing, or does not know
      all of them
    = 接受了昵称 {1}：没有检查 `forbidden` 字符，或者其中没有列全
    a family emoji is refused as "invalid": take the emoji out first, then look for forbidden
      characters
    = 家庭 emoji 被拒绝为 "invalid"：先去掉 emoji，再查找禁用字符
    a text of blanks is accepted: trim it first, then ask `isEmpty`
    = 接受了只有空白的文本：先去掉空白，再检查 `isEmpty`
    an empty text is accepted: the text is not tested, as in the name's case by `problem(…)`
    = 接受了空文本：没有检查文本；像昵称那样用 `problem(…)` 检查
    2,001 characters are accepted: the length of a text is not tested, or its limit is another
      than 2,000
    = 接受了 2,001 个字符：没有检查文本的长度，或者上限不是 2,000
    the text is sent as it was typed, with the blanks around it: send the trimmed one
    = 文本按输入的样子发送，两端带着空白：请发送去掉空白之后的文本
    2,000 characters are refused: bytes or code units are counted, or the limit is smaller
    = 拒绝了 2,000 个字符：数的是字节或编码单元，或者上限更小
    a message of a client announces that it types: `setTyping(false, socket)` belongs there, and
      not true
    = 客户端发消息时，却通知它正在输入：那里应该写 `setTyping(false, socket)`，而不是 true
    false is sent for a client that was not typing (each message ends typing): only changes are
      sent
    = 客户端没有在输入，却发送了 false（每条消息都结束输入状态）：只在变化时发送
    the typist hears of itself: `socket.broadcast.emit` leaves it out, `io.emit` does not
    = 正在输入的人收到了关于自己的事件：`socket.broadcast.emit` 不发给它，`io.emit` 会
    the typist alone hears of it: `socket.emit` speaks to this one client,
      `socket.broadcast.emit` to the others
    = 只有正在输入的人自己收到：`socket.emit` 只发给这一个客户端，`socket.broadcast.emit` 发给其他人
    `isTyping` is true also when typing ends: it has to be the value that came
    = 输入结束时 `isTyping` 也是 true：它应该是收到的值
    the end of typing is not sent: `isTyping` false is not passed on, or the server does not
      know that the client was typing (`typing[socket.id] = …`)
    = 没有发送输入结束：`isTyping` 为 false 时没有转发，或者服务器不知道客户端正在输入（`typing[socket.id] = …`）
    no client hears of typing: `socket.broadcast.emit("typing", …)` is missing, or not reached
      (is the test for a change the other way round?)
    = 没有客户端收到输入状态：`socket.broadcast.emit("typing", …)` 没有写，或者执行不到（判断变化的条件是不是写反了？）
    while one client types, another that begins is not announced: one variable for all remembers
      it; it has to be a table, by `socket.id`
    = 一个客户端正在输入时，另一个开始输入却没有通知：所有人共用了一个变量；应该用一张以 `socket.id` 为键的表
    false is sent for a client that was not typing: only changes are sent
    = 客户端没有在输入，却发送了 false：只在变化时发送
    the end of typing is sent again and again: remove the client's mark or timeout when it ends
      (`removeValue`); only changes are sent
    = 输入结束发送了一次又一次：结束时要删除这个客户端的记录或计时任务（`removeValue`）；只在变化时发送
    when another client begins to type, the first is forgotten, and its next sign is announced
      anew: remove only its own mark or timeout
    = 另一个客户端开始输入时，前一个被忘掉了，它的下一个信号又被当作新的来通知：只删除它自己的记录或计时任务
    each sign is passed on: remember which clients type, and emit only if that changes
    = 每个信号都转发了：记住哪些客户端正在输入，只在变化时发送
    a change is missing: remember that the client types when it begins, and forget it when it
      stops
    = 少了一次变化：客户端开始输入时记住它，停止时删除
    the message goes out before typing ends: `setTyping(false, socket)` has to stand above the
      line that emits "chat message"
    = 输入状态还没结束，消息就先发了出去：`setTyping(false, socket)` 应该写在发送 "chat message" 的那一行上面
    typing does not end with a message: `setTyping(false, socket)` is missing in the handler of
      "chat message"
    = 发出消息时输入状态没有结束：在 "chat message" 的处理函数里缺少 `setTyping(false, socket)`
    typing does not end when the typist leaves: `setTyping(false, socket)` is missing in
      onDisconnect, or stands below the line that removes the name
    = 正在输入的人离开时，输入状态没有结束：onDisconnect 里缺少 `setTyping(false, socket)`，或者它写在删除昵称那一行的下面
    typing of a client without a name is announced: `guard let nickname = nicknames[socket.id]
      else { return }`
    = 没有昵称的客户端输入时也通知了：`guard let nickname = nicknames[socket.id] else { return }`
    typing ends under the new name: `setTyping(false, socket)` has to stand above the line that
      enters the new one
    = 输入状态以新昵称结束：`setTyping(false, socket)` 应该写在登记新昵称那一行的上面
    a rename does not end typing under the old name: `setTyping(false, socket)` above the line
      that enters the new one
    = 改名没有结束旧昵称的输入状态：在登记新昵称那一行的上面写 `setTyping(false, socket)`
    after a rename typing does not begin anew: the mark or timeout of the old name is still there,
      so `true` is no change
    = 改名之后不能重新开始输入：旧昵称的记录或计时任务还在，所以 `true` 不算变化
    a message that is refused ends typing: `setTyping(false, socket)` has to stand below the
      tests of the text
    = 被拒绝的消息结束了输入状态：`setTyping(false, socket)` 应该写在检查文本的代码下面
    what is neither true nor false is taken for typing: the handler has to ask for a `Bool`
    = 既不是 true 也不是 false 的参数被当作输入状态：处理函数应该要求 `Bool`
    each sign is announced, though only the first is news (6.2)
    = 每个信号都通知了，而只有第一个是变化（6.2）
    typing does not end by itself: there is no timeout (`Task.sleep(for: .seconds(3))`, then
      `setTyping(false, socket)`), or it is cancelled and not set again
    = 输入状态不会自己结束：没有计时任务（`Task.sleep(for: .seconds(3))`，然后 `setTyping(false, socket)`），或者取消之后没有重新设置
    typing ends before the second sign comes, in less than three seconds: is the timeout
      three seconds long?
    = 不到三秒，第二个信号还没到，输入状态就结束了：请看计时任务的时间
    a new sign does not move the timeout: cancel the old one, and start another each time
    = 新的信号没有推迟计时：每次都要取消旧的计时任务，再启动一个新的
    the timeout is not three seconds long
    = 计时任务的时间不是三秒
    """#
