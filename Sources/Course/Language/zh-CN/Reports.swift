// The page of a student, and the page that leads to all of them.
// In Chinese. Next: ../Translation.swift for how it is read.

let chineseReports = #"""
    What to look at, first {1}
    = 需要看的，先看 {1}
    All checks
    = 所有检查项
    seed
    = 种子
    submission
    = 提交
    grader
    = 评分程序
    course
    = 课程
    Stage
    = 阶段
    Points
    = 分数
    not begun
    = 尚未开始
    the engine's, or replaced by later stages
    = 属于引擎，或已被后面的阶段代替
    {1} of {2}
    = {1}/{2}
    help
    = 提示
    what was sent
    = 发送的内容
    Check
    = 检查项
    What a right server does
    = 正确的服务器应该做到
    Outcome
    = 结果
    Next: {1}
    = 下一步：{1}
    {1} (bonus)
    = {1}（附加分）
    Class
    = 全班
    Name
    = 姓名
    Note
    = 备注
    """#
