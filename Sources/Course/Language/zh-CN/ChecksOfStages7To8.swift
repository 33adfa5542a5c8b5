// Titles of checks, what they expect, and their usual causes, of stages 7 to 8, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseChecksOfStages7To8 = #"""
    "online" came with {1}: it has to be a list of texts, `[String]`
    = "online" 带来的是 {1}：它应该是一个文本列表，即 `[String]`
    no list
    = 没有列表
    a newcomer gets the list of who is online
    = 新连接的客户端收到在线列表
    the list is sent on changes only
    = 只在变化时才发送列表
    a list with {1}
    = 含有 {1} 的列表
    everyone gets the list when somebody gets a name, also those without one
    = 有人取得昵称时，所有人都收到列表，包括没有昵称的人
    broadcast in place of emit
    = 用了 broadcast 而不是 emit
    a list with {1} and {2}
    = 含有 {1} 和 {2} 的列表
    a name whose owner leaves is no longer in the list
    = 使用者离开之后，昵称不再出现在列表里
    the list is sent before the name is removed
    = 在删除昵称之前就发送了列表
    a list with {1}, without {2}
    = 有 {1}、没有 {2} 的列表
    the list is sorted, without regard to case
    = 列表是排好序的，不区分大小写
    a dictionary has no order
    = 字典没有固定的顺序
    one change is one list
    = 一次变化只发一次列表
    the list is sent from two places
    = 有两处都在发送列表
    one list for one rename
    = 一次改名只发一次列表
    a name is in the list as it was typed, and once
    = 列表里的昵称保持输入时的写法，只出现一次
    keys are sent in place of names
    = 发送的是用来比较的键，而不是昵称
    a client without a name is in no list, and its departure is no change
    = 没有昵称的客户端不在列表里，它离开也不算变化
    null is in the list, or a list is sent though nothing has changed
    = 列表里有 null，或者没有变化也发送了列表
    names only
    = 只有昵称
    a private message reaches its addressee, and nobody else
    = 私信只到达收件人，别人收不到
    there is no handler, or it is broadcast, or sent back
    = 没有处理函数，或者广播了出去，或者发回给了发送者
    an addressee who is not there is "offline"
    = 收件人不在线时，错误为 "offline"
    the addressee is not looked for
    = 没有查找收件人
    after {1} has left
    = 在 {1} 离开之后
    a message to oneself is refused as "yourself"
    = 发给自己的消息被拒绝，错误为 "yourself"
    one's own name is not looked at
    = 没有检查收件人是不是自己
    without a nickname there is no private message
    = 没有昵称就不能发私信
    what is wrong is said in this order: no nickname, empty, too long, yourself, offline
    = 错误按这个顺序检查：no nickname、empty、too long、yourself、offline
    the tests stand in another order
    = 检查的顺序不对
    to another client
    = 发给另一个客户端
    the addressee is found in any case, and after a rename by the new name only
    = 查找收件人时不区分大小写；改名之后只能用新昵称找到
    names are compared as they were typed, or kept in two tables
    = 直接比较用户输入的昵称，或者昵称存在两张表里
    a private message does not end typing, and is not printed
    = 私信不会结束输入状态，也不打印
    it goes through the handler of public messages
    = 私信走的是公开消息的处理函数
    nothing printed
    = 什么也不打印
    a line with the text
    = 含有这条文本的一行
    nobody writes in another's name, and other shapes have no effect
    = 谁也不能冒用别人的昵称写私信；其他形式的参数没有效果
    the sender's name is taken from the message
    = 发送者的昵称取自客户端发来的消息
    somebody else
    = 别人
    """#
