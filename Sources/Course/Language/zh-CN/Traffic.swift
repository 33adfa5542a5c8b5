// What the tap tells of connections, frames and packets, and what their parts are called. Names of
// packets that the specifications write so (open, ping, connect) stay as they are.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseTraffic = #"""
    {1} connects
    = {1} 建立连接
    the server does not answer
    = 服务器没有应答
    sends no more (FIN)
    = 不再发送（FIN）
    breaks the connection off (RST)
    = 中断连接（RST）
    the connection is cut
    = 连接被切断
    WebSockets are blocked: answered with 403
    = 已屏蔽 WebSocket：返回 403
    WebSockets are blocked: the connection is cut
    = 已屏蔽 WebSocket：连接被切断
    can't be decoded; what follows is relayed, and not shown
    = 无法解码；后面的内容照常转发，但不显示
    a response came without a request
    = 没有请求，却来了一个响应
    the end came in the middle of a message
    = 一条消息还没有传完，连接就结束了
    (compressed)
    = （已压缩）
    malformed
    = 格式错误
    {1} bytes
    = {1} 字节
    {1}, {2} bytes
    = {1}，{2} 字节
    {1}, {2} bytes, compressed
    = {1}，{2} 字节，已压缩
    in chunks, together {1} bytes
    = 分块传输，共 {1} 字节
    fragment, {1}, {2} bytes
    = 分片，{1}，{2} 字节
    last frame, {1}
    = 最后一帧，{1}
    more to come, {1}
    = 后面还有，{1}
    {1}, reserved bits
    = {1}，使用了保留位
    masked, {1} bytes
    = 有掩码，{1} 字节
    not masked, {1} bytes
    = 无掩码，{1} 字节
    binary, {1} bytes
    = 二进制，{1} 字节
    attachment {1} of {2}, {3} bytes, of {4}
    = 附件 {1}/{2}，{3} 字节，属于 {4}
    event
    = 事件
    acknowledgement
    = 确认
    connect error
    = connect 错误
    binary event
    = 二进制事件
    binary acknowledgement
    = 二进制确认
    HTTP request
    = HTTP 请求
    HTTP response
    = HTTP 响应
    request line
    = 请求行
    status line
    = 状态行
    body
    = 正文
    WebSocket frame
    = WebSocket 帧
    first byte
    = 首字节
    length
    = 长度
    masking key
    = 掩码密钥
    payload
    = 负载
    close code
    = 关闭码
    reason
    = 原因
    Engine.IO packet
    = Engine.IO 数据包
    Socket.IO packet
    = Socket.IO 数据包
    no Engine.IO packet
    = 不是 Engine.IO 数据包
    no Socket.IO packet
    = 不是 Socket.IO 数据包
    type
    = 类型
    data
    = 数据
    attachments
    = 附件数
    namespace
    = 命名空间
    acknowledgement id
    = 确认编号
    """#
