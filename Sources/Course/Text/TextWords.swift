// The words around the text of a page, in its language: titles, labels, and where code goes.
// In: a language. Out: words. Next: PageTemplate.swift, TextRenderer.swift; in ../Tutorial,
// TextLanguage.swift has the words that stand in the text itself.

import CourseTutorial

extension TextLanguage {
    /// One of two words. A third language makes the compiler ask for a third.
    private func word(_ english: String, _ chinese: String) -> String {
        switch self {
        case .english: english
        case .chinese: chinese
        }
    }

    // MARK: - Around a page

    var site: String { word("Real-time Swift", "实时 Swift") }
    var skip: String { word("Skip to the text", "跳到正文") }
    var contents: String { word("Contents", "目录") }
    var course: String { word("The course", "教程") }
    var articles: String { word("To look up", "查阅") }
    var begin: String { word("Begin", "开始") }
    var previous: String { word("Previous", "上一页") }
    var next: String { word("Next", "下一页") }
    var wayOn: String { word("The way on", "前后页") }

    /// Behind the title of a page that is in another language.
    func foreign(_ language: TextLanguage) -> String {
        language == self ? "" : word("", "（英文）")
    }

    // MARK: - The export

    func written(_ book: CourseBook, to folder: String, kilobytes: Int) -> String {
        let (chapters, articles) = (book.chapters.count, book.articles.count)
        let pictures = book.pictures.count
        return word(
            """
            The course is in \(folder): \(chapters) pages of the tutorial, \(articles) articles, \
            \(pictures) pictures, \(kilobytes) KiB. Begin with index.html.
            """,
            """
            课程在 \(folder)：教程 \(chapters) 页，文章 \(articles) 篇，图片 \(pictures) 张，\
            共 \(kilobytes) KiB。请从 index.html 开始。
            """)
    }

    func unreadable(_ path: String) -> String {
        word(
            "\(path) cannot be read, and the course needs it.",
            "无法读取 \(path)，而课程需要它。")
    }

    func unwritten(_ reason: String) -> String {
        word("the course cannot be written: \(reason)", "课程无法写入：\(reason)")
    }

    func isFile(_ path: String) -> String {
        word(
            "\(path) is a file. --export needs a folder.",
            "\(path) 是一个文件。--export 需要一个文件夹。")
    }

    func otherThings(_ names: String, in folder: String) -> String {
        word(
            """
            \(folder) holds other things (\(names)), so nothing was written. Name a new or an \
            empty folder, or one with an earlier export and nothing else.
            """,
            """
            \(folder) 里有其他内容（\(names)），所以什么都没有写入。请指定一个新的或空的文件夹，\
            或者一个只含有上一次导出的文件夹。
            """)
    }

    // MARK: - In a page

    func address(of title: String) -> String { word("Address of: \(title)", "此处的地址：\(title)") }

    func table(_ columns: [String]) -> String {
        word("Table: \(columns.joined(separator: ", "))", "表格：\(columns.joined(separator: "、"))")
    }

    /// Where a block of code goes.
    func place(_ place: Edit.Place) -> String {
        func line(_ text: String) -> String { "<code>\(escapedForHTML(text))</code>" }
        switch place {
        case .all: return word("the whole file", "整个文件")
        case .after(let text):
            return word("below \(line(text))", "放在 \(line(text)) 下面")
        case .before(let text):
            return word("above \(line(text))", "放在 \(line(text)) 上面")
        case .instead(let first, let last) where first == last:
            return word("in place of \(line(first))", "替换 \(line(first))")
        case .instead(let first, let last):
            return word(
                "in place of \(line(first)) down to \(line(last))",
                "替换从 \(line(first)) 到 \(line(last)) 的几行")
        }
    }

    // MARK: - In a chart

    func chart(_ number: Int) -> String { word("Chart \(number)", "图 \(number)") }

    func messages(between names: [String]) -> String {
        let (first, last) = (names.dropLast(), names.last ?? "")
        return word(
            "Messages between \(first.joined(separator: ", ")) and \(last)",
            "\(first.joined(separator: "、"))和 \(last) 之间的消息")
    }

    func message(from sender: String, to receiver: String, _ text: String) -> String {
        word("\(sender) to \(receiver): \(text).", "\(sender) 发给 \(receiver)：\(text)。")
    }

    func note(_ text: String) -> String { word("Note: \(text).", "说明：\(text)。") }
}
