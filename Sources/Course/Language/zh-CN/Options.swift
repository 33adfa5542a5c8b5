// Errors of options, and what a class's grader tells.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseOptions = #"""
    --lang needs a language, and "{1}" is none of them: en, or zh
    = --lang 需要一种语言，而 "{1}" 不是其中之一：en 或 zh
    --subject and --command: one of the two
    = --subject 和 --command：只能用其中一个
    {1} goes with --class
    = {1} 要与 --class 一起用
    --class does not go with {1}: that is for a single program
    = --class 不能与 {1} 一起用：那是用于单个程序的
    a single check
    = 单个检查项
    {1} needs a value
    = {1} 需要一个值
    --seed needs a number
    = --seed 需要一个数字
    "{1}" is neither a stage (1 to {2}) nor a check (5.3) nor an option
    = "{1}" 既不是阶段（1 到 {2}），也不是检查项（5.3），也不是选项
    there is no check {1}; --list shows all
    = 没有检查项 {1}；--list 显示全部
    --start needs the package's folder
    = --start 需要包的文件夹
    --assignment needs the package's folder
    = --assignment 需要包的文件夹
    --class needs the package's folder
    = --class 需要包的文件夹
    --watch needs the package's folder
    = --watch 需要包的文件夹
    the copy could not be made: {1}
    = 不能制作副本：{1}
    the report could not be written: {1}
    = 不能写入报告：{1}
    {1} exists: the copy needs a new folder
    = {1} 已经存在：副本需要一个新文件夹
    The assignment is in {1}. Its solutions are here only.
    = 作业在 {1}。答案只留在这里。
    In .github/workflows/grade.yml, write your repository and a commit of it.
    = 请在 .github/workflows/grade.yml 里写上你的仓库和它的一个提交。
    there is no folder {1}
    = 没有文件夹 {1}
    no folder in {1} has a main.swift
    = {1} 里没有任何文件夹含有 main.swift
    the table could not be written: {1}
    = 不能写入表格：{1}
    Building the engine once …
    = 正在构建引擎，只需一次……
    Note: {1}.
    = 注意：{1}。
    its grader left no result {1}
    = 它的评分程序没有留下结果 {1}
    its grader has ended early {1}
    = 它的评分程序提前结束了 {1}
    stage {1}, {2} points
    = 阶段 {1}，{2} 分
    0 points
    = 0 分
    {1}: {2} {3}
    = {1}：{2} {3}
    trouble of this machine: {1}
    = 这台机器的问题：{1}
    not yet graded
    = 还没有评分
    not run because its time was over
    = 没有运行，因为时间已到
    its time of {1} s was over
    = {1} 秒的时间已到
    there is no index.html
    = 没有 index.html
    failed: {1}
    = 失败：{1}
    {1} not run because of them
    = 因此有 {1} 个没有运行
    the compiler did not end within {1} s
    = 编译器在 {1} 秒内没有结束
    the compiler could not run: {1}
    = 编译器不能运行：{1}
    the compiler ended without an error in it: {1}
    = 编译器结束了，却没有给出错误：{1}
    the engine could not be built: {1}
    = 引擎没有构建成功：{1}
    a link is not followed: hand in the folder itself
    = 不跟随链接：请提交文件夹本身
    an archive: unpack it into a folder
    = 压缩包：请解压到文件夹
    a file: it belongs into a folder, as main.swift
    = 文件：它应该作为 main.swift 放在文件夹里
    it cannot be read: its name is not UTF-8
    = 不能读取：名称不是 UTF-8
    it cannot be read
    = 不能读取
    neither a folder nor a file
    = 既不是文件夹也不是文件
    {1} is a link, and links are not followed
    = {1} 是链接，不跟随链接
    there is no main.swift
    = 没有 main.swift
    a file has more than {1} bytes
    = 有文件超过 {1} 字节
    main.swift is not UTF-8, or cannot be read
    = main.swift 不是 UTF-8，或者不能读取
    """#
