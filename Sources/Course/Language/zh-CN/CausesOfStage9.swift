// Likely causes, of stage 9, in Chinese.
// Next: ../Translation.swift for how it is read.

let chineseCausesOfStage9 = #"""
    there is no route for POST {1}: `app.post("{2}") { request in … }`
    = 没有处理 POST {1} 的路由：`app.post("{2}") { request in … }`
    the route threw an error: the log says which
    = 路由抛出了错误：日志写明了是什么错误
    what is right is refused as invalid: look at the guard that reads the body
    = 正确的内容被拒绝为 invalid：请看读取正文的那个 guard
    the token that the route makes is refused: one secret and one struct of claims for `sign`
      and `verify`
    = 路由生成的令牌被拒绝：`sign` 和 `verify` 要用同一个密钥和同一个声明 struct
    a user with a token is not greeted: `socket.emit(2, …)` in onConnection
    = 带令牌的用户没有收到欢迎：onConnection 里写 `socket.emit(2, …)`
    the answer has other fields: it is {"ok": true, "username": …, "token": …}
    = 应答的字段不同：应该是 {"ok": true, "username": …, "token": …}
    the token in the address is not read: `?? socket.handshake.query["token"]`
    = 没有读取地址里的令牌：`?? socket.handshake.query["token"]`
    a right token in auth is refused: the secret is what TOKEN_SECRET in the environment says,
      the token is `handshake.auth["token"]?.string`
    = auth 里正确的令牌被拒绝：密钥是环境变量 TOKEN_SECRET 的值，令牌是 `handshake.auth["token"]?.string`
    who comes in with a token is not in the list under the token's name:
      `sockets[claims.username]`, and `io.emit(1, list())`
    = 用令牌连接的用户没有以令牌里的名字出现在列表里：`sockets[claims.username]`，以及 `io.emit(1, list())`
    who comes with {1} is let in: `io.use` has to throw a ConnectError
    = {1}的客户端也放行了：`io.use` 应该抛出 ConnectError
    it is refused in other words: the message is exactly "token invalid"
    = 拒绝时的文字不同：消息应该正好是 "token invalid"
    a token whose time is over is let in: give `verify` the time of now
    = 过期的令牌也放行了：请把当前时间传给 `verify`
    a token that has ended is called invalid: `error == .expired` is "token expired"
    = 过期的令牌被说成 invalid：`error == .expired` 时是 "token expired"
    a token with {1} is let in: only HS256, only with our signature, only in its time
    = {1}的令牌也放行了：只认 HS256，只认我们的签名，只在有效期内
    a token ends, and its user stays: a Task in onConnection that sleeps until `exp`
    = 令牌过期了，用户还在线：在 onConnection 里用一个睡到 `exp` 的 Task
    after the event 0 the connection stays: `socket.disconnect(close: true)`
    = 事件 0 之后连接没有断开：`socket.disconnect(close: true)`
    one user is in the list twice: name the users, and not their sockets
    = 同一个用户在列表里出现了两次：列出用户，而不是他们的 socket
    a user leaves the list with the first tab that closes: remove the socket from the set, and
      the user when the set is empty
    = 关闭第一个标签页，用户就从列表里消失了：从集合里删除这个 socket，集合空了再删除用户
    no client is told that the list has changed: `io.emit(1, list())` at connect and at
      disconnect
    = 没有通知客户端列表已变化：连接和断开连接时都要 `io.emit(1, list())`
    `user` is taken from what the client sends: it is the token's
    = `user` 取自客户端发来的内容：它应该来自令牌
    it does not reach its sender: `io.emit`, and not `socket.broadcast.emit`
    = 没有到达发送者：用 `io.emit`，而不是 `socket.broadcast.emit`
    a message without text is accepted
    = 接受了没有文本的消息
    one tab of the addressee gets it, and another does not: send to each socket in the set
    = 收件人的一个标签页收到了，另一个没有：要发给集合里的每个 socket
    it reaches no client: is the test in front of `emit` the other way round, or the table
      another one?
    = 没有到达任何客户端：`emit` 前面的条件是不是写反了，或者查的是另一张表？
    it comes back to its sender as well: only the addressee's sockets are meant
    = 它也发回给了发送者：只发给收件人的 socket
    others read it as well: `io.to(Array(sockets)).emit`, and not `io.emit`
    = 别人也收到了：用 `io.to(Array(sockets)).emit`，而不是 `io.emit`
    a user who is not there is written to: answer "offline"
    = 用户不在线，却发送了消息：应当返回 "offline"
    who was refused is in the list: the table is written before the token is looked at. Write it
      in onConnection
    = 被拒绝的人出现在列表里：检查令牌之前就写了表。请在 onConnection 里写
    a message to a user who was refused is accepted: the table knows them
    = 发给被拒绝用户的消息被接受了：表里有这个用户
    a user who is here counts as not there: is the test the other way round, or does the route
      read another table than the connections write?
    = 在线的用户被当成不在线：条件是不是写反了，或者路由查的表与连接写入的表不同？
    it is answered with ok, and reaches no client: `io.to(Array(ids)).emit("message", …)`
    = 应答了 ok，却没有到达任何客户端：`io.to(Array(ids)).emit("message", …)`
    anybody may push: without a right token the answer is 401
    = 任何人都能推送：没有正确的令牌时应当返回 401
    it reaches others as well
    = 它也到达了别人
    an unknown name is answered in another way than a wrong password: who asks learns which
      names exist
    = 用户名不存在和密码错误时的应答不同：别人可以由此知道哪些名字存在
    a wrong password is accepted: `guard isRight`
    = 接受了错误的密码：`guard isRight`
    a name or a password that breaks the rules is registered
    = 不合规则的用户名或密码也注册成功了
    there is no limit: a sixth try within a minute is 429
    = 没有次数限制：一分钟内的第六次尝试应当返回 429
    one name's tries count for all: count them by name
    = 一个用户名的尝试次数算到了所有人头上：请按用户名分别计算
    the users are gone after a restart: write users.json after each registration, and read it at
      the start
    = 重启之后用户都没有了：每次注册之后写入 users.json，启动时读取它
    the password itself is in a file: store what StoredPassword makes of it
    = 文件里有密码本身：应该保存 StoredPassword 由密码生成的内容
    a secret is printed: log what happened, and not with which words
    = 打印了机密内容：日志写发生了什么，不写具体内容
    both get the name: it is looked up before the await, and not behind it
    = 两个人都得到了这个名字：检查写在 await 之前，而不是之后
    """#
