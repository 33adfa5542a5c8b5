// Advice for messages of the compiler, and what builds and files of MyChat are told of.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseAdvice = #"""
    `socket` is known inside of `io.onConnection { socket in … }` only: is this line outside, or
      a closing brace too many above it?
    = `socket` 只在 `io.onConnection { socket in … }` 里面有效：这一行是不是在外面，或者上面多了一个右花括号？
    Is there a `return` in front of it?
    = 它前面有 `return` 吗？
    A dictionary here has values of one type. For several, emit a struct: `struct Message:
      Encodable { var from, text: String }`.
    = 这里的字典只能有一种类型的值。有多种类型时，请发送一个 struct：`struct Message: Encodable { var from, text: String }`。
    Values of several types need a struct: `struct User: Encodable { … }`.
    = 多种类型的值需要 struct：`struct User: Encodable { … }`。
    Say what the handler takes: `{ (text: String) in … }`.
    = 请写明处理函数接受什么：`{ (text: String) in … }`。
    `import Foundation`, under `import Engine`, brings it.
    = 在 `import Engine` 下面写 `import Foundation`，就有它了。
    The file is not in UTF-8: save it again, and choose UTF-8 as the encoding.
    = 文件不是 UTF-8 编码：请重新保存，编码选择 UTF-8。
    A character here has no place in Swift: type the line anew.
    = 这里有一个 Swift 不接受的字符：请重新输入这一行。
    {1} is a sign of another keyboard, and has to be {2}: switch to English letters and signs
      for code.
    = `{1}` 是中文输入法的全角符号，代码里要用半角的 `{2}`。写代码时请切换到英文输入法。
    A blank here is one of another keyboard, and twice as wide: type it anew.
    = 这里有一个全角空格：请用英文输入法重新输入这个空格。
    A closing brace is missing below the line that the note shows: compare with the text.
    = 缺少一个右花括号：它应当在 note 所指的那一行下面。请与教程的代码对照。
    There is a closing brace too many, here or above: compare with the text.
    = 多了一个右花括号，在这里或者上面。请与教程的代码对照。
    `try` is missing in front of it.
    = 它前面缺少 `try`。
    `import Engine` is the first line of the program.
    = `import Engine` 应该是程序的第一行。
    `{1}` comes with step {2} of stage {3} ({4}): was it skipped, or is the name spelt in
      another way there?
    = `{1}` 来自阶段 {3} 步骤 {2}（{4}）：是不是跳过了这一步，或者那里的名字写法不同？
    Was the package's folder moved or renamed, or Swift updated? `swift package clean`, then
      once more.
    = 是不是移动或重命名了包的文件夹，或者更新了 Swift？请运行 `swift package clean`，再试一次。
    this edition has no solutions, so it can only --start 1
    = 这个版本不含答案，所以只能 --start 1
    "{1}" keeps nothing; there are: {2}
    = "{1}" 里没有保存内容；现有的是：{2}
    {1} holds neither main.swift nor index.html
    = {1} 里既没有 main.swift 也没有 index.html
    does not compile: {1}
    = 不能编译：{1}
    Where is the package? Run this in the folder that has Package.swift.
    = 找不到包（package）。请在含有 Package.swift 的文件夹里运行这个命令。
    Steps/MyChat does not compile yet:
    = Steps/MyChat 还不能编译：
    {1} could not be built, and not for a reason in Steps/MyChat:
    = {1} 没有构建成功，原因不在 Steps/MyChat：
    """#
