// Parts of causes that are put together from several sentences.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseShared = #"""
    it is refused, and the error is spelt in another way: "{1}" is expected, "{2}" came
    = 它被拒绝了，但错误的写法不同：应该是 "{1}"，收到的是 "{2}"
    "{1}" is answered where "{2}" is right: {3}
    = 应当返回 "{2}"，却返回了 "{1}"：{3}
    twice
    = 两次
    {1} times
    = {1} 次
    "{1}" comes {2}: two lines send it, or its handler is set again and again
    = "{1}" 收到了{2}：有两行代码在发送它，或者一再设置了它的处理函数
    after it has sent "{1}"
    = 在它发送 "{1}" 之后
    as soon as it connects
    = 它刚连接就断开
    others
    = 别的事件
    the handler of "{1}" asks for something else than what is sent: {2}
    = "{1}" 的处理函数要求的类型与发送的不同：{2}
    """#
