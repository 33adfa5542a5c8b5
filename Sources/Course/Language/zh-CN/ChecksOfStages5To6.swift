// Titles of checks, what they expect, and their usual causes, of stages 5 to 6, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseChecksOfStages5To6 = #"""
    a nickname is accepted, and the acknowledgement has it
    = 昵称被接受，确认里带有这个昵称
    the handler returns nothing, or another shape
    = 处理函数没有返回值，或者返回的形式不对
    blanks around a nickname are cut
    = 去掉昵称两端的空白
    the name is not trimmed
    = 没有去掉昵称两端的空白
    an empty nickname is refused as "empty"
    = 空昵称被拒绝，错误为 "empty"
    the name is not tested, or before it is trimmed
    = 没有检查昵称，或者在去掉空白之前就检查了
    20 characters are a nickname, 21 are "too long", as a person counts them
    = 20 个字符是合法昵称，21 个就是 "too long"；字符按人的习惯来数
    nothing is counted, or bytes or code units are
    = 没有数长度，或者数的是字节、编码单元
    a nickname that somebody has is "taken", in any case
    = 别人正在使用的昵称是 "taken"，不区分大小写
    names are compared as they were typed
    = 直接比较用户输入的昵称
    a new nickname is announced to the others
    = 新昵称会通知其他人
    it is not sent, or by emit in place of broadcast, or without an object
    = 没有发送，或者用了 emit 而不是 broadcast，或者没有放进对象
    a message goes to the others with the sender's name, and is acknowledged
    = 消息带着发送者的昵称发给其他人，并得到确认
    the sender gets it too, or the object has other keys
    = 发送者自己也收到了，或者对象的键不对
    without a nickname there is no message
    = 没有昵称就不能发消息
    the name is not looked for first
    = 没有先查昵称
    a departure is announced by name, and of a client without a name not at all
    = 离开的通知写明昵称；没有昵称的客户端离开时不通知
    the name is gone before it is announced, or nil is announced
    = 通知之前昵称已经删掉了，或者通知的是 nil
    a nickname is free again when its owner has left
    = 使用者离开之后，昵称又可以使用
    names are not cleaned up
    = 没有清理昵称
    renaming frees the old name and announces both
    = 改名会释放旧昵称，新旧两个昵称都要通知
    the old name stays taken, or its leaving is not announced
    = 旧昵称仍被占用，或者没有通知它已离开
    the same name again is fine, and no news; another spelling is a rename
    = 再次设置相同的昵称可以，不通知；换一种写法就是改名
    one's own name counts as taken, or is announced again
    = 把自己的昵称也当成被占用，或者又通知了一次
    é is é, however it is written
    = é 就是 é，不管用哪种编码写法
    names are not normalised (NFC)
    = 昵称没有规范化（NFC）
    one character, U+00E9
    = 一个字符，U+00E9
    control characters and turned writing are "invalid", a joiner in an emoji is not
    = 控制字符和改变书写方向的字符是 "invalid"，emoji 里的连接符不是
    all characters are let through, or the tests stand in another order
    = 什么字符都放行，或者检查的顺序不对
    invalid and too long
    = 既是 invalid 又是 too long
    a text is trimmed; an empty one is "empty", over 2,000 characters is "too long"
    = 去掉文本两端的空白；空文本是 "empty"，超过 2,000 个字符是 "too long"
    the text is not trimmed, or its limit is not kept
    = 没有去掉文本两端的空白，或者没有遵守长度限制
    nobody speaks in another's name
    = 谁也不能冒用别人的昵称发言
    the name is taken from the message
    = 昵称取自客户端发来的消息
    no message in the name of {1}
    = 没有以 {1} 的名义发出的消息
    of two who ask for a name at once, one gets it
    = 两个人同时要同一个昵称，只有一个得到
    there is an await between the test and the entry
    = 检查和登记之间有 await
    one yes and one "taken" for {1}
    = {1}：一个成功，一个 "taken"
    arguments of another type have no effect and no answer
    = 参数类型不对时没有效果，也没有确认
    no acknowledgement
    = 没有确认
    after a reconnect a client has no name until it asks
    = 重新连接之后，客户端在设置昵称之前没有昵称
    names are kept for somebody who is gone
    = 为已经离开的人保留了昵称
    a name of more than 1,000 bytes is "too long", whatever is in it
    = 超过 1,000 字节的昵称一律是 "too long"，不管内容是什么
    characters are counted, bytes are not, or too late: to look at them costs
    = 只数了字符，没有数字节，或者数得太晚：逐个检查的代价很大
    20 characters of 1,620 bytes
    = 20 个字符，共 1,620 字节
    invalid and 1,004 bytes
    = 既是 invalid，又有 1,004 字节
    Ａｄａ is Ada: letters of another width are the same letters
    = Ａｄａ 就是 Ada：全角字母和半角字母是同一个字母
    keys are not in the compatibility form (NFKC)
    = 用来比较的键没有转换成兼容形式（NFKC）
    what cannot be seen is "invalid", and so is an arrow; the parts of an emoji are not
    = 看不见的字符是 "invalid"，箭头也是；组成 emoji 的部分不是
    control characters are refused only, or joiners are fine anywhere
    = 只拒绝控制字符，或者在任何地方都允许连接符
    the others hear who begins to type, and who stops
    = 其他人会知道谁开始输入、谁停止输入
    the event is not sent, has other keys, or goes to the sender
    = 没有发送事件，或者键不对，或者发给了发送者自己
    only changes are sent
    = 只在状态变化时发送
    each keystroke is passed on
    = 每次按键都转发了
    typing ends with the message, and before it
    = 消息发出时输入状态结束，而且先于消息
    the message goes out first, or typing stays
    = 消息先发了出去，或者输入状态没有结束
    typing false before the message
    = 消息之前的 typing false
    typing ends when the typist leaves
    = 正在输入的人离开时，输入状态结束
    nothing is done in onDisconnect, or after the name is removed
    = onDisconnect 里没有处理，或者在删除昵称之后才处理
    typing ends three seconds after the last sign of it
    = 最后一次输入信号过去三秒后，输入状态结束
    there is no timer, or a refresh does not move it
    = 没有定时器，或者新的信号没有推迟它
    the end of typing three seconds after the last sign
    = 最后一次输入信号过去三秒后，输入状态结束
    {1} s after it
    = 在 {1} 秒之后
    it, before the second sign was sent
    = 在第二个输入信号发出之前就结束了
    a client without a name types in silence
    = 没有昵称的客户端输入时不通知别人
    nil is announced
    = 通知的是 nil
    a rename ends typing under the old name
    = 改名会结束旧昵称的输入状态
    the old name types for ever
    = 旧昵称的输入状态一直没有结束
    a message that is refused does not end typing
    = 被拒绝的消息不会结束输入状态
    typing is ended before the text is looked at
    = 还没检查文本就结束了输入状态
    what is neither true nor false has no effect
    = 参数既不是 true 也不是 false 时没有效果
    """#
