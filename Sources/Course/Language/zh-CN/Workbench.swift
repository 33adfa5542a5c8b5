// The workbench: how build, program and checks are, and why a wish was refused.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseWorkbench = #"""
    "action" is kill, start or restart, not "{1}"
    = "action" 是 kill、start 或 restart，不是 "{1}"
    "against" is chapter or finished, not "{1}"
    = "against" 是 chapter 或 finished，不是 "{1}"
    "stage" is missing
    = 缺少 "stage"
    "what" is wire or output, not "{1}"
    = "what" 是 wire 或 output，不是 "{1}"
    "{1}" can't be opened or closed: that is for visitor C
    = "{1}" 不能打开或关闭：只有访客 C 可以
    "{1}" is no option
    = "{1}" 不是选项
    {1} needs {2}
    = {1} 需要{2}
    a command
    = 一条命令
    a folder
    = 一个文件夹
    --export goes with no other option
    = --export 不能与其他选项一起用
    --port needs a number from 0 to 65535, not "{1}"
    = --port 需要 0 到 65535 之间的数字，不是 "{1}"
    Control-C ends it, and all that it has started.
    = 按 Control-C 结束它和它启动的一切。
    Steps/MyChat was not found: run the command in the package's folder
    = 没有找到 Steps/MyChat：请在包的文件夹里运行这个命令
    TUTORIAL.md was not found: run the command in the package's folder
    = 没有找到 TUTORIAL.md：请在包的文件夹里运行这个命令
    a delay is 0 to 60000 milliseconds, a reading rate is more than 0
    = 延迟是 0 到 60000 毫秒，读取速率要大于 0
    started
    = 已启动
    stopped
    = 已停止
    ended, with status {1}
    = 已结束，退出状态为 {1}
    it could not be started: {1}
    = 它不能启动：{1}
    it has come to its end and listens nowhere: is `app.run()` its last line?
    = 它运行到了末尾，没有监听任何端口：`app.run()` 是最后一行吗？
    it has ended by itself, with status {1}
    = 它自己结束了，退出状态为 {1}
    it runs, and listens nowhere: it waits for something, or has a loop without an end, before
      `app.run()`
    = 它在运行，但没有监听任何端口：在 `app.run()` 之前，它在等待什么，或者有死循环
    it runs, and nothing answers at port {1}: is {port} in the command?
    = 它在运行，但端口 {1} 上没有应答：命令里有 {port} 吗？
    looks how far the program is
    = 正在判断程序做到了哪里
    not run yet
    = 还没有运行
    port {1} is taken: another program listens there, perhaps another workbench. End it, choose
      another port with --port N, or leave --port out.
    = 端口 {1} 已被占用：有另一个程序在监听，也许是另一个工作台。请结束它，或用 --port N 选择别的端口，或不写 --port。
    stages are 1 to {1}, not {2}
    = 阶段是 1 到 {1}，没有 {2}
    stage {1}
    = 阶段 {1}
    that is all of it: a whole chat
    = 全部完成：一个完整的聊天程序
    that is for MyChat, and here another server is under test
    = 这只用于 MyChat，而这里测试的是另一个服务器
    the course is at {1}
    = 课程在 {1}
    the port is taken: it has to listen where `--port` tells it to
    = 端口已被占用：它应该监听 `--port` 指定的端口
    the port is taken: it has to listen where {port} tells it to
    = 端口已被占用：它应该监听 {port} 指定的端口
    there is no check "{1}"
    = 没有检查项 "{1}"
    there is no program to grade: it does not compile yet
    = 没有可以评分的程序：它还不能编译
    there is no program to start: it does not compile yet
    = 没有可以启动的程序：它还不能编译
    there is no visitor "{1}"; there are {2}
    = 没有访客 "{1}"；现有的是 {2}
    waits for a program that can be built
    = 正在等待可以构建的程序
    waits for a program that compiles
    = 正在等待可以编译的程序
    waits for the build
    = 正在等待构建
    your server
    = 你的服务器
    {1} has not been run
    = {1} 还没有运行
    {1} left out: it prints more than can be shown
    = 省略了 {1}：它打印的内容太多，不能全部显示
    {1} lines
    = {1} 行
    {1} lines and {2}
    = {1} 行和 {2}
    {1} steps of the wire left out
    = 省略了线路上的 {1} 步
    """#
