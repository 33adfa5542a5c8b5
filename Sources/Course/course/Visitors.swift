// The visitors: a port of its own for each, whose traffic the tap relays and tells of.
// In: the program's port, wishes of pages. Out: the part `visitors`, observations.
// Next: ../Tap/Relay/TrafficTap.swift, WireLog.swift.

import CourseLanguage
import EngineSockets
import Tap

final class Visitors {
    private let workbench: Workbench
    private var tap: TrafficTap?
    private var all: [TappedVisitor] = []
    private var targetPort = 0
    /// What has been seen and not told yet.
    private var fresh: [Observation] = []
    private var leftOut = 0
    /// So many observations are told at once; what is more in the same moment is a flood.
    private static let mostAtOnce = 400
    /// Milliseconds from the first observation until all are told.
    private static let delay = 10
    private static let byDefault = ["A", "B"]
    private static let onDemand = "C"

    init(_ workbench: Workbench) { self.workbench = workbench }

    var names: [String] { all.map(\.name) }

    func begin(origin: String) throws {
        tap = TrafficTap(framingOrigin: origin) { [weak self] in self?.observed($0) }
        for name in Self.byDefault { try open(name) }
    }

    func end() {
        tap?.close()
        all = []
    }

    /// Where the program is.
    func lead(to port: Int) {
        targetPort = port
        for visitor in all { visitor.targetPort = port }
    }

    // MARK: - What a page asks for

    private func open(_ name: String) throws {
        guard let visitor = try tap?.addVisitor(name, targetPort: targetPort) else { return }
        all.append(visitor)
        tick()
    }

    /// Opens or closes the third visitor.
    func show(_ name: String, _ isShown: Bool) throws {
        guard name == Self.onDemand else {
            throw CourseProblem("\"\(name)\" can't be opened or closed: that is for visitor C")
        }
        let visitor = all.first { $0.name == name }
        if isShown, visitor == nil { return try open(name) }
        guard !isShown, let visitor else { return }
        tap?.remove(visitor)
        all.removeAll { $0 === visitor }
        tick()
    }

    func visitor(_ name: String) throws -> TappedVisitor {
        guard let visitor = all.first(where: { $0.name == name }) else {
            throw CourseProblem("there is no visitor \"\(name)\"; there are \(names)")
        }
        return visitor
    }

    /// Tells what is different now: connections come and go by themselves.
    func tick() {
        workbench.visitorParts = all.map { visitor in
            let weather = visitor.weather
            return VisitorPart(
                name: visitor.name, port: visitor.port, connections: visitor.connectionCount,
                weather: VisitorPart.WeatherPart(
                    delayToServer: weather.delayToServer, delayToVisitor: weather.delayToVisitor,
                    isHeld: weather.isHeld, readingRate: weather.readingRate,
                    blocksWebSockets: weather.blocksWebSockets))
        }
    }

    // MARK: - What is seen

    private func observed(_ observation: Observation) {
        guard fresh.count < Self.mostAtOnce else {
            leftOut += 1
            return
        }
        fresh.append(observation)
        if fresh.count == 1 { EventLoop.shared.after(Self.delay) { [weak self] in self?.told() } }
    }

    private func told() {
        workbench.append(fresh.map { Workbench.encoded($0) })
        fresh = []
        guard leftOut > 0 else { return }
        workbench.note("\(leftOut) steps of the wire left out")
        leftOut = 0
    }
}
