// Help in three steps, of stage 9, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseHintsOfStage9 = #"""
    Where does a token come from, and where does it go to?
    = 令牌从哪里来，又到哪里去？
    TUTORIAL-2, stage 9, steps 3 and 5: a route makes it, io.use reads it.
    = TUTORIAL-2 阶段 9 步骤 3、5：路由生成它，io.use 读取它。
    In which two places of a handshake can a page put something?
    = 在握手的哪两个地方，页面可以放东西？
    TUTORIAL-2, stage 9, steps 5 and 6: handshake.auth, handshake.query, the list.
    = TUTORIAL-2 阶段 9 步骤 5、6：handshake.auth、handshake.query、列表。
    Who throws the error, before any handler runs?
    = 在处理函数运行之前，谁来抛出错误？
    TUTORIAL-2, stage 9, step 5: a middleware that throws keeps the socket out.
    = TUTORIAL-2 阶段 9 步骤 5：中间件抛出错误，socket 就进不来。
    What may the page do when a token has only ended?
    = 令牌只是过期时，页面可以做什么？
    TUTORIAL-2, stage 9, step 5: TokenProblem.expired is one of two cases.
    = TUTORIAL-2 阶段 9 步骤 5：TokenProblem.expired 是两种情况之一。
    Who has written the header of a token that comes in?
    = 收到的令牌，它的首部是谁写的？
    TUTORIAL-2, stage 9, step 2: verify looks at the algorithm, exp and nbf.
    = TUTORIAL-2 阶段 9 步骤 2：verify 会检查算法、exp 和 nbf。
    A token ends at four. Its user has come at three. Who looks at four?
    = 令牌四点过期，用户三点就来了。四点时谁来检查？
    TUTORIAL-2, stage 9, step 8: a Task that sleeps until exp.
    = TUTORIAL-2 阶段 9 步骤 8：一个睡到 exp 的 Task。
    What does your answer tell somebody who tries names?
    = 你的应答会向试探用户名的人透露什么？
    TUTORIAL-2, stage 9, step 4: one guard, and one answer for both.
    = TUTORIAL-2 阶段 9 步骤 4：一个 guard，两种情况应答相同。
    How many passwords can a program try in a second?
    = 程序一秒钟可以尝试多少个密码？
    TUTORIAL-2, stage 9, step 4: count before you look, and by name.
    = TUTORIAL-2 阶段 9 步骤 4：先计数，再检查，并且按用户名计数。
    What does a thief find who takes the file?
    = 偷走文件的人能看到什么？
    TUTORIAL-2, stage 9, steps 2 and 3: salt, rounds and digest.
    = TUTORIAL-2 阶段 9 步骤 2、3：盐、轮数和摘要。
    What can happen while your handler awaits?
    = 处理函数 await 的时候可能发生什么？
    TUTORIAL-2, stage 9, step 3: on which side of the await is the test?
    = TUTORIAL-2 阶段 9 步骤 3：检查在 await 的前面还是后面？
    Ada has two tabs. How many of her are in the list?
    = Ada 开着两个标签页。列表里有几个 Ada？
    TUTORIAL-2, stage 9, step 6: a set of sockets for each user.
    = TUTORIAL-2 阶段 9 步骤 6：每个用户一个 socket 集合。
    Who knows best who has sent a message?
    = 谁最清楚消息是谁发的？
    TUTORIAL-2, stage 9, step 6: the socket has its claims.
    = TUTORIAL-2 阶段 9 步骤 6：socket 带着它的声明。
    To how many sockets does a message to one user go?
    = 发给一个用户的消息，要发给多少个 socket？
    TUTORIAL-2, stage 9, step 7: each socket's id is a room; to takes several.
    = TUTORIAL-2 阶段 9 步骤 7：每个 socket 的 id 都是一个房间；to 可以接受多个。
    Which of your tables does a refused socket get into?
    = 被拒绝的 socket 会进入你的哪张表？
    TUTORIAL-2, stage 9, step 6: onConnection runs for those who are in.
    = TUTORIAL-2 阶段 9 步骤 6：onConnection 只为进来的 socket 运行。
    sockets[…].insert(…) in io.onConnection, and not in io.use
    = sockets[…].insert(…) 写在 io.onConnection 里，而不是 io.use 里
    Which table does the route read? Which one do connections write?
    = 路由读的是哪张表？连接写的是哪张表？
    TUTORIAL-2, stage 9, step 7: a guard, and its else says "offline".
    = TUTORIAL-2 阶段 9 步骤 7：一个 guard，它的 else 应答 "offline"。
    """#
