// Documentation/deploying.md shows the service that is built, and names what there is.
// Next: PublicAPITests.swift; test_deploying.py beside them runs its files.

import Foundation
import Testing

@Suite("The article about running")
struct DeployingTests {
    @Test("the service in the article is the program that is built and tested, of about 80 lines")
    func service() throws {
        let article = try Repository.text("Documentation/deploying.md")
        let code = try Repository.text("Sources/Workshop/Service/Service.swift")
        #expect(article.contains("```swift\n\(code)```"))
        #expect((70...95).contains(code.split(separator: "\n").count))
    }

    @Test("each figure that the article explains is on the page")
    func figures() throws {
        let article = try Repository.text("Documentation/deploying.md")
        let page = try Repository.text("Sources/Engine/More/Observing/MetricsPage.swift")
        let table = article.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let names = table.flatMap { row in
            row.split(separator: "|").first.map { $0.matches(of: /`([a-z_]+)`/).map { $0.1 } } ?? []
        }
        #expect(names.count >= 9)
        for name in names { #expect(page.contains("\"\(name)\""), "\(name) is not on the page") }
    }
}
