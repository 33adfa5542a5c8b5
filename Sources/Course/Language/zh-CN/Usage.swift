// The help of the two commands, in Chinese. Next: ../../grade/Options.swift,
// ../../course/CourseOptions.swift.

package let chineseGradeUsage = """
    swift run grade [阶段 | 阶段.检查项] [选项]

      （什么都不写）       判断 Steps/MyChat 做到了哪个阶段，并评分到那个阶段
      5，或 5.3            一个阶段和它之前的所有阶段，或者一个检查项
      --part 3             只看阶段 3 的要求，程序可以已经做到更后面
      --watch              每次保存 MyChat 时重新评分
      --hint 5.3           检查项的提示：先是问题，再是看哪里，最后是代码的样子
      --start 6            把 MyChat 变成阶段 6 开始时的样子
      --list               所有检查项和它们的分数
      --seed N             重复一次评分：否则昵称和文本是随机的
      --trace              显示失败检查项的所有帧，而不只是最后几个
      --plain              用文字代替符号，不用颜色（NO_COLOR：不用颜色）
      --lang zh            用中文，报告也用中文；不写时，在终端上按 LANG 决定
      --subject NAME       评分这个包里的另一个程序：Step5
      --command COMMAND    评分任何服务器："node server.js --port {port}"；{pingInterval} 和
                           {pingTimeout} 也会填入
      --json FILE          供程序读取的报告
      --junit FILE         供 CI 系统读取的报告；--gradescope FILE 供 Gradescope 读取
      --class DIR          评分 DIR 里每个文件夹的 main.swift 和 index.html
      --csv FILE           与 --class 一起用：表格写到哪里（否则显示在终端）
      --gradebook FILE     与 --class 一起用：每个阶段一列的表格
      --reports DIR        与 --class 一起用：每份作业一个文件夹，里面有可以发还的页面、
                           result.json、junit.xml，以及供 Gradescope 读取的 results.json
      --bom                与 --class 一起用：表格以 Excel 需要的标记开头
      --assignment DIR     这个包的副本，不含答案，用来布置作业

    退出状态：0 全部通过，1 有检查项失败，2 不能编译，3 命令有误，
    4（评分全班时）这台机器有几份不能评分。
    """

package let chineseCourseUsage = """
    swift run course [选项]

      （什么都不写）       浏览器里的课程：课文、两个窗口里的你的聊天、每次保存时的检查，
                           以及页面与服务器之间的每条消息
      --port N             页面的端口；0 表示任意空闲端口（默认 4000，或下一个空闲端口）
      --no-open            不打开浏览器
      --lang zh            用中文；不写时，在终端上按 LANG 决定
      --command COMMAND    用另一个服务器代替 MyChat，语言不限：
                           "node server.js --port {port}"
      --export DIR         把课程写成一个文件夹里的页面，链接都是相对的：可以放到网页服务器上，
                           也可以从磁盘直接阅读。文件夹必须是新的、空的，或者含有以前的导出。
      --help               这段说明

    退出状态：0 正常结束，或导出已写好；1 不能开始，或不能写出导出；3 命令有误。
    """
