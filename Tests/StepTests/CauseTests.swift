// What a likely cause is made of: misspellings, pages, and what belongs to an earlier check. That
// the causes themselves are right is measured over whole programs: ../interop/test_causes.py.

import Testing

@testable import Grading

@Suite("Likely causes")
struct CauseTests {
    @Test(
        "a name in another case, with other signs or a few other letters is near",
        arguments: [
            ("chat mesage", "chat message"), ("Chat Message", "chat message"),
            ("user-joined", "user joined"), ("tooLong", "too long"), ("nickName", "nickname"),
        ])
    func near(name: String, meant: String) {
        #expect(Spelling.isNear(name, meant))
    }

    @Test(
        "the same name and another word are not near",
        arguments: [
            ("taken", "taken"), ("message", "chat message"), ("guest", "taken"),
            ("user left", "user joined"), ("empty", "taken"),
        ])
    func far(name: String, meant: String) {
        #expect(!Spelling.isNear(name, meant))
    }

    @Test("what is in a comment of a page does not count")
    func comments() {
        #expect(!Markup("<!DOCTYPE html>\n<!-- <p>hi</p>").hasElements)
        #expect(Markup("<!DOCTYPE html><p>hi</p>").hasElements)
        #expect(!Markup("// const socket = io();").contains("io("))
        #expect(Markup("a('http://x'); io();").contains("io("))
    }

    @Test("a page is told which events of its stage it never mentions")
    func pageNotes() {
        let page = "<script>socket.on('chat message', add); // \"user left\"</script>"
        #expect(PageNotes.missing(in: page, at: 3) == nil)
        #expect(
            PageNotes.missing(in: page, at: 4)?.english.contains("\"user joined\", \"user left\"")
                == true)
    }

    @Test("an event about a client of an earlier check is old, one of this check is not")
    func memory() {
        let memory = CheckMemory()
        let ada = memory.keep("Ada")
        memory.begin()
        let grace = memory.keep("Grace")
        #expect(memory.isOld(Event("user left", [["nickname": .string(ada)]])))
        #expect(memory.isOld(Event("chat message", [.string(ada)])))
        #expect(!memory.isOld(Event("user left", [["nickname": .string(grace)]])))
        let both: JSON = ["from": .string(ada), "text": .string(grace)]
        #expect(!memory.isOld(Event("chat message", [both])))
        #expect(!memory.isOld(Event("online", [[.string(ada)]])))
    }

    @Test("what arrived is shown in a line: cut, and with few accents on a letter")
    func bounds() {
        #expect(bounded("short", 100) == "short")
        #expect(bounded(String(repeating: "x", count: 500), 100).hasSuffix("… (500 characters)"))
        let heavy = "x" + String(repeating: "\u{301}", count: 40)
        #expect(bounded(heavy, 100).unicodeScalars.count < 10)
        #expect(jsonText(.string(String(repeating: heavy, count: 20))).unicodeScalars.count < 200)
    }

    @Test("each rule belongs to a check")
    func rules() {
        let known = Set(Check.all.map(\.id))
        let ruled = Check.all.filter { !$0.causes.isEmpty }.map(\.id)
        #expect(ruled.count > 45)
        #expect(Check.idsWithRules.isSubset(of: known))
    }
}
