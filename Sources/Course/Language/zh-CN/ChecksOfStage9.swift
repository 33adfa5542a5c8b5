// Titles of checks, what they expect, and their usual causes, of stage 9, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseChecksOfStage9 = #"""
    the list holds something that is no user: a socket without one?
    = 列表里有的内容不是用户：是没有用户的 socket 吗？
    who registers or signs in gets a token, and comes in with it
    = 注册或登录之后得到令牌，并能用它连接
    POST /register and POST /login answer with a token, and io.use reads it
    = POST /register 和 POST /login 返回令牌，io.use 读取它
    40{"sid":…} with this token
    = 用这个令牌得到 40{"sid":…}
    the token is read from auth, and from the address
    = 从 auth 和地址里都能读取令牌
    handshake.auth["token"], or else handshake.query["token"]
    = 先看 handshake.auth["token"]，没有再看 handshake.query["token"]
    the address
    = 地址
    40{"sid":…} for a right token in {1}
    = {1} 里的令牌正确时，得到 40{"sid":…}
    without a token that the server has made, no client comes in
    = 没有服务器签发的令牌，客户端就不能连接
    io.use has to throw ConnectError("token invalid")
    = io.use 应该抛出 ConnectError("token invalid")
    no token
    = 没有令牌
    another secret
    = 另一个密钥
    a token that was cut
    = 被截短的令牌
    a token that has ended is refused as "token expired"
    = 过期的令牌被拒绝，错误为 "token expired"
    verify throws TokenProblem.expired: the page has to know that it may ask again
    = verify 会抛出 TokenProblem.expired：页面需要知道它可以重新登录
    it ended a second ago
    = 一秒前已过期
    a token that is forged, incomplete or not valid yet is refused
    = 伪造的、不完整的和尚未生效的令牌都被拒绝
    the algorithm in a token is the sender's: only HS256 counts
    = 令牌里写的算法由发送者决定：只认 HS256
    the algorithm none
    = 算法 none
    the algorithm HS512
    = 算法 HS512
    nbf in ten minutes
    = nbf 在十分钟之后
    no exp
    = 没有 exp
    nine hundred thousand bytes
    = 九十万字节
    the list names each user once, also with two tabs, until the last closes
    = 列表里每个用户只出现一次，开两个标签页也一样，直到最后一个关闭
    the table has a set of sockets for each user
    = 表里为每个用户保存一个 socket 集合
    a list with {1}, since a tab is open
    = 列表里应该有 {1}，因为还有一个标签页开着
    a message goes to everyone, its sender too, under the token's name
    = 消息以令牌里的名字发给所有人，包括发送者
    io.emit(2, …) with the user of the socket
    = 用 socket 所属的用户 io.emit(2, …)
    a message to one user reaches all tabs of that user, and no one else
    = 发给某个用户的消息到达他的所有标签页，别人收不到
    look the name up in the table, and send to each of its sockets
    = 在表里查找这个名字，发给它的每个 socket
    who was refused leaves no trace: not in the list, not in what is sent
    = 被拒绝的人不留痕迹：不在列表里，也不在发送的内容里
    a socket that io.use refuses must not be in any table
    = 被 io.use 拒绝的 socket 不能出现在任何表里
    to who was refused
    = 发给被拒绝的人
    POST /push with a token reaches a user, and says who is not there
    = 带令牌的 POST /push 能到达用户，用户不在时也会说明
    the route looks in the same table that the connections write
    = 路由要查连接写入的那张表
    to a stranger
    = 发给陌生人
    without a token
    = 没有令牌
    with a token that was cut
    = 令牌被截短
    a token that ends while its user is here ends the connection, with a 0
    = 用户在线期间令牌过期，服务器发送 0 并断开连接
    a task that sleeps until exp, then emits 0 and disconnects
    = 用一个任务睡到 exp，然后发送 0 并断开连接
    the end of the connection, or 41
    = 连接关闭，或收到 41
    a wrong password and an unknown name are answered alike
    = 密码错误和用户名不存在，得到的应答一样
    401 and "wrong" for both: else it tells which names exist
    = 两种情况都返回 401 和 "wrong"：否则会泄露哪些名字存在
    a wrong password
    = 错误的密码
    an unknown name
    = 不存在的用户名
    after five wrong passwords a name has to wait, also with the right one
    = 同一个用户名输错五次密码之后必须等待，密码正确也要等
    count the tries by name before the password is looked at
    = 在检查密码之前，按用户名计算尝试次数
    a sixth try
    = 第六次尝试
    another name
    = 另一个用户名
    a user is known after a restart, and no password is stored or printed
    = 重启之后用户仍然存在；密码既不保存也不打印
    store what StoredPassword made of the password, and nothing else
    = 只保存 StoredPassword 由密码生成的内容，别的都不保存
    the user in a file in DATA_DIR
    = DATA_DIR 的某个文件里有这个用户
    no such file
    = 没有这样的文件
    the password
    = 密码
    the token
    = 令牌
    {1} in no file
    = {1} 不在任何文件里
    {1} not printed
    = {1} 没有被打印
    of two who register a name at the same moment one gets it
    = 两个人同时注册同一个名字，只有一个成功
    behind an await, look again whether the name is free
    = await 之后要再检查一次名字是否空闲
    201 for one, 409 for the other
    = 一个得到 201，另一个得到 409
    """#
