// What pages ask the workbench for. In: an event with an argument. Out: an acknowledgement, `ok`
// or a sentence about what was wrong. Next: Workbench.swift; ../Runner/StageStart.swift.

import CourseLanguage
import CourseRunner
import CourseTutorial
import Engine
import EngineSockets
import Foundation
import Grading
import Tap

private struct StageRequest: Decodable {
    let stage: Int?
    let check: String?
    let seed: UInt64?
}

private struct CheckRequest: Decodable { let check: String }
private struct FolderRequest: Decodable { let folder: String }
private struct WeatherRequest: Decodable {
    let visitor: String
    let weather: Weather
}
private struct CutRequest: Decodable { let visitor: String }
private struct VisitorRequest: Decodable {
    let name: String
    let isShown: Bool
}
private struct ActionRequest: Decodable { let action: String }
private struct ClearRequest: Decodable { let what: String }
private struct DifferenceRequest: Decodable {
    let against: String
    let stage: Int
}

/// Two versions of a file.
private struct ComparedFile: Encodable {
    let file: String
    let lines: [ComparedLine]
}

/// `{ok: true, …}`, or `{ok: false, error}`.
private struct Reply<Value: Encodable>: Encodable {
    private enum Key: String, CodingKey { case ok, error }

    let value: Result<Value, any Error>

    init(_ value: () throws -> Value) { self.value = Result { try value() } }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch value {
        case .success(let value):
            try container.encode(true, forKey: .ok)
            try value.encode(to: encoder)
        case .failure(let error):
            try container.encode(false, forKey: .ok)
            try container.encode(fileProblem(error), forKey: .error)
        }
    }
}

private struct Nothing: Encodable {}
private struct Kept: Encodable { @OrNull var kept: String? }
private struct Hints: Encodable {
    let hints: [String]
    let hasMoreHints: Bool
}
private struct Comparison: Encodable { let files: [ComparedFile] }

extension Workbench {
    /// Answers what the page of a socket asks for.
    func answerRequests(of socket: Socket) {
        answerAboutChecks(socket)
        answerAboutFiles(socket)
        answerAboutVisitors(socket)
        socket.on("program") { [self] (request: ActionRequest) in
            Reply { try act(request.action) }
        }
        socket.on("clear") { [self] (request: ClearRequest) in
            Reply {
                switch request.what {
                case "wire": clearWire()
                case "output": clearOutput()
                default: throw CourseProblem("\"what\" is wire or output, not \"\(request.what)\"")
                }
                return Nothing()
            }
        }
    }

    private func answerAboutChecks(_ socket: Socket) {
        socket.on("read") { [self] (request: StageRequest) in
            Reply {
                desk.readStage = try request.stage.map(checked)
                return Nothing()
            }
        }
        socket.on("grade") { [self] (request: StageRequest) in
            Reply {
                let stage = try request.stage.map(checked)
                let check = try request.check.map(check)
                if target.isOwn, build.state != .built {
                    throw CourseProblem("there is no program to grade: it does not compile yet")
                }
                desk.grade(stage: stage, check: check, seed: request.seed)
                return Nothing()
            }
        }
        socket.on("hint") { [self] (request: CheckRequest) in
            Reply {
                let shown = try desk.hint(for: check(request.check))
                return Hints(hints: shown.hints, hasMoreHints: shown.hasMoreHints)
            }
        }
    }

    private func answerAboutFiles(_ socket: Socket) {
        socket.on("begin") { [self] (request: StageRequest) in
            Reply {
                guard let stage = request.stage else { throw CourseProblem("\"stage\" is missing") }
                let kept = try own().begin(checked(stage))
                rebuilder.showFiles()
                return Kept(kept: kept)
            }
        }
        socket.on("restore") { [self] (request: FolderRequest) in
            Reply {
                let kept = try own().restore(request.folder)
                rebuilder.showFiles()
                return Kept(kept: kept)
            }
        }
        socket.on("difference") { [self] (request: DifferenceRequest) in
            Reply { Comparison(files: try compare(request)) }
        }
    }

    private func answerAboutVisitors(_ socket: Socket) {
        socket.on("weather") { [self] (request: WeatherRequest) in
            Reply {
                let weather = try checked(request.weather)
                try visitors.visitor(request.visitor).weather = weather
                visitors.tick()
                return Nothing()
            }
        }
        socket.on("cut") { [self] (request: CutRequest) in
            Reply {
                try visitors.visitor(request.visitor).cut()
                return Nothing()
            }
        }
        socket.on("visitor") { [self] (request: VisitorRequest) in
            Reply {
                try visitors.show(request.name, request.isShown)
                return Nothing()
            }
        }
    }

    // MARK: - What is asked for

    private func act(_ action: String) throws -> Nothing {
        switch action {
        case "kill": runner.stop()
        case "start", "restart":
            if target.isOwn, program.run == 0 {
                throw CourseProblem("there is no program to start: it does not compile yet")
            }
            if action == "restart" || ![.starting, .running].contains(program.state) {
                if target.isOwn { runner.start() } else { startCommand() }
            }
        default: throw CourseProblem("\"action\" is kill, start or restart, not \"\(action)\"")
        }
        return Nothing()
    }

    private func checked(_ stage: Int) throws -> Int {
        guard Stages.all.contains(stage) else {
            throw CourseProblem("stages are 1 to \(Stages.all.upperBound), not \(stage)")
        }
        return stage
    }

    private func check(_ id: String) throws -> Check {
        guard let check = Check.all.first(where: { $0.id == id }) else {
            throw CourseProblem("there is no check \"\(id)\"")
        }
        return check
    }

    private func checked(_ weather: Weather) throws -> Weather {
        let minute = 0...60_000
        guard minute.contains(weather.delayToServer), minute.contains(weather.delayToVisitor),
            (weather.readingRate ?? 1) > 0
        else {
            throw CourseProblem("a delay is 0 to 60000 milliseconds, a reading rate is more than 0")
        }
        return weather
    }

    /// MyChat's files; another server has none here.
    private func own() throws -> StageStart {
        guard target.isOwn else {
            throw CourseProblem("that is for MyChat, and here another server is under test")
        }
        return StageStart(package)
    }

    private func compare(_ request: DifferenceRequest) throws -> [ComparedFile] {
        _ = try own()
        let stage = try checked(request.stage)
        guard ["chapter", "finished"].contains(request.against) else {
            throw CourseProblem("\"against\" is chapter or finished, not \"\(request.against)\"")
        }
        let tutorial = try StageStart.solutions(of: package)
        let workspace = try Workspace(tutorial, after: stage)
        return Edit.File.allCases.map { file in
            let mine = (try? String(contentsOf: package.file(file), encoding: .utf8)) ?? ""
            let finished = request.against == "finished" ? package.finished(file, stage) : nil
            let theirs = finished ?? workspace.text(of: file)
            let path = package.file(file).path.dropFirst(package.root.path.count)
            return ComparedFile(
                file: path.trimming { $0 == "/" }, lines: LineDifference.lines(mine, theirs))
        }
    }
}
