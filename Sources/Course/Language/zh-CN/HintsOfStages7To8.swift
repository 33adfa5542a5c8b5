// Help in three steps, of stages 7 to 8, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseHintsOfStages7To8 = #"""
    Nothing changes when somebody without a name connects. How do they get the list?
    = 没有昵称的人连接时什么也没有变。他怎么得到列表？
    TUTORIAL, stage 7, step 2: the first line of onConnection, to this one alone.
    = TUTORIAL 阶段 7 步骤 2：onConnection 的第一行，只发给这一个客户端。
    Who shows the list? Also who has just been added to it?
    = 谁会显示列表？刚被加进去的人也会吗？
    TUTORIAL, stage 7, step 3: io is everyone, socket.broadcast is not.
    = TUTORIAL 阶段 7 步骤 3：io 是所有人，socket.broadcast 不是。
    At which moment is somebody off the list: before, or after you send it?
    = 某人是在你发送列表之前还是之后离开列表的？
    TUTORIAL, stage 7, step 3: onDisconnect: remove first, then send.
    = TUTORIAL 阶段 7 步骤 3：onDisconnect：先删除，再发送。
    In which order does a dictionary hand out its values? Twice the same?
    = 字典以什么顺序给出它的值？两次都相同吗？
    TUTORIAL, stage 7, step 1: sorted by key, so that capitals make no difference.
    = TUTORIAL 阶段 7 步骤 1：按键排序，这样大小写没有影响。
    One rename: how many lists go out?
    = 一次改名：发送了几个列表？
    Count the places that send it. Is one of them reached without a change?
    = 数一数有几处在发送。其中有没有在没有变化时也会执行到的？
    Do you list what people typed, or what you compare with?
    = 你列出的是用户输入的昵称，还是用来比较的键？
    Sort by key, send the values.
    = 按键排序，发送值。
    What is in the list for somebody without a name?
    = 没有昵称的人在列表里是什么？
    A table with names only has no entry for them. Is yours sent when they leave?
    = 只存昵称的表里没有他的条目。他离开时你的列表发送了吗？
    Each socket is in a room of its own. What is that room's name?
    = 每个 socket 都在一个自己的房间里。那个房间叫什么名字？
    TUTORIAL, stage 8, step 2: to(_:) with the addressee's id.
    = TUTORIAL 阶段 8 步骤 2：to(_:) 加上收件人的 id。
    A message to nobody: how does the sender learn of it?
    = 消息的收件人不存在：发送者怎么知道？
    TUTORIAL, stage 8, step 2: look for the owner of the name; nil is an answer too.
    = TUTORIAL 阶段 8 步骤 2：查找这个昵称的使用者；nil 也是一种结果。
    What happens to somebody who writes to themselves?
    = 给自己写私信的人会怎么样？
    TUTORIAL, stage 8, step 3: whose id is the addressee's?
    = TUTORIAL 阶段 8 步骤 3：收件人的 id 是谁的 id？
    Who is the sender, if nobody knows their name?
    = 没有昵称的人，能算是哪个发送者？
    The first line of the handler, as in "chat message".
    = 处理函数的第一行，与 "chat message" 一样。
    An empty text to somebody who is offline: which of the two do you say?
    = 空文本发给了不在线的人：两个错误里你应答哪一个？
    TUTORIAL, stage 8, edge cases: no nickname, empty, too long, yourself, offline.
    = TUTORIAL 阶段 8 的边界情况：no nickname、empty、too long、yourself、offline。
    Who gets a letter to the name that somebody had before?
    = 寄给某人旧昵称的私信，谁会收到？
    One table of names, searched by key. Is there a second one that is older?
    = 只有一张昵称表，按键查找。是不是还有第二张更旧的表？
    Does a private message go the way of a public one in your program?
    = 在你的程序里，私信走的是公开消息的路吗？
    It does not end typing, and its text is printed nowhere.
    = 它不结束输入状态，它的文本也不打印。
    no setTyping(…) and no print(…) in the handler of "private message"
    = "private message" 的处理函数里没有 setTyping(…)，也没有 print(…)
    Which fields does your Letter have? Which of them do you believe?
    = 你的 Letter 有哪些字段？你相信其中哪些？
    A struct with to and text; the sender comes from your table.
    = 一个含有 to 和 text 的 struct；发送者来自你的表。
    """#
