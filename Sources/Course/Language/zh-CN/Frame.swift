// The frame of a report: labels, sums, what comes next, and what a program under test does.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseFrame = #"""
    expected
    = 期望
    arrived
    = 收到
    server
    = 服务器
    likely
    = 可能原因
    read
    = 阅读
    hint
    = 提示
    again
    = 重试
    ok
    = 通过
    skipped
    = 跳过
    FAILED
    = 失败
    passed
    = 通过
    failed
    = 失败
    omitted
    = 未评
    core
    = 核心
    edge
    = 边界
    wire
    = 线路
    (until stage {1}, then {2})
    = （到阶段 {1} 为止，之后是 {2}）
    <-- here
    = <-- 这里
    (of an earlier check: not looked at)
    = （属于前面的检查项：不看）
    connects
    = 连接
    connects with {1}
    = 连接，带着 {1}
    vanishes
    = 突然消失
    closes
    = 关闭
    … ({1} characters)
    = …（共 {1} 个字符）
    a frame {1}
    = 一个帧 {1}
    kills the program, and starts it again
    = 强制结束程序，再重新启动它
    starts redis-server, and two servers with REDIS_URL in their environment
    = 启动 redis-server，以及环境变量中有 REDIS_URL 的两台服务器
    Question
    = 问题
    Where
    = 看哪里
    Shape
    = 代码的样子
    Stage {1}: {2} of {3} checks
    = 阶段 {1}：{3} 个检查项通过 {2} 个
    {1}, {2} of {3} bonus points
    = {1}，附加分 {2}/{3}
    {1}, {2} of {3} points
    = {1}，分数 {2}/{3}
    Stage {1}, seed {2}
    = 阶段 {1}，种子 {2}
    {1} checks {2}
    = {1} 个检查项{2}
    {1} checks of earlier stages are replaced by later ones (--list shows them)
    = 前面阶段的 {1} 个检查项已被后面的代替（用 --list 查看）
    Your page never mentions {1}, and the stage needs it. Look at it in the browser.
    = 你的页面里没有出现 {1}，而这个阶段需要它。请在浏览器里查看。
    next: {1}, {2}
    = 下一步：{1}，{2}
    {1} {2}, {3}
    = {1}\n      {2}，{3}
    That is all of it: a whole chat. TUTORIAL.md#what-comes-next
    = 全部完成：一个完整的聊天程序。TUTORIAL.zh-CN.md#what-comes-next
    That is all of it, and more.
    = 全部完成，附加阶段也完成了。
    next: stage {1}, TUTORIAL-2.md#stage-{2}, {3}
    = 下一步：阶段 {1}，TUTORIAL-2.zh-CN.md#stage-{2}，{3}
    next: stage {1}, TUTORIAL.md#stage-{2} (already started it? {3})
    = 下一步：阶段 {1}，TUTORIAL.zh-CN.md#stage-{2}（已经开始了？{3}）
    But it crashes when stage {1} is tried: {2}
    = 但是在尝试阶段 {1} 时它崩溃了：{2}
    Waiting for a change. Control-C ends.
    = 等待文件变化。按 Control-C 结束。
    More: {1}
    = 更多提示：{1}
    You have begun with stage {1}, or asked for it.
    = 你已经开始阶段 {1}，或者要求过它。
    It was at stage {1} before, so stage {2} is checked.
    = 它以前做到了阶段 {1}，所以按阶段 {2}检查。
    You asked for stage {1}, so it is checked.
    = 你要求了阶段 {1}，所以按这个阶段检查。
    Your program answers a part of stage {1}, so it is checked.
    = 你的程序已经能回应阶段 {1}的一部分，所以按这个阶段检查。
    Steps/MyChat and Public/mychat are now at the beginning of stage {1}.
    = Steps/MyChat 和 Public/mychat 现在是阶段 {1} 开始时的样子。
    What was there is in {1}.
    = 原来的内容保存在 {1}。
    Look for "TODO stage {1}", and read {2}.
    = 请查找 "TODO stage {1}"，并阅读 {2}。
    expected {1}; arrived {2}
    = 期望：{1}；收到：{2}
    {1}: {2}; likely: {3}
    = {1}：{2}；可能的原因：{3}
    {1}: {2}
    = {1}：{2}
    {1}; {2}
    = {1}；{2}
    {1} ({2})
    = {1}（{2}）
    {1} for {2}
    = {2} 收到 {1}
    {1} for "{2}"
    = "{2}" 得到 {1}
    {1} and {2}
    = {1} 和 {2}
    {1}: status {2}
    = {1}：状态码 {2}
    status {1}
    = 状态码 {1}
    {1}: 44{"message":"{2}"}
    = {1}：44{"message":"{2}"}
    nothing
    = 什么也没有
    there
    = 有
    printed
    = 打印了
    one
    = 有一行
    none
    = 没有
    neither
    = 两者都没有
    a word
    = 一个单词
    a number
    = 一个数字
    auth
    = auth
    1,001 blanks
    = 1,001 个空格
    810 bytes
    = 810 字节
    a list
    = 列表
    {1}, once
    = {1}，只有一次
    {1} lines: {2}…
    = {1} 行：{2}……
    404 for {1}
    = {1} 返回 404
    """#
