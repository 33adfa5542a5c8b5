// Help in three steps, of stages 5 to 6, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseHintsOfStages5To6 = #"""
    The page waits for an answer to its question. How does a handler answer?
    = 页面在等自己的问题得到应答。处理函数怎么应答？
    TUTORIAL, stage 5, steps 1 and 2: what a handler returns is the acknowledgement.
    = TUTORIAL 阶段 5 步骤 1、2：处理函数的返回值就是确认（acknowledgement）。
    "Ada" and " Ada ": two people?
    = "Ada" 和 " Ada "：是两个人吗？
    TUTORIAL, stage 5, step 4: cleaned(_:), before anything else looks at the name.
    = TUTORIAL 阶段 5 步骤 4：在用到昵称的所有代码之前，先用 cleaned(_:)。
    What is left of three blanks when they are trimmed?
    = 三个空格去掉空白之后还剩什么？
    The order of your lines: first clean, then test.
    = 代码的顺序：先整理，再检查。
    How many characters has 👩‍👩‍👧‍👦? And how many bytes?
    = 👩‍👩‍👧‍👦 有几个字符？有多少字节？
    String.count counts as a person does; utf8.count and utf16.count do not.
    = String.count 按人的习惯来数；utf8.count 和 utf16.count 不是。
    ADA comes after Ada. How do your names compare?
    = Ada 之后来了 ADA。你的昵称怎么比较？
    TUTORIAL, stage 5, step 4: nameKey(_:) and owner(of:). Compare keys, not names.
    = TUTORIAL 阶段 5 步骤 4：nameKey(_:) 和 owner(of:)。比较键，不比较昵称。
    Who wants to know that there is somebody new? And in which shape?
    = 谁想知道来了新人？以什么形式？
    TUTORIAL, stage 5, step 2: an object with the key nickname, to the others.
    = TUTORIAL 阶段 5 步骤 2：一个带键 nickname 的对象，发给其他人。
    The page shows its own message at once. Who is left to be told?
    = 页面会立即显示自己的消息。还需要告诉谁？
    TUTORIAL, stage 5, step 3: {from, text} to the others, {ok: true} to the sender.
    = TUTORIAL 阶段 5 步骤 3：把 {from, text} 发给其他人，把 {ok: true} 回给发送者。
    Who may speak? Where does the handler look that up, and when?
    = 谁可以说话？处理函数在哪里查，什么时候查？
    The first line of the handler of "chat message".
    = "chat message" 处理函数的第一行。
    Somebody leaves who never had a name. What do the others hear?
    = 从来没有昵称的人离开了。其他人会收到什么？
    TUTORIAL, stage 5, step 3: onDisconnect. The entry is removed and read at once.
    = TUTORIAL 阶段 5 步骤 3：onDisconnect。删除条目的同时读出它。
    When is a name free again?
    = 昵称什么时候又可以使用？
    What does onDisconnect remove, and under which key was it entered?
    = onDisconnect 删除了什么？登记时用的是哪个键？
    Who renames leaves one name and comes under another. What do the others hear?
    = 改名就是以一个昵称离开、以另一个昵称到来。其他人会收到什么？
    TUTORIAL, stage 5, step 6: updateValue returns what was there before.
    = TUTORIAL 阶段 5 步骤 6：updateValue 返回原来的值。
    Is one's own name taken? Is it news when it stays the same?
    = 自己的昵称算被占用吗？昵称没有变，需要通知吗？
    Compare the owner's id with socket.id, and the old name with the new one.
    = 把使用者的 id 与 socket.id 比较，把旧昵称与新昵称比较。
    é can be one scalar or two. Which of them do you store?
    = é 可以是一个标量，也可以是两个。你保存的是哪一种？
    TUTORIAL, stage 5, step 4: the canonical, precomposed form (NFC).
    = TUTORIAL 阶段 5 步骤 4：规范的预组合形式（NFC）。
    A name with a line break, or one that turns the line around: how does it look?
    = 昵称里有换行符，或者有改变书写方向的字符：显示出来是什么样子？
    TUTORIAL, stage 5, step 5. The order is empty, invalid, too long, taken.
    = TUTORIAL 阶段 5 步骤 5。顺序是 empty、invalid、too long、taken。
    if name.replacing(emoji, with: "").contains(forbidden) { … } // scalars
    = if name.replacing(emoji, with: "").contains(forbidden) { … }      // 标量
    What is a good text? Short enough, and not blank.
    = 什么是合法的文本？足够短，并且不是空白。
    TUTORIAL, stage 5, step 4: trim, then problem(_:atMost:bytes:), then send.
    = TUTORIAL 阶段 5 步骤 4：先去掉空白，再用 problem(_:atMost:bytes:) 检查，然后发送。
    Whose word do you take for the sender's name?
    = 发送者的昵称，你听谁的？
    from comes from your table, by socket.id, and never out of the packet.
    = from 来自你的表，按 socket.id 查找，绝不取自数据包。
    Two ask in the same moment. What may happen between your test and your entry?
    = 两个人在同一时刻提出请求。检查和登记之间可能发生什么？
    TUTORIAL, stage 5, the box on await. Is there one between the two?
    = TUTORIAL 阶段 5，关于 await 的说明框。两者之间有 await 吗？
    test, then enter, with no await in between
    = 先检查，再登记，中间没有 await
    With (input: String) the engine keeps everything else away from the handler.
    = 写成 (input: String)，引擎就不会让别的类型到达处理函数。
    A client comes back. Is it the same socket?
    = 客户端又回来了。还是同一个 socket 吗？
    Each connection has a socket with an id of its own. The page asks again.
    = 每个连接都有自己的 socket 和自己的 id。页面会重新设置昵称。
    nicknames[socket.id] // nil for a new socket
    = nicknames[socket.id]      // 新的 socket 得到 nil
    How many bytes can 20 characters have? Who waits while you look at all of them?
    = 20 个字符可能有多少字节？你逐个检查时，谁在等待？
    TUTORIAL, stage 5, step 4: the length in bytes, of the input, before all else.
    = TUTORIAL 阶段 5 步骤 4：最先检查输入的字节数。
    Ａｄａ comes after Ada, in letters as wide as a Chinese one. Is it somebody else?
    = Ada 之后来了 Ａｄａ，字母和汉字一样宽。是另一个人吗？
    TUTORIAL, stage 5, step 4: the key is in the compatibility form (NFKC).
    = TUTORIAL 阶段 5 步骤 4：键使用兼容形式（NFKC）。
    Ada, and Ada with a character in it that takes no room: who can tell them apart?
    = Ada，以及含有一个不占宽度的字符的 Ada：谁能分清？
    TUTORIAL, stage 5, step 5: whole classes of characters, and what emoji need.
    = TUTORIAL 阶段 5 步骤 5：整类整类的字符，以及 emoji 需要的字符。
    Who has to know that somebody types? Which two things do they have to know?
    = 谁需要知道有人正在输入？需要知道哪两件事？
    TUTORIAL, stage 6, step 1: {nickname, isTyping}, to the others.
    = TUTORIAL 阶段 6 步骤 1：{nickname, isTyping}，发给其他人。
    Ten keystrokes are ten events. How many of them change anything?
    = 按十次键就是十个事件。其中有几个带来了变化？
    TUTORIAL, stage 6, step 2: what was known before decides.
    = TUTORIAL 阶段 6 步骤 2：由之前的状态决定。
    The message is there. Is its author still typing?
    = 消息已经到了。作者还在输入吗？
    TUTORIAL, stage 6, step 3: end typing in the message's handler, before it is sent.
    = TUTORIAL 阶段 6 步骤 3：在消息的处理函数里，发送之前结束输入状态。
    Somebody closes the tab in the middle of a word. Who ends the typing?
    = 有人一个词还没打完就关闭了标签页。谁来结束输入状态？
    TUTORIAL, stage 6, step 3: onDisconnect, before the name is removed.
    = TUTORIAL 阶段 6 步骤 3：onDisconnect，在删除昵称之前。
    A visitor stops in the middle of a word and sends nothing more. When does typing end?
    = 访客一个词还没打完就停下，不再发送任何内容。输入状态什么时候结束？
    TUTORIAL, stage 6, step 4: a Task that sleeps, cancelled by each new sign.
    = TUTORIAL 阶段 6 步骤 4：一个睡眠的 Task，每个新信号都会取消它。
    A visitor without a name types. Which name could be announced?
    = 没有昵称的访客在输入。可以用哪个名字来通知？
    The first line of setTyping.
    = setTyping 的第一行。
    Ada types and becomes Grace. Who stops typing?
    = Ada 正在输入，又改名为 Grace。谁停止了输入？
    The order in "set nickname": stop under the old name, then rename.
    = "set nickname" 里的顺序：先以旧昵称结束输入，再改名。
    The message was refused, its author goes on writing. What do the others see?
    = 消息被拒绝，作者还在继续写。其他人会看到什么？
    End typing only when the text has been found good.
    = 确认文本合法之后，才结束输入状态。
    With (isTyping: Bool) the engine keeps everything else away.
    = 写成 (isTyping: Bool)，引擎就会挡住其他类型。
    """#
